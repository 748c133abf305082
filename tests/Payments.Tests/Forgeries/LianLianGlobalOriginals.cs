using System.Net;
using System.Security.Cryptography;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Genuine messages of LianLian Global to one account: RSA in a header, always.</summary>
internal sealed class LianLianGlobalOriginals(Func<INotifications, INotifications>? weaken = null)
{
    private const string Merchant = "142021010800006001";

    private static readonly RSA Gateway = TestRsa.Pair(2);
    private static readonly RSA Stranger = TestRsa.Pair(3);
    private static readonly RSA Ours = TestRsa.Pair(4);
    private static readonly Currency Hkd = CurrencyTable.Get("HKD");
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    private static readonly RefundRequest Refund = new()
    {
        RefundNumber = "R_20261120_1",
        Order = new("NO-1_a", OrderedAt, "LL-1"),
        OrderAmount = new(1000, Hkd),
        Amount = new(400, Hkd),
        RequestedAt = OrderedAt.AddHours(1),
    };

    private static readonly Field[] Success =
    [
        new("return_code", "SUCCESS"), new("return_msg", "Success"),
        new("trace_id", "9f01943bd3044fc29ec55290c22f2ffd"),
    ];

    private static readonly Field[] Refunded =
    [
        .. Success, new("order/ll_transaction_id", "LL-R-1"), new("order/merchant_transaction_id", "R_20261120_1"),
        new("order/original_transaction_id", "NO-1_a"), new("order/refund_data/refund_currency_code", "HKD"),
        new("order/refund_data/refund_amount", "4.00"), new("order/refund_data/settlement_currency_code", "USD"),
        new("order/refund_data/settlement_amount", "0.51"), new("order/refund_data/refund_status", "RS"),
        new("order/refund_data/exchange_rate", "0.12800000"), new("order/refund_data/account_date", "20261120"),
    ];

    private readonly Subject subject = new(
        (http, time) => new LianLianGlobalProvider(http, time),
        new()
        {
            MerchantId = Merchant,
            BaseAddress = new("http://127.0.0.1:9"),
            SandboxAddress = new("http://127.0.0.1:9"),
            AnswerSignature = SignatureMode.Rsa,
            Currencies = [Hkd, CurrencyTable.Get("JPY"), CurrencyTable.Get("USD")],
        },
        new()
        {
            Version = 1,
            SharedSecret = new("md5 key of nobody"u8),
            SigningPrivate = new(Ours.ExportPkcs8PrivateKey()),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        },
        weaken);

    public static Func<string, string> Sign { get; } = Seals.Rsa(Gateway, HashAlgorithmName.SHA1);

    public async Task<IReadOnlyList<Original>> AllAsync() =>
    [
        .. await NotificationsAsync(),
        await MakeAsync("answer to the payment query", [.. Success, .. Paid("order/", "NO-1_a", "10.00")], Asking()),
        await MakeAsync("flat answer to the payment query", [.. Success, .. Paid("", "NO-1_a", "10.00")], Asking()),
        await MakeAsync("answer to a refund", Refunded, subject.Sending(SendAsync)),
        await MakeAsync("answer to the refund query", Refunded, subject.Asking(s => s.Provider.Refunds!.QueryAsync(
            s.Account, Refund, s.Keys, CancellationToken.None))),
        await RefusalAsync(),
    ];

    public async Task<IReadOnlyList<Original>> NotificationsAsync() =>
    [
        await MakeAsync("notification", Paid("", "NO-1_a", "10.50"), subject.NotifyAsync),
        await MakeAsync("notification in yen", Paid("", "NO-2_b", "1050", "JPY"), subject.NotifyAsync),
        await MakeAsync("third version's notification", PaidV3(), subject.NotifyAsync),
    ];

    private static Task<ProviderOutcome> SendAsync(Subject s) => s.Provider.Refunds!.SendAsync(
        s.Account, Refund, s.Keys, s.Permit(), CancellationToken.None);

    private Func<Letter, Task<string?>> Asking() => subject.Asking(s => s.Provider.Orders!.FindAsync(
        s.Account, new("NO-1_a", OrderedAt, "LL-1"), s.Keys, CancellationToken.None));

    private Task<Original> RefusalAsync()
    {
        var (code, status) = (LianLianGlobalRefunds.Refusals[0].Code, LianLianGlobalRefunds.Refusals[0].Status);
        return MakeAsync(
            "refusal of a refund",
            [new("return_code", code), new("return_msg", "no"), new("trace_id", "9f01943bd3044fc29ec55290c22f2ffd")],
            subject.Sending(SendAsync, (HttpStatusCode)status));
    }

    private static Task<Original> MakeAsync(
        string name, IReadOnlyList<Field> fields, Func<Letter, Task<string?>> judge) => Original.MakeAsync(
        name, new JsonWire(null), fields, Sign,
        [
            .. Seals.Foreign(Gateway, Stranger), Seals.Rsa(Gateway, HashAlgorithmName.MD5),
            Seals.Rsa(Gateway, HashAlgorithmName.SHA256), Seals.OverMd5Hex(Sign),
            Seals.Rsa(Ours, HashAlgorithmName.SHA1),
            Seals.Md5("&key=", "md5 key of nobody", upper: false),
        ],
        judge);

    private static Field[] Paid(string prefix, string number, string amount, string currency = "HKD") =>
    [
        new($"{prefix}merchant_id", Merchant), new($"{prefix}ll_transaction_id", "LL-1"),
        new($"{prefix}merchant_transaction_id", number), new($"{prefix}transaction_currency", currency),
        new($"{prefix}transaction_amount", amount), new($"{prefix}transaction_status", "PS"),
        new($"{prefix}payment_time", "20261120000500"), new($"{prefix}settlement_currency", "USD"),
        new($"{prefix}settlement_amount", "1.34"),
    ];

    private static Field[] PaidV3() =>
    [
        new("merchant_id", Merchant), new("ll_transaction_id", "LL-1"), new("merchant_transaction_id", "NO-1_a"),
        new("payment_data/payment_currency_code", "HKD"), new("payment_data/payment_amount", "10.5", Bare: true),
        new("payment_data/exchange_rate", "0.128", Bare: true), new("payment_data/payment_time", "20261120000500"),
        new("payment_data/payment_status", "PS"), new("payment_data/settlement_currency_code", "USD"),
        new("payment_data/settlement_amount", "1.34", Bare: true),
    ];
}
