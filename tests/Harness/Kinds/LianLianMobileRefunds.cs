namespace MerchantPortal.Harness.Kinds;

/// <summary>Refunds at LianLian mobile.</summary>
internal sealed class LianLianMobileRefunds(int seed) : RefundFeed("201801160001410031", "KM", seed)
{
    protected override string Provider => "lianlian-mobile";

    protected override string Currency => "CNY";

    public override async Task OpenAsync(Bench bench) =>
        Account = await Merchants.LianLianMobileAsync(bench, Merchant);

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. (await RowsAsync(sandbox, $"/control/lianlian-mobile/ledger?oidPartner={Merchant}", "refunds")).Select(
            row => Entry(
                row.GetProperty("noRefund").GetString()!, 1, row.GetProperty("moneyMoved").GetBoolean(),
                row.GetProperty("state").GetString() is not ("2" or "3"))),
    ];

    protected override Task<IEnumerable<string>> PlaceAsync(Bench bench, IReadOnlyList<StockedOrder> orders) =>
        PlaceAsync(
            bench, "/control/lianlian-mobile/orders", orders.Select(order => new
            {
                oidPartner = Merchant,
                noOrder = order.Number,
                dtOrder = China(order.OrderedAt),
                moneyOrder = Money(order.Minor).ToDecimalText(),
                state = "paid",
            }), "oidPaybill");
}
