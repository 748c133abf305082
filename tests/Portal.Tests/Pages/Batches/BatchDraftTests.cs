using Bunit;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages.Batches;

public sealed class BatchDraftTests : UiContext
{
    private readonly BatchDraftState draft = new(OperationKind.Refund, BatchSource.File, "refunds.csv", "sha")
    {
        Lines = [Line(2), Line(3), Line(4)],
    };

    public BatchDraftTests()
    {
        Services.AddScoped<OperationWords>();
        Services.AddScoped<RefundWords>();
        Services.AddScoped<TransferWords>();
        Services.AddScoped<BatchWords>();
        Show(Row(2), Row(3, RowVerdict.Doubtful, new("TwiceInFile", "2")),
            Row(4, RowVerdict.Bad, new("Formula", "amount")));
    }

    [Fact]
    public void Rows_that_are_left_out_stand_with_line_and_reason_and_only_good_ones_are_summed()
    {
        var page = Render<BatchDraft>(parts => parts.Add(part => part.Draft, draft));
        page.Find(".batch-sums").TextContent.ShouldContain("1 good row");
        page.Find(".batch-sums").TextContent.ShouldContain("12.30");
        var others = page.FindAll("[data-others] tbody tr");
        others.Count.ShouldBe(2);
        others[0].TextContent.ShouldContain("The same order stands in row 2.");
        others[1].TextContent.ShouldContain("amount holds a formula. Write the value itself.");
        others[1].QuerySelectorAll("input").ShouldBeEmpty();
    }

    [Fact]
    public void A_repetition_is_asked_for_only_after_somebody_says_that_it_is_meant()
    {
        var judged = 0;
        var page = Render<BatchDraft>(parts => parts.Add(part => part.Draft, draft)
            .Add(part => part.Changed, EventCallback.Factory.Create(this, () => judged++)));
        page.Find("[data-mean='3']").Change(true);
        judged.ShouldBe(1);
        draft.Lines.Select(line => line.MeansAnother).ShouldBe([false, true, false]);
    }

    [Fact]
    public void What_the_command_would_refuse_is_named_as_missing()
    {
        draft.Lack.ShouldBeNull();
        draft.Name = " ";
        draft.Lack.ShouldBe("lack.name");
        draft.Name = "x";
        draft.Refused(new BatchAsked.AskedBefore("B1", Clock.GetUtcNow(), "chen"), Words);
        draft.Lack.ShouldBe("lack.before");
        draft.MeansAgain = true;
        draft.Lack.ShouldBeNull();
        Show(Row(4, RowVerdict.Bad, new("Formula", "amount")));
        draft.Lack.ShouldBe("lack.rows");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    [InlineData("zh-Hant")]
    public void Every_problem_of_a_file_and_every_refusal_has_a_sentence(string culture)
    {
        Speak(culture);
        string[] reasons =
        [
            "NotText", "NulInside", "Empty", "TooLarge", "TooLargeInside", "TooManyRows", "TooManyColumns",
            "NotWorkbook", "SeveralSheets", "ColumnMissing", "ColumnTwice", "ColumnUnknown", "ColumnUnnamed",
            "FieldCount", "HiddenRow", "Formula", "CellType", "NumberRounded", "ControlCharacter", "TooLong",
            "SeveralOrders", "OtherCurrency", "TwiceInFile", "VerdictOpen.NotProvenYet", "VerdictOpen.MustBeDecided",
            .. typeof(RefundRequested).GetNestedTypes().Select(type => type.Name)
                .Except([nameof(RefundRequested.Asked), nameof(RefundRequested.VerdictOpen)]),
            "NoSuchAccount", "TransfersNotOffered", "PayeeIsAddress", "CurrencyNotTaken", "NameMissing",
            TransferRows.NotLookedAt, "NameDiffers", "AmountUnreadable.Transfer", "TwiceInFile.Transfer",
            "ReferenceTwice", "TwinFound", "PayeeSetting",
            .. Enum.GetNames<LimitScope>().Select(scope => $"OverLimit.{scope}"),
            .. typeof(PayeeChecked).GetNestedTypes().Select(type => $"Payee{type.Name}")
                .Except(["PayeeKnown", "PayeeNoRight"]),
        ];
        foreach (var reason in reasons)
        {
            var value = reason == nameof(RefundRequested.NotRefundable) ? "Expired" : "x";
            Words.Problem(new(reason, value)).ShouldNotStartWith("problem.", customMessage: reason);
        }

        Words.Problem(new("OutsideDocument", "Title")).ShouldNotContain("part.");
    }

    private BatchWords Words => Services.GetRequiredService<BatchWords>();

    private void Show(params CheckedRow[] rows) => draft.Refused(new BatchAsked.RowsChanged(new(rows)), Words);

    private static BatchLine Line(int number) => new()
    {
        Line = number, Target = $"P{number}", AmountText = "12.30", Reason = "Returned",
    };

    private static CheckedRow Row(
        int number, RowVerdict verdict = RowVerdict.Good, FileProblem? problem = null) => new()
        {
            Line = Line(number),
            Verdict = verdict,
            Problem = problem,
            OrderNumber = $"P{number}",
            Payee = "陈晓明",
            Amount = new Money(1230, CurrencyTable.Get("CNY")),
        };
}
