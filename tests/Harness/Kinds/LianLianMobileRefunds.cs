using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Refunds at LianLian mobile, whose Sandbox is told to do repeated numbers again.</summary>
internal sealed class LianLianMobileRefunds(int seed) : RefundFeed(seed + 2)
{
    private const string Key = "harness-key-0002";

    protected override string Provider => "lianlian-mobile";

    protected override string Merchant => "201801160001410033";

    protected override string Prefix => "KM";

    protected override string Currency => "CNY";

    public override async Task OpenAsync(Bench bench)
    {
        await bench.Sandbox.SendAsync(
            HttpMethod.Put, $"/control/lianlian-mobile/merchants/{Merchant}",
            new { signType = "MD5", md5Key = Key, redoesRepeats = true });
        Account = await bench.AddAccountAsync(new AccountForm
        {
            Name = "LianLian mobile", Provider = Provider, MerchantId = Merchant, Mode = AccountMode.Rehearsal,
            AnswerSignature = SignatureMode.Md5, Currencies = Currency, Md5Key = Key,
        });
    }

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. (await RowsAsync(sandbox, $"/control/lianlian-mobile/ledger?oidPartner={Merchant}")).Select(row => Entry(
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
