using System.Text.Json;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Refunds at Allinpay, whose Sandbox makes two refunds of one number sent twice by itself.</summary>
internal sealed class AllinpayRefunds(int seed) : RefundFeed(seed)
{
    private const string Key = "harness-key-0001";
    private static readonly string[] Over = ["TKSUCC0004", "TKSUCC0006", "TKSUCC0007", "TKSUCC0008"];

    protected override string Provider => "allinpay";

    protected override string Merchant => "100020091218001";

    protected override string Prefix => "KA";

    protected override string Currency => "CNY";

    public override async Task OpenAsync(Bench bench)
    {
        await bench.Sandbox.PutMerchantAsync(Merchant, Key);
        Account = await bench.AddAccountAsync(new AccountForm
        {
            Name = "Allinpay", Provider = Provider, MerchantId = Merchant, Mode = AccountMode.Rehearsal,
            AnswerSignature = SignatureMode.Md5, Currencies = Currency, Md5Key = Key,
        });
    }

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. (await RowsAsync(sandbox, $"/control/allinpay/ledger?merchantId={Merchant}")).Select(row => Entry(
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
