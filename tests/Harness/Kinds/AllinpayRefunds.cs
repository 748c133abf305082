namespace MerchantPortal.Harness.Kinds;

/// <summary>Refunds at Allinpay, whose Sandbox makes two refunds of one number sent twice.</summary>
internal sealed class AllinpayRefunds(int seed) : RefundFeed("100020091218001", "KA", seed)
{
    private static readonly string[] Over = ["TKSUCC0004", "TKSUCC0006", "TKSUCC0007", "TKSUCC0008"];

    protected override string Provider => "allinpay";

    protected override string Currency => "CNY";

    public override async Task OpenAsync(Bench bench) => Account = await Merchants.AllinpayAsync(bench, Merchant);

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. (await RowsAsync(sandbox, $"/control/allinpay/ledger?merchantId={Merchant}", "refunds")).Select(
            row => Entry(
                row.GetProperty("mchtRefundOrderNo").GetString()!, 1, row.GetProperty("moneyMoved").GetBoolean(),
                !Over.Contains(row.GetProperty("state").GetString()))),
    ];

    protected override Task<IEnumerable<string>> PlaceAsync(Bench bench, IReadOnlyList<StockedOrder> orders) =>
        PlaceAsync(
            bench, "/control/allinpay/orders", orders.Select(order => new
            {
                merchantId = Merchant,
                orderNo = order.Number,
                orderDatetime = China(order.OrderedAt),
                orderAmount = order.Minor,
                currency = "156",
                signType = "0",
                state = "paid",
                payDatetime = China(order.OrderedAt.AddMinutes(1)),
            }), "paymentOrderId");
}
