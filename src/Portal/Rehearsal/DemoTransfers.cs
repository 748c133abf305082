using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// A few transfers of the demo: payees that the Sandbox knows, a transfer to be approved and one that waits. They go
/// the way of all transfers, look at the payee included.
/// </summary>
internal sealed class DemoTransfers(IServiceProvider services, SandboxControl sandbox, Actor clerk)
{
    public const string Supplier = "Bwdemo0supplier0000000000000000002";
    public const string Agent = "Bwdemo0agent0000000000000000000003";

    /// <summary>Asks for both.</summary>
    /// <returns>The one that is to be approved.</returns>
    public async Task<Guid> CreateAsync()
    {
        await PutPayeeAsync(Supplier, "Norrland Timber AB", "pay@timber.example", isCompany: true);
        await PutPayeeAsync(Agent, "陈志明 Alan Chan", "alan@agent.example", isCompany: false);
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Provider == "bgcpay");
        await AskAsync(account, Supplier, 860_50, "Invoice 2026-1107", "Supplier");
        return await AskAsync(account, Agent, 120_00, "October commission 十月佣金", "Commission");
    }

    private async Task PutPayeeAsync(string number, string name, string email, bool isCompany) =>
        await sandbox.SendAsync(
            HttpMethod.Put, $"/control/bgcpay/users/{number}", new { name, email, isCompany });

    private async Task<Guid> AskAsync(Account account, string payee, long minor, string title, string reason)
    {
        var looked = await services.GetRequiredService<PayeeCommands>().CheckAsync(clerk, account.Id, payee);
        if (looked is not PayeeChecked.Known known)
        {
            throw new InvalidOperationException($"The demo payee was not found: {looked}.");
        }

        var currency = account.CurrencyList[0];
        var asked = await services.GetRequiredService<TransferCommands>().RequestAsync(clerk, new TransferForm
        {
            CommandId = Guid.CreateVersion7(),
            CheckId = known.Id,
            SeenName = known.MaskedName,
            AmountText = new Money(minor, currency).ToDecimalText(),
            Currency = currency.Code,
            Title = title,
            Reason = reason,
        });
        return asked is TransferRequested.Asked done
            ? done.Id
            : throw new InvalidOperationException($"The demo transfer was not asked for: {asked}.");
    }
}
