using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Refunds at LianLian Global, whose Sandbox is told to do repeated numbers again.</summary>
internal sealed class LianLianGlobalRefunds(int seed) : RefundFeed("142019061000001", "KG", seed)
{
    private static readonly string[] Over = ["RS", "RF", "RC"];

    protected override string Provider => "lianlian-global";

    protected override string Currency => "HKD";

    public override async Task OpenAsync(Bench bench)
    {
        using var ours = RSA.Create(2048);
        var answer = await bench.Sandbox.SendAsync(
            HttpMethod.Put, $"/control/lianlian-global/merchants/{Merchant}",
            new { publicKey = ours.ExportSubjectPublicKeyInfoPem(), redoesRepeats = true });
        Account = await bench.AddAccountAsync(new AccountForm
        {
            Name = "LianLian Global", Provider = Provider, MerchantId = Merchant, Mode = AccountMode.Rehearsal,
            AnswerSignature = SignatureMode.Rsa, Currencies = Currency,
            SigningPrivate = ours.ExportPkcs8PrivateKey(),
            ProviderPublic = Encoding.UTF8.GetBytes(answer.GetProperty("publicKey").GetString()!),
        });
    }

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. (await RowsAsync(sandbox, $"/control/lianlian-global/ledger?merchantId={Merchant}", "refunds")).Select(
            row => Entry(
                row.GetProperty("merchantTransactionId").GetString()!, row.GetProperty("times").GetInt32(),
                row.GetProperty("moneyMoved").GetBoolean(), !Over.Contains(row.GetProperty("state").GetString()))),
    ];

    protected override Task<IEnumerable<string>> PlaceAsync(Bench bench, IReadOnlyList<StockedOrder> orders) =>
        PlaceAsync(
            bench, "/control/lianlian-global/payments", orders.Select(order => new
            {
                merchantId = Merchant,
                merchantTransactionId = order.Number,
                amount = Money(order.Minor).ToDecimalText(),
                currency = Currency,
                state = "PS",
                paidAt = order.OrderedAt.AddMinutes(1),
            }), "llTransactionId");
}
