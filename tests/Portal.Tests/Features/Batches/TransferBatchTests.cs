using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static MerchantPortal.Portal.Tests.Features.Batches.TransferBench;

namespace MerchantPortal.Portal.Tests.Features.Batches;

public sealed class TransferBatchTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Good_rows_become_transfers_and_bad_ones_say_with_their_line_why_not(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var file = File(
            Row("B1", "12.30", reference: "C-1"), Row("B2", "1E3"), Row("noone"), Row("B3", name: "Miller"),
            Row("B4") + "x,y", "B5,Test,5.00,USD,Fee,Commission,,,", "B6,Test,5.00,CNY,,Commission,,,",
            "B7,Test,5.00,CNY,Fee,Because,,,", "test@gmail.com,Test,5.00,CNY,Fee,Commission,,,",
            "B8,,5.00,CNY,Fee,Commission,,,", "B9,T??t,7.00,CNY,货款,供应商货款,,,");

        var draft = await world.DraftAsync(clerk, account, file);

        draft.Rows.LeftOut().Select(row => (row.Line, row.Reason, row.Value)).ShouldBe(
        [
            (3, "AmountUnreadable.Transfer", "1E3"), (4, "PayeeNobodyFound", ""), (5, "NameDiffers", "T**t"),
            (6, "FieldCount", ""), (7, "CurrencyNotTaken", "CNY"), (8, "OutsideDocument", "Title"),
            (9, "ReasonMissing", "Because"), (10, "PayeeIsAddress", ""), (11, "NameMissing", ""),
        ]);
        draft.Payees.Select(payee => (payee.Number, payee.Name, payee.MaskedName)).ShouldBe(
            [("B1", "Test", "T**t"), ("B9", "T??t", "T**t")]);
        draft.Lack.ShouldBe("lack.names");
        var asked = (await world.AskAsync(clerk, draft.ToForm())).ShouldBeOfType<BatchAsked.Asked>();
        var members = await world.MembersAsync(asked.Id);
        members.Select(row => (row.Kind, row.State, row.Target, row.Payee, row.AmountMinor, row.Reason)).ShouldBe(
        [
            (OperationKind.Transfer, OperationState.PendingApproval, "B9", "T**t", 700, "Supplier"),
            (OperationKind.Transfer, OperationState.PendingApproval, "B1", "T**t", 1230, "Commission"),
        ]);
        OperationDetails.Read<TransferDetails>(members[1].Details)
            .ShouldBe(new("November commission", "PO 2207", "C-1"));
        members.ShouldAllBe(row => row.TermsHash == row.ComputeTermsHash(account.MerchantId, ""));
        (await world.ReadAsync(
            db => db.Set<BatchRow>().Where(row => row.Line == 10).Select(row => row.Target).SingleAsync()))
            .ShouldBe("t•••@gmail.com", "an address is kept no longer than it is needed");
        world.Provider.Paying.Sent.ShouldBeEmpty();
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Action).ToListAsync());
        audit.Count(action => action == "batch.ask").ShouldBe(3);
        audit.Count(action => action == "payee.check").ShouldBe(4);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rows_of_one_file_together_get_no_further_than_one_by_one(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        await world.SetLimitAsync(account, LimitScope.Payee, 10_00);
        await world.SetLimitAsync(account, LimitScope.Requester, 16_00);
        await world.AskedTransferAsync(clerk, account, "4.00", "B1");

        var draft = await world.DraftAsync(clerk, account, File(
            Row("B1", "6.01"), Row("B1", "5.99"), Row("B1", "0.02"), Row("B1", "0.01"), Row("B2", "6.01"),
            Row("B2", "6.00")));

        draft.Rows.LeftOut().Select(row => (row.Line, row.Reason, row.Value)).ShouldBe(
        [
            (2, "OverLimit.Payee", "CNY 6.00"), (4, "OverLimit.Payee", "CNY 0.01"),
            (6, "OverLimit.Requester", "CNY 6.00"),
        ]);
        (await world.AskAsync(clerk, draft.ToForm())).ShouldBeOfType<BatchAsked.Asked>().Count.ShouldBe(3);
        (await world.RequestAsync(clerk, account, "0.01", "B3")).ShouldBeOfType<TransferRequested.OverLimit>();
        (await world.ReadAsync(db => db.Set<TransferDay>().SingleAsync())).Asked.ShouldBe(4);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Files_and_single_requests_at_the_same_instant_share_one_limit(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        await world.SetLimitAsync(account, LimitScope.Payee, 30_00);
        await using var second = world.SecondNode();
        var forms = new List<(IServiceProvider Node, Actor Actor, BatchForm Form)>();
        for (var i = 0; i < 8; i++)
        {
            var clerk = await world.PersonAsync($"clerk{i}", Role.Clerk);
            var draft = await world.DraftAsync(clerk, account, File(Row("B1", $"5.0{i}"), Row("B1", $"4.0{i}")));
            draft.Rows.Others.ShouldBeEmpty();
            forms.Add((i % 2 == 0 ? world.Services : second.Services, clerk, draft.ToForm()));
        }

        var single = await world.PersonAsync("single", Role.Clerk);
        var alone = Payouts.Form(await world.CheckedAsync(single, account, "B1"), "8.00");
        var asking = Task.Run(() => world.Get<TransferCommands>().RequestAsync(single, alone));
        var results = await Task.WhenAll(forms.Select(form => Task.Run(async () =>
        {
            await using var scope = form.Node.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<BatchCommands>().AskAsync(form.Actor, form.Form);
        })));
        var one = await asking;

        var sum = await world.ReadAsync(db => db.Set<Operation>().SumAsync(row => row.AmountMinor));
        sum.ShouldBeInRange(22_00, 30_00);
        results.OfType<BatchAsked.Asked>().Count().ShouldBe(one is TransferRequested.Asked ? 2 : 3);
        results.ShouldAllBe(result => result is BatchAsked.Asked || result is BatchAsked.RowsChanged);
        results.OfType<BatchAsked.RowsChanged>().SelectMany(result => result.Rows.Others)
            .ShouldAllBe(row => row.Problem!.Reason == "OverLimit.Payee");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_repeats_a_row_or_an_earlier_transfer_is_left_out_until_it_is_meant(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var earlier = await world.AskedTransferAsync(clerk, account, "12.30", "B1");
        var file = File(
            Row("B1", "12.30"), Row("B2"), Row("B2", "10.00"), Row("B3", reference: "C-1"),
            Row("B4", reference: "c-1"));

        var draft = await world.DraftAsync(clerk, account, file);

        draft.Rows.LeftOut().ShouldBe(
        [
            (2, RowVerdict.Doubtful, "TwinFound", earlier.Number),
            (4, RowVerdict.Doubtful, "TwiceInFile.Transfer", "3"),
            (6, RowVerdict.Doubtful, "ReferenceTwice", "5"),
        ]);

        // What is meant is meant beside the transfer that was shown: a newer one has to be shown first.
        var meant = await world.DraftAsync(clerk, account, file.Meant());
        meant.Rows.Good.Count.ShouldBe(5);
        var other = await world.PersonAsync("wang", Role.Clerk);
        var check = await world.CheckedAsync(other, account, "B1");
        await world.Get<TransferCommands>().RequestAsync(
            other, Payouts.Form(check, "12.30") with { MeansBeside = earlier.Number });
        (await world.AskAsync(clerk, meant.ToForm())).ShouldBeOfType<BatchAsked.RowsChanged>();
        (await world.AskTransfersAsync(clerk, account, file.Meant())).ShouldBeOfType<BatchAsked.Asked>()
            .Count.ShouldBe(5);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_name_that_is_another_when_it_is_asked_for_stops_the_whole_file(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var form = (await world.DraftAsync(clerk, account, File(Row("B1"), Row("B2")))).ToForm();
        world.Provider.Paying.OnFind = (payee, transcript) =>
            new QueryAnswer<PayeeFacts>.Told(transcript, new(payee.UserId!, "T****t"));
        await world.CheckedAsync(clerk, account, "B2");

        var changed = (await world.AskAsync(clerk, form)).ShouldBeOfType<BatchAsked.RowsChanged>();

        changed.Rows.Good.Select(row => row.Payee).ShouldBe(["T**t", "T****t"]);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(0);
        world.Clock.Advance(PayeeCheck.Fresh);
        (await world.AskAsync(clerk, form)).ShouldBeOfType<BatchAsked.RowsChanged>()
            .Rows.Others.ShouldAllBe(row => row.Problem!.Reason == TransferRows.NotLookedAt);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_colleagues_look_at_a_payee_is_none_of_ones_own_and_the_right_is_of_the_account(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wang", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var file = File(Row("B1"));
        var form = (await world.DraftAsync(clerk, account, file)).ToForm();

        (await world.AskAsync(other, form)).ShouldBeOfType<BatchAsked.RowsChanged>()
            .Rows.Others.ShouldHaveSingleItem().Problem!.Reason.ShouldBe(TransferRows.NotLookedAt);
        (await world.AskAsync(reviewer, form)).ShouldBe(new BatchAsked.NoRight(Permission.TransfersRequest));
        (await world.AskAsync(clerk, form with { AccountId = Guid.CreateVersion7() }))
            .ShouldBeOfType<BatchAsked.RowsChanged>();
        (await world.DraftAsync(reviewer, account, file)).Rows.LeftOut().Single().Reason.ShouldBe("NoRight");
        (await world.ReadAsync(db => db.Set<TransferDay>().CountAsync())).ShouldBe(0);
        (await world.AskAsync(clerk, form)).ShouldBeOfType<BatchAsked.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Approved_rows_are_sent_one_by_one_and_only_the_failed_one_is_asked_for_again(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var asked = (await world.AskTransfersAsync(clerk, account, File(
            Row("B1", "1.00"), Row("B2", "2.00", reference: "C-2"), Row("B3", "3.00"))))
            .ShouldBeOfType<BatchAsked.Asked>();
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBe(new BatchDecided.Done(3));
        world.Provider.Paying.OnSend = (transfer, transcript) => transfer.PayeeId switch
        {
            "B2" => new ProviderOutcome.Refused(transcript, ProviderError.BalanceTooLow),
            "B3" => new ProviderOutcome.Unknown(transcript, ProviderError.TimedOut),
            _ => new ProviderOutcome.Done(transcript) { ProviderCode = "10000", ProviderNumber = "1" },
        };
        for (var i = 0; i < 3; i++)
        {
            (await world.Get<OperationSender>().SendNextAsync(default)).ShouldBeTrue();
        }

        var sheet = await world.SheetAsync(clerk, asked.Number);
        sheet.Rows.Select(row => row.Operation!.Operation.State).ShouldBe(
            [OperationState.Succeeded, OperationState.Failed, OperationState.Unknown]);
        var failed = (await world.Get<BatchReading>().FailedRowsAsync(clerk, asked.Number)).ShouldNotBeNull();
        failed.Lines.ShouldHaveSingleItem().Target.ShouldBe("B2");
        var again = await world.Services.DraftAsync(clerk, account, File(), new(
            OperationKind.Transfer, BatchSource.FailedRows, "again", BatchFile.Digest(failed.Lines))
        {
            Lines = failed.Lines, AccountId = failed.AccountId, RerunOf = failed.BatchId,
        });
        again.Rows.Others.ShouldBeEmpty();
        var second = (await world.AskAsync(clerk, again.ToForm())).ShouldBeOfType<BatchAsked.Asked>();
        var repeated = (await world.MembersAsync(second.Id)).ShouldHaveSingleItem();
        (repeated.Target, repeated.AmountMinor).ShouldBe(("B2", 2_00));
        OperationDetails.Read<TransferDetails>(repeated.Details).Reference.ShouldBe("C-2");
        (await world.SheetAsync(clerk, second.Number)).RerunOf.ShouldBe(asked.Number);
        (await world.SheetAsync(clerk, $"{second.Id:N}")).Batch.Number.ShouldBe(second.Number);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_digest_of_a_batch_is_another_when_any_row_is_and_a_code_for_the_one_opens_no_other(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var asked = (await world.AskTransfersAsync(
            clerk, await world.AccountAsync(), File(Row("B1"), Row("B2")))).ShouldBeOfType<BatchAsked.Asked>();
        var sheet = await world.SheetAsync(reviewer, asked.Number);
        var members = (await world.MembersAsync(asked.Id)).OrderBy(row => row.Target).ToList();
        string Digest() => OperationBatch.HashTerms(
            asked.Number, OperationKind.Transfer, sheet.Batch.SourceSha256, sheet.Batch.Totals, members);
        Digest().ShouldBe(sheet.Batch.TermsHash);
        await world.ProvenAsync(reviewer, sheet);

        await world.SqlAsync(
            $"UPDATE operations SET \"TermsHash\" = '{new string('a', 64)}' WHERE \"Number\" = '{members[1].Number}'");

        members = [members[0], await world.OperationAsync(members[1].Id)];
        Digest().ShouldNotBe(sheet.Batch.TermsHash);
        (await world.SheetAsync(reviewer, asked.Number)).SeenHash.ShouldNotBe(sheet.SeenHash);
        (await world.Get<BatchDecisions>().DecideAsync(
            reviewer, new(sheet.Batch.Id, sheet.SeenHash, Decision.Approved, "")))
            .ShouldBeOfType<BatchDecided.Changed>();
        (await world.DecideBatchAsync(reviewer, asked.Number)).ShouldBeOfType<BatchDecided.Changed>();
    }

    [Fact]
    public async Task A_cell_that_looks_like_a_formula_is_refused_or_kept_as_the_text_that_it_is()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var csv = await world.DraftAsync(clerk, account, File(
            "B1,Test,=1+1,CNY,Fee,Commission,,,", "B2,Test,5.00,CNY,\"=HYPERLINK(\"\"x\"\")\",Commission,,,",
            "B3,Test,5.00,CNY,@SUM(A1),Commission,,,", "B4,Test,5.00,CNY,Fee,Commission,+49 30 1234,-1,"));
        csv.Rows.LeftOut().Select(row => (row.Line, row.Reason, row.Value)).ShouldBe(
            [(2, "Formula", "amount"), (3, "Formula", "title"), (4, "Formula", "title")]);
        csv.Rows.Good.ShouldHaveSingleItem().Line.Transfer!.Remark.ShouldBe("+49 30 1234");

        string[] headers = ["payee", "name", "amount", "currency", "title", "reason"];
        var xlsx = await world.DraftAsync(clerk, account, Read(Workbook.Of(
            Workbook.Row(headers),
            Workbook.Row("B5", "Test", "<c><f>1+1</f><v>2</v></c>", "CNY", "Fee", "Commission"),
            Workbook.Row("B6", "Test", "6.00", "CNY", "=1+1", "Commission"),
            Workbook.Row("B7", "Test", "=7", "CNY", "Fee", "Commission"))));
        xlsx.Rows.LeftOut().Select(row => (row.Line, row.Reason, row.Value)).ShouldBe(
            [(2, "Formula", "amount"), (4, "AmountUnreadable.Transfer", "=7")]);
        var asked = (await world.AskAsync(clerk, xlsx.ToForm())).ShouldBeOfType<BatchAsked.Asked>();
        OperationDetails.Read<TransferDetails>((await world.MembersAsync(asked.Id)).Single().Details)
            .Title.ShouldBe("=1+1");
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_left_alone_after_a_few_payees()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var looks = 0;
        world.Provider.Paying.OnFind = (_, transcript) =>
        {
            Interlocked.Increment(ref looks);
            return new QueryAnswer<PayeeFacts>.NoAnswer(transcript, ProviderError.TimedOut);
        };

        var draft = await world.DraftAsync(
            clerk, account, File([.. Enumerable.Range(0, 40).Select(i => Row($"B{i}"))]));

        looks.ShouldBeInRange(5, 8);
        draft.Rows.Others.Count.ShouldBe(40);
        draft.ToLookAt.Count.ShouldBe(40);
        draft.Rows.Others.Count(row => row.Problem!.Reason == "PayeeNoAnswer").ShouldBe(looks);
    }
}
