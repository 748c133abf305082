using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Payments.Tests.LianLianGlobal;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>LianLian Global's notification and answers; the damaged ones also under a genuine header.</summary>
internal sealed class LianLianGlobalParsers : ParserGroup
{
    private const string Nested =
        """
        {"merchant_id":"142021010800006001","ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a",
        "payment_data":{"payment_currency_code":"HKD","payment_amount":10.5,"exchange_rate":0.128,
        "payment_time":"20261120000500","payment_status":"PS","settlement_currency_code":"USD",
        "settlement_amount":1.34}}
        """;

    private const string Order =
        """
        {"merchant_id":"142021010800006001","ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a",
        "transaction_currency":"HKD","transaction_amount":"10.00","transaction_status":"PS",
        "payment_time":"20261120000500","settlement_currency":"USD","settlement_amount":"1.28"}
        """;

    private const string Refund =
        """
        {"ll_transaction_id":"LL-R-1","merchant_transaction_id":"R_20261120_1","original_transaction_id":"NO-1_a",
        "refund_data":{"refund_currency_code":"HKD","refund_amount":"4.00","settlement_currency_code":"USD",
        "settlement_amount":"0.51","refund_status":"RP","exchange_rate":"0.12800000","account_date":"20261120"}}
        """;

    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    private readonly LianLianGlobalBench bench;

    public LianLianGlobalParsers()
    {
        bench = Own(new LianLianGlobalBench());
        var (provider, account, keys, none) = (bench.Provider, bench.Account, bench.Keys, CancellationToken.None);
        Parsers =
        [
            new("lianlian-global-notification", [Nested, Order], Notify),
            new("lianlian-global-signature", ["QUJD", ""], NotifyUnder),
            Ask("order", Order, () => provider.Orders!.FindAsync(
                account, new("NO-1_a", OrderedAt, "LL-1"), keys, none)),
            Ask("refund", Refund, () => provider.Refunds!.SendAsync(
                account, LianLianGlobalRefundTests.Refund, keys, bench.Permit(), none)),
            Ask("refund-query", Refund, () => provider.Refunds!.QueryAsync(
                account, LianLianGlobalRefundTests.Refund, keys, none)),
            Ask("payment", Created, () => bench.Payments.CreateAsync(
                account, LianLianGlobalPaymentTests.Smallest, keys, none)),
        ];
    }

    public override IReadOnlyList<Parser> Parsers { get; }

    public override int Share => 1;

    private const string Created =
        """
        {"ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a","transaction_currency":"HKD",
        "transaction_amount":"10.00","payment_params":"{\"appId\":\"wx4\",\"package\":\"prepay_id=wx26\"}"}
        """;

    private Parser Ask(string name, string sample, Func<Task> ask) => new(
        "lianlian-global-" + name,
        [
            $$"""{"return_code":"SUCCESS","return_msg":"Success","trace_id":"9f01","order":{{sample}}}""",
            $$"""{"return_code":"SUCCESS","return_msg":"Success","trace_id":"9f01",{{sample[1..]}}""",
            """{"return_code":"S0001","return_msg":"x","trace_id":"9f01"}""",
        ],
        input =>
        {
            bench.Answer(input, "x");
            Parser.Finish(ask());
            bench.Answer(input, Seal(input));
            Parser.Finish(ask());
        });

    private void Notify(byte[] input)
    {
        Notify(input, "x");
        Notify(input, Seal(input));
    }

    private void NotifyUnder(byte[] input)
    {
        foreach (var signature in Parser.Texts(input))
        {
            Notify(Encoding.UTF8.GetBytes(Order), signature);
        }
    }

    private void Notify(byte[] body, string signature)
    {
        var message = new InboundMessage(
            body, "application/json", new Dictionary<string, string> { ["signature"] = signature }, "");
        bench.Provider.Notifications!.Read(bench.Account, message, bench.Keys);
        bench.Provider.Notifications.Show(message);
    }

    private string Seal(byte[] input) =>
        bench.Provider.Signing.Read("answer", Encoding.UTF8.GetString(input), SignatureKeyKind.Rsa, new())
            is TextReading.Readable { Texts.ToSign.Text: var text }
            ? LianLianGlobalBench.Sign(text)
            : "";
}
