using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests;

/// <summary>What a test of transfers needs of the world.</summary>
internal static class Payouts
{
    public const string Payee = "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8";

    /// <summary>Looks at a payee that the provider knows.</summary>
    public static async Task<PayeeChecked.Known> CheckedAsync(
        this World world, Actor clerk, Account account, string payee = Payee) =>
        (await world.Get<PayeeCommands>().CheckAsync(clerk, account.Id, payee)).ShouldBeOfType<PayeeChecked.Known>();

    /// <summary>A form as the dialog sends it after such a look.</summary>
    public static TransferForm Form(PayeeChecked.Known check, string amount = "12.30", string currency = "CNY") => new()
    {
        CommandId = Guid.CreateVersion7(),
        CheckId = check.Id,
        SeenName = check.MaskedName,
        AmountText = amount,
        Currency = currency,
        Title = "November commission",
        Remark = "PO 2207",
        Reason = "Commission",
        Comment = "agreed in the contract",
    };

    /// <summary>Looks and asks.</summary>
    public static async Task<TransferRequested> RequestAsync(
        this World world, Actor clerk, Account account, string amount, string payee = Payee) =>
        await world.Get<TransferCommands>().RequestAsync(
            clerk, Form(await world.CheckedAsync(clerk, account, payee), amount));

    /// <summary>Looks, asks and reads the row.</summary>
    public static async Task<Operation> AskedTransferAsync(
        this World world, Actor clerk, Account account, string amount = "12.30", string payee = Payee)
    {
        var asked = await world.RequestAsync(clerk, account, amount, payee);
        return await world.OperationAsync(asked.ShouldBeOfType<TransferRequested.Asked>().Id);
    }

    /// <summary>Sets a limit of the account, as two people would.</summary>
    public static async Task SetLimitAsync(this World world, Account account, LimitScope scope, long minor)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "transfer-limits.change", async commit =>
        {
            await TransferLimits.ApplyAsync(
                commit, account, scope, new(minor, account.CurrencyList[0]), "two people");
            return true;
        });
    }

    /// <summary>A transfer that is approved and waits for its sender.</summary>
    public static async Task<Operation> ReadyTransferAsync(this World world)
    {
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var operation = await world.AskedTransferAsync(clerk, await world.AccountAsync());
        (await world.DecideAsync(reviewer, operation)).ShouldBeOfType<Decided.Done>();
        return await world.OperationAsync(operation.Id);
    }

    /// <summary>Lets time pass and asks the provider whenever a question is due; sends nothing.</summary>
    public static async Task AskForAsync(this World world, Guid id, TimeSpan time)
    {
        var until = world.Clock.GetUtcNow() + time;
        while (await world.OperationAsync(id) is { State: OperationState.Unknown, NextQuestionAt: { } next }
            && next <= until)
        {
            world.Clock.Advance(next > world.Clock.GetUtcNow() ? next - world.Clock.GetUtcNow() : TimeSpan.Zero);
            (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
        }

        if (until > world.Clock.GetUtcNow())
        {
            world.Clock.Advance(until - world.Clock.GetUtcNow());
        }
    }
}
