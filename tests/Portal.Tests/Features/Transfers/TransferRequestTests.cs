using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Transfers;

public sealed class TransferRequestTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_waits_for_a_second_person_with_the_name_that_was_seen_in_its_terms(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();

        var operation = await world.AskedTransferAsync(clerk, account);

        (operation.Kind, operation.State).ShouldBe((OperationKind.Transfer, OperationState.PendingApproval));
        (operation.Payee, operation.Target, operation.OrderId).ShouldBe(("T**t", Payouts.Payee, null));
        (operation.AmountMinor, operation.Currency).ShouldBe((1230, "CNY"));
        operation.Number.ShouldStartWith("T");
        OperationDetails.Read<TransferDetails>(operation.Details).ShouldBe(new("November commission", "PO 2207"));
        operation.TermsHash.ShouldBe(operation.ComputeTermsHash(account.MerchantId, ""));
        world.Provider.Paying.Sent.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_look_at_the_payee_counts_for_fifteen_minutes_and_for_who_looked(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wang", Role.Clerk);
        var commands = world.Get<TransferCommands>();
        var check = await world.CheckedAsync(clerk, await world.AccountAsync());

        (await commands.RequestAsync(other, Payouts.Form(check))).ShouldBe(new TransferRequested.NoSuchCheck());
        (await commands.RequestAsync(clerk, Payouts.Form(check) with { CheckId = Guid.CreateVersion7() }))
            .ShouldBe(new TransferRequested.NoSuchCheck());
        (await commands.RequestAsync(clerk, Payouts.Form(check) with { SeenName = "T**m" }))
            .ShouldBe(new TransferRequested.NameDiffers("T**t"));
        world.Clock.Advance(PayeeCheck.Fresh);
        (await commands.RequestAsync(clerk, Payouts.Form(check))).ShouldBeOfType<TransferRequested.CheckTooOld>();
        world.Clock.Advance(TimeSpan.FromSeconds(-1));
        (await commands.RequestAsync(clerk, Payouts.Form(check))).ShouldBeOfType<TransferRequested.Asked>();
    }

    [Theory]
    [InlineData("0", "CNY", typeof(TransferRequested.AmountUnreadable))]
    [InlineData("-1", "CNY", typeof(TransferRequested.AmountUnreadable))]
    [InlineData("1.005", "CNY", typeof(TransferRequested.AmountUnreadable))]
    [InlineData("1e3", "CNY", typeof(TransferRequested.AmountUnreadable))]
    [InlineData("1,000.00", "CNY", typeof(TransferRequested.AmountUnreadable))]
    [InlineData("1.00", "USD", typeof(TransferRequested.AmountUnreadable))]
    [InlineData("10000.01", "CNY", typeof(TransferRequested.OverLimit))]
    public async Task A_wrong_amount_is_refused_and_nothing_is_left_behind(string amount, string currency, Type refusal)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var check = await world.CheckedAsync(clerk, await world.AccountAsync());

        var result = await world.Get<TransferCommands>()
            .RequestAsync(clerk, Payouts.Form(check, amount, currency));

        result.ShouldBeOfType(refusal);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(0);
        (await world.ReadAsync(db => db.Set<TransferDay>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task What_the_document_does_not_allow_is_refused_before_anybody_approves_it()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var check = await world.CheckedAsync(clerk, await world.AccountAsync());
        var commands = world.Get<TransferCommands>();

        (await commands.RequestAsync(clerk, Payouts.Form(check) with { Title = " " }))
            .ShouldBe(new TransferRequested.OutsideDocument(TransferFault.Title));
        (await commands.RequestAsync(clerk, Payouts.Form(check) with { Reason = "Because" }))
            .ShouldBe(new TransferRequested.ReasonMissing());
        (await commands.RequestAsync(clerk, Payouts.Form(check) with { Comment = new('x', 501) }))
            .ShouldBe(new TransferRequested.CommentTooLong(500));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Fifty_clicks_on_one_dialog_make_one_transfer(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var form = Payouts.Form(await world.CheckedAsync(clerk, await world.AccountAsync()));

        var results = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Task.Run(() => world.Get<TransferCommands>().RequestAsync(clerk, form))));

        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(1);
        results.ShouldAllBe(result => result == results[0]);
        results[0].ShouldBeOfType<TransferRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_amount_to_the_same_payee_within_a_day_is_asked_for_only_by_naming_the_other(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var wang = await world.PersonAsync("wang", Role.Clerk);
        var account = await world.AccountAsync();
        var commands = world.Get<TransferCommands>();
        var first = await world.AskedTransferAsync(clerk, account);
        var check = await world.CheckedAsync(wang, account);

        var warned = (await commands.RequestAsync(wang, Payouts.Form(check)))
            .ShouldBeOfType<TransferRequested.TwinFound>();
        (warned.Number, warned.By).ShouldBe((first.Number, "chen"));
        var meant = Payouts.Form(check) with { MeansBeside = warned.Number };
        var second = (await commands.RequestAsync(wang, meant)).ShouldBeOfType<TransferRequested.Asked>();

        // The newest one counts: who has seen the first only is told of the second.
        (await commands.RequestAsync(wang, Payouts.Form(check) with { MeansBeside = first.Number }))
            .ShouldBeOfType<TransferRequested.TwinFound>().Number.ShouldBe(second.Number);
        (await commands.RequestAsync(wang, Payouts.Form(check, "12.31"))).ShouldBeOfType<TransferRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_colleagues_at_the_same_instant_cannot_both_miss_each_other(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        var clerks = new List<(Actor Actor, TransferForm Form)>();
        foreach (var name in new[] { "a", "b", "c", "d", "e", "f", "g", "h" })
        {
            var clerk = await world.PersonAsync(name, Role.Clerk);
            clerks.Add((clerk, Payouts.Form(await world.CheckedAsync(clerk, account))));
        }

        var results = await Task.WhenAll(clerks.Select(clerk =>
            Task.Run(() => world.Get<TransferCommands>().RequestAsync(clerk.Actor, clerk.Form))));

        results.OfType<TransferRequested.Asked>().Count().ShouldBe(1);
        results.OfType<TransferRequested.TwinFound>().Count().ShouldBe(7);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Only_the_requester_takes_a_transfer_back_and_only_before_a_decision(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wang", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var commands = world.Get<OperationCommands>();
        var first = await world.AskedTransferAsync(clerk, account);
        var second = await world.AskedTransferAsync(clerk, account, "1.00");
        await world.DecideAsync(reviewer, second);

        (await commands.WithdrawAsync(other, first.Id)).ShouldBeFalse();
        (await commands.WithdrawAsync(clerk, second.Id)).ShouldBeFalse();
        (await commands.WithdrawAsync(clerk, first.Id)).ShouldBeTrue();

        var row = await world.OperationAsync(first.Id);
        (row.State, row.Problem).ShouldBe((OperationState.Rejected, OperationProblem.Withdrawn));
        (await world.RequestAsync(clerk, account, "12.30")).ShouldBeOfType<TransferRequested.Asked>();
    }
}
