using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Captures or voids at Allinpay, which answers no question about them.</summary>
internal sealed class AllinpayHolds(OperationKind kind, string merchant, string prefix, int seed)
    : HoldFeed(kind, merchant, prefix, seed)
{
    protected override string Provider => "allinpay";

    protected override string Currency => "CNY";

    protected override string Payer => "";

    public override async Task OpenAsync(Bench bench) => Account = await Merchants.AllinpayAsync(bench, Merchant);

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. from row in await RowsAsync(sandbox, $"/control/allinpay/ledger?merchantId={Merchant}", "orders")
           let times = row.GetProperty("endedTimes").GetInt32()
           where times > 0
           let end = row.GetProperty("state").GetString()
           select new LedgerEntry(
               Name, row.GetProperty("orderNo").GetString()!, times,
               end == (Kind == OperationKind.Void ? "voided" : "captured")
                   ? LedgerStanding.Done
                   : LedgerStanding.Failed),
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
                state = "authorised",
            }), "paymentOrderId");
}
