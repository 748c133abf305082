using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class ApprovalTextsTests
{
    private static readonly Decided[] Endings =
    [
        new Decided.Done(), new Decided.NoSuchRequest(), new Decided.NoRight("operations.approve"),
        new Decided.OwnRequest(),
        new Decided.NotWaiting(OperationState.Expired), new Decided.PageIsStale(), new Decided.CommentMissing(),
        new Decided.NotNamed(), new Decided.ApprovedBefore(), new Decided.PairApproved("Li Jing"),
        new Decided.TwinUnseen("R1", "Chen Wei", Spoken.Noon, new Money(1_240, CurrencyTable.Get("CNY"))),
        new Decided.StepUpMissing(), new Decided.SealBroken(),
    ];

    private static IEnumerable<Decided> All =>
        [.. Endings, new Decided.Done(1), new Decided.Done(0, Spoken.Noon.AddMinutes(10))];

    [Fact]
    public void The_samples_hold_every_way_a_decision_can_end() => Endings.Select(ending => ending.GetType().Name)
        .ShouldBe(typeof(Decided).GetNestedTypes().Select(type => type.Name), ignoreOrder: true);

    [Fact]
    public void Every_ending_of_a_decision_says_what_is_so_and_what_to_do() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<ApprovalWords>();
        foreach (var (ending, decision) in from e in All from d in Enum.GetValues<Decision>() select (e, d))
        {
            var (lead, next) = words.Ended(ending, decision, "CNY 12.40", "HK store");
            lead.ShouldBeASentence();
            next.ShouldBeASentence();
        }
    });

    [Fact]
    public void Every_value_that_the_inbox_writes_has_its_text() => Spoken.Missing<ApprovalTexts>(
    [
        .. Enum.GetNames<ApprovalTab>()
            .SelectMany(name => new[] { $"tab.{name}", $"empty.{name}", $"empty.{name}.why" }),
        .. Enum.GetNames<DecisionBar>().Where(name => name != nameof(DecisionBar.None)).Select(name => $"bar.{name}"),
        .. Enum.GetNames<Decision>().SelectMany(name => new[] { $"decision.{name}", $"changed.{name}" }),
        .. Enum.GetNames<RecallResult>().Select(name => $"recalled.{name}"),
        .. Enum.GetNames<OperationKind>().SelectMany(name => new[]
        {
            $"kind.{name}", $"kinds.{name}", $"item.{name}", $"confirm.approve.{name}", $"sheet.kind.part.{name}",
        }),
        .. new[] { "Refund", "Capture", "Void" }.Select(name => $"sheet.kind.whole.{name}"),
        "group.today", "group.later", "group.cannot", "group.latest",
    ]).ShouldBeEmpty();
}
