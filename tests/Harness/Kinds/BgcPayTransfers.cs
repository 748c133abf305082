using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Transfers at BGCPay, the one interface whose document lets a number be sent again.</summary>
internal sealed class BgcPayTransfers(int seed) : Feed
{
    private const string Merchant = "harness01";
    private const string Payee = "Bwharness0payee000000000000000001";
    private readonly Random random = new(seed);
    private Account account = null!;

    public override string Name => "bgcpay transfer";

    public override async Task OpenAsync(Bench bench)
    {
        account = await Merchants.BgcPayAsync(bench, Merchant);
        await bench.Sandbox.SendAsync(
            HttpMethod.Put, $"/control/bgcpay/users/{Payee}",
            new { name = "Mika Tanaka", email = "mika@payee.example" });
    }

    public override Task StockAsync(Bench bench, int count) => Task.CompletedTask;

    public override Task<Guid> RequestAsync(Bench bench) => bench.SubmitAsync(new OperationWish
    {
        CommandId = Guid.CreateVersion7(),
        Kind = OperationKind.Transfer,
        Account = account,
        Amount = new Money((random.NextInt64(1, 90) * 100) + random.Next(70), account.CurrencyList[0]),
        Payee = "M*",
        Target = Payee,
        Details = OperationDetails.Write(new TransferDetails("harness", "")),
        Reason = "Returned",
    });

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. from row in (await ReadAsync(sandbox, $"/control/bgcpay/ledger?appId={Merchant}"))
               .GetProperty("transfers").EnumerateArray()
           select new LedgerEntry(Name, row.GetProperty("outBizNo").GetString()!, 1, LedgerStanding.Done),
    ];

    public override bool Owns(PortalRow row) => row.Kind == "Transfer";

    public override string KeyOf(PortalRow row) => row.Number;
}
