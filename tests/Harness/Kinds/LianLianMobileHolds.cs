using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Captures or voids at LianLian mobile.</summary>
internal sealed class LianLianMobileHolds(OperationKind kind, string merchant, string prefix, int seed)
    : HoldFeed(kind, merchant, prefix, seed)
{
    protected override string Provider => "lianlian-mobile";

    protected override string Currency => "CNY";

    protected override string Payer => "payer0001";

    public override async Task OpenAsync(Bench bench) =>
        Account = await Merchants.LianLianMobileAsync(bench, Merchant);

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. from row in await RowsAsync(sandbox, $"/control/lianlian-mobile/ledger?oidPartner={Merchant}", "orders")
           let times = row.GetProperty("endedTimes").GetInt32()
           where times > 0
           select new LedgerEntry(
               Name, row.GetProperty("noOrder").GetString()!, times,
               Standing(row.GetProperty("preAuthState").GetString()!)),
    ];

    protected override Task<IEnumerable<string>> PlaceAsync(Bench bench, IReadOnlyList<StockedOrder> orders) =>
        PlaceAsync(
            bench, "/control/lianlian-mobile/orders", orders.Select(order => new
            {
                oidPartner = Merchant,
                noOrder = order.Number,
                dtOrder = China(order.OrderedAt),
                moneyOrder = Money(order.Minor).ToDecimalText(),
                state = "authorised",
                preAuth = true,
                userId = Payer,
            }), "oidPaybill");

    private LedgerStanding Standing(string state) => (Kind, state) switch
    {
        (OperationKind.Capture, "PR11") or (OperationKind.Void, "PR14") => LedgerStanding.Done,
        (_, "PR12" or "PR15") => LedgerStanding.Open,
        _ => LedgerStanding.Failed,
    };
}
