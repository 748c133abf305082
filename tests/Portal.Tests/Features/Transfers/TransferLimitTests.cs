using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Features.Transfers;

public sealed class TransferLimitTests
{
    private static readonly Currency Cny = CurrencyTable.Get("CNY");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Split_requests_cannot_exceed_daily_limit_under_concurrency(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();
        await world.SetLimitAsync(account, LimitScope.Payee, 100_00);
        await using var second = world.SecondNode();
        var forms = new List<(IServiceProvider Node, Actor Actor, TransferForm Form)>();
        for (var i = 0; i < 4; i++)
        {
            var clerk = await world.PersonAsync($"clerk{i}", Role.Clerk);
            var check = await world.CheckedAsync(clerk, account);
            for (var part = 0; part < 5; part++)
            {
                // Twenty different amounts just under a fifth of the limit: no two are twins, five of them fit.
                forms.Add((
                    i % 2 == 0 ? world.Services : second.Services, clerk,
                    Payouts.Form(check, new Money(1980 + (i * 5) + part, Cny).ToDecimalText())));
            }
        }

        var results = await Task.WhenAll(forms.Select(form => Task.Run(async () =>
        {
            await using var scope = form.Node.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<TransferCommands>()
                .RequestAsync(form.Actor, form.Form);
        })));

        results.OfType<TransferRequested.Asked>().Count().ShouldBe(5);
        results.OfType<TransferRequested.OverLimit>().Count().ShouldBe(15);
        (await world.ReadAsync(db => db.Set<Operation>().SumAsync(row => row.AmountMinor)))
            .ShouldBeInRange(99_00, 100_00);
        (await world.ReadAsync(db => db.Set<TransferDay>().SingleAsync())).Asked.ShouldBe(5);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_limit_holds_to_the_cent_and_counts_its_own(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wang", Role.Clerk);
        var account = await world.AccountAsync();
        await world.SetLimitAsync(account, LimitScope.Payee, 10_00);
        await world.SetLimitAsync(account, LimitScope.Requester, 15_00);
        await world.SetLimitAsync(account, LimitScope.Account, 20_00);

        (await world.RequestAsync(clerk, account, "9.99", "B1")).ShouldBeOfType<TransferRequested.Asked>();
        Broken(await world.RequestAsync(clerk, account, "0.02", "B1")).ShouldBe((LimitScope.Payee, 9_99));
        (await world.RequestAsync(clerk, account, "0.01", "B1")).ShouldBeOfType<TransferRequested.Asked>();
        Broken(await world.RequestAsync(clerk, account, "5.01", "B2")).ShouldBe((LimitScope.Requester, 10_00));
        (await world.RequestAsync(clerk, account, "5.00", "B2")).ShouldBeOfType<TransferRequested.Asked>();
        Broken(await world.RequestAsync(other, account, "5.01", "B3")).ShouldBe((LimitScope.Account, 15_00));
        (await world.RequestAsync(other, account, "5.00", "B3")).ShouldBeOfType<TransferRequested.Asked>();
        Broken(await world.RequestAsync(other, account, "0.01", "B3")).ShouldBe((LimitScope.Account, 20_00));

        var elsewhere = await world.AccountAsync("100020091218002");
        (await world.RequestAsync(clerk, elsewhere, "9.00", "B1")).ShouldBeOfType<TransferRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_was_turned_down_gives_its_room_back_and_so_does_the_next_day_of_the_provider(
        DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        await world.SetLimitAsync(account, LimitScope.Payee, 10_00);
        var first = await world.AskedTransferAsync(clerk, account, "10.00");

        Broken(await world.RequestAsync(clerk, account, "0.01")).ShouldBe((LimitScope.Payee, 10_00));
        await world.DecideAsync(reviewer, first, Decision.Rejected);
        (await world.RequestAsync(clerk, account, "9.00")).ShouldBeOfType<TransferRequested.Asked>();

        // The world stands at 10:00 in Shanghai; its midnight is two hours before that of UTC's next morning.
        world.Clock.Advance(TimeSpan.FromHours(14) - TimeSpan.FromSeconds(1));
        Broken(await world.RequestAsync(clerk, account, "2.00")).ShouldBe((LimitScope.Payee, 9_00));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await world.RequestAsync(clerk, account, "2.00")).ShouldBeOfType<TransferRequested.Asked>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_limit_that_nobody_set_is_the_usual_one_and_a_set_one_is_audited(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();

        var usual = await world.ReadAsync(db => TransferLimits.ReadAsync(db, account.Id, Cny));
        usual[LimitScope.Payee].ShouldBe(new Money(10_000_00, Cny));
        usual[LimitScope.Account].ShouldBe(new Money(200_000_00, Cny));
        await world.SetLimitAsync(account, LimitScope.Payee, 0);
        await world.SetLimitAsync(account, LimitScope.Payee, 50_00);

        (await world.ReadAsync(db => TransferLimits.ReadAsync(db, account.Id, Cny)))[LimitScope.Payee]
            .ShouldBe(new Money(50_00, Cny));
        var audit = await world.ReadAsync(db => db.Set<AuditEntry>().OrderBy(entry => entry.Seq).LastAsync());
        audit.Details.ShouldContain("0.00");
        audit.Details.ShouldContain("50.00");
        TransferLimit.Usual(LimitScope.Payee, CurrencyTable.Get("JPY")).Minor.ShouldBe(10_000);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_limit_is_changed_by_two_people_and_holds_at_once(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var admin = await world.PersonAsync("wang", Role.Admin);
        var lead = await world.PersonAsync("zhao", Role.FinanceLead);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var commands = world.Get<ChangeCommands>();
        string Terms(long minor) => ChangeJson.Write(new LimitTerms(account.Id, LimitScope.Payee, "CNY", minor));
        Task<Proposed> ProposeAsync(Actor actor, string terms) =>
            commands.ProposeAsync(actor, new(Guid.CreateVersion7(), LimitChange.Word, terms, "as agreed"));

        (await ProposeAsync(clerk, Terms(5_00))).ShouldBeOfType<Proposed.NoRight>();
        (await ProposeAsync(admin, Terms(-1))).ShouldBeOfType<Proposed.Impossible>().Reason.ShouldBe("LimitOutside");
        (await ProposeAsync(admin, Terms(10_000_00))).ShouldBeOfType<Proposed.Impossible>().Reason
            .ShouldBe("AlreadySo");
        var id = (await ProposeAsync(admin, Terms(5_00))).ShouldBeOfType<Proposed.Done>().Id;
        var request = await world.ReadAsync(db => db.Set<ChangeRequest>().AsNoTracking().SingleAsync());
        (await world.RequestAsync(clerk, account, "5.01")).ShouldBeOfType<TransferRequested.Asked>();

        await world.ProvenAsync(lead, new StepUpSubject(id, request.TermsHash));
        (await commands.DecideAsync(lead, new(id, request.Version, request.TermsHash, ChangeAnswer.Confirmed, "")))
            .ShouldBeOfType<Answered.Done>();

        Broken(await world.RequestAsync(clerk, account, "1.00")).ShouldBe((LimitScope.Payee, 5_01));
        var limit = await world.ReadAsync(db => db.Set<TransferLimit>().SingleAsync());
        (limit.Minor, limit.ChangedBy).ShouldBe((5_00, "wang, zhao"));
    }

    private static (LimitScope Scope, long Used) Broken(TransferRequested result)
    {
        var standing = result.ShouldBeOfType<TransferRequested.OverLimit>().Standing;
        return (standing.Scope, standing.Used.Minor);
    }
}
