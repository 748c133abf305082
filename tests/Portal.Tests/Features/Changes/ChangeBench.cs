using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Changes;

/// <summary>A live account whose refunds no evidence confirms, an admin, a finance lead and a clerk.</summary>
internal sealed class ChangeBench(World world, Account account, Actor admin, Actor lead, Actor clerk) : IAsyncDisposable
{
    public World World => world;

    public Account Account => account;

    public Actor Admin => admin;

    public Actor Lead => lead;

    public Actor Clerk => clerk;

    public static async Task<ChangeBench> StartAsync(DatabaseKind kind)
    {
        var world = await World.StartAsync(
            kind, clock => new ScriptedProvider(clock) { Unconfirmed = [ProviderInterface.Refunds] });
        var account = await world.AccountAsync();
        await world.SqlAsync("UPDATE accounts SET \"Mode\" = 'Live', \"BaseAddress\" = 'https://service.allinpay.com'");
        return new(
            world,
            account,
            await world.PersonAsync("wang", Role.Admin),
            await world.PersonAsync("zhao", Role.FinanceLead),
            await world.PersonAsync("chen", Role.Clerk));
    }

    public string SwitchTerms(bool on = true) =>
        ChangeJson.Write(new SwitchTerms(account.Id, ProviderInterface.Refunds, on));

    public static string GrantTerms(Actor to, Role role) => ChangeJson.Write(new GrantTerms(to.UserId!.Value, role));

    public Task<Proposed> ProposeAsync(Actor actor, string kind, string terms, string comment = "Confirmed by mail.") =>
        world.Get<ChangeCommands>().ProposeAsync(actor, new(Guid.CreateVersion7(), kind, terms, comment));

    /// <summary>A proposal to switch refunds on that waits.</summary>
    public async Task<ChangeRequest> WaitingAsync(bool on = true) => await RowAsync(
        (await ProposeAsync(admin, AccountSwitch.Word, SwitchTerms(on))).ShouldBeOfType<Proposed.Done>().Id);

    /// <summary>Answers with what the row says now, freshly proven to be the person.</summary>
    public async Task<Answered> AnswerAsync(
        Actor actor, ChangeRequest request, ChangeAnswer answer = ChangeAnswer.Confirmed, string comment = "checked")
    {
        await ProvenAsync(actor, request);
        return await world.Get<ChangeCommands>().DecideAsync(
            actor, new(request.Id, request.Version, request.TermsHash, answer, comment));
    }

    public Task ProvenAsync(Actor actor, ChangeRequest request) =>
        world.ProvenAsync(actor, new StepUpSubject(request.Id, request.TermsHash));

    public Task<ChangeRequest> RowAsync(Guid id) =>
        world.ReadAsync(db => db.Set<ChangeRequest>().AsNoTracking().SingleAsync(row => row.Id == id));

    public async Task<bool> IsOnAsync() =>
        (await world.Get<AccountDirectory>().GetAsync(account.Id)).IsOn(world.Provider, ProviderInterface.Refunds);

    public ValueTask DisposeAsync() => world.DisposeAsync();
}
