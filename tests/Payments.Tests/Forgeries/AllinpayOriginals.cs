using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Genuine messages of Allinpay to one account.</summary>
internal sealed class AllinpayOriginals(SignatureMode mode, Func<INotifications, INotifications>? weaken = null)
{
    public const string Merchant = "100020091218001";
    public const string Secret = "1234567890";

    private static readonly RSA Gateway = TestRsa.Pair(0);
    private static readonly RSA Stranger = TestRsa.Pair(1);
    private static readonly Currency Usd = CurrencyTable.Get("USD");
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    private static readonly RefundRequest Refund = new()
    {
        RefundNumber = "R_20261120_1",
        Order = new("NO-1_a", OrderedAt, "202611200001"),
        OrderAmount = new(1000, CurrencyTable.Get("CNY")),
        Amount = new(400, CurrencyTable.Get("CNY")),
        RequestedAt = OrderedAt.AddHours(1),
    };

    private static readonly PreAuthRequest PreAuth = new()
    {
        Order = new("NO-1_a", OrderedAt, "P1"),
        Authorised = new(1000, Usd),
        Amount = new(1000, Usd),
        RequestedAt = OrderedAt.AddHours(1),
    };

    private readonly Subject subject = new(
        (http, time) => new AllinpayProvider(http, time),
        new()
        {
            MerchantId = Merchant,
            BaseAddress = new("http://127.0.0.1:9"),
            SandboxAddress = new("http://127.0.0.1:9"),
            AnswerSignature = mode,
            Currencies = [CurrencyTable.Get("CNY"), Usd],
        },
        new()
        {
            Version = 1,
            SharedSecret = new(Encoding.ASCII.GetBytes(Secret)),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        },
        weaken);

    private string SignType => mode == SignatureMode.Rsa ? "1" : "0";

    /// <summary>The public key as it is published, for readers that take it for an MD5 key.</summary>
    public static string PublicKeyPem => Gateway.ExportSubjectPublicKeyInfoPem();

    public static Func<string, string> Sign(SignatureMode mode) => mode == SignatureMode.Rsa
        ? Seals.Rsa(Gateway, HashAlgorithmName.SHA1)
        : Seals.Md5("&key=", Secret, upper: true);

    public async Task<IReadOnlyList<Original>> AllAsync() =>
    [
        .. await NotificationsAsync(), await OrderAsync(), await RefundAsync(), await RefundQueryAsync(),
        await ConfirmAsync(), await CancelRefusedAsync(), await BatchAsync(),
    ];

    public async Task<IReadOnlyList<Original>> NotificationsAsync() =>
    [
        await FormAsync("notification", Paid("NO-1_a", "1000", "1"), subject.NotifyAsync),
        await FormAsync("notification of a failure", Paid("NO-2_b", "25000", "0"), subject.NotifyAsync),
    ];

    private Task<Original> OrderAsync() => FormAsync("answer to the order query", Paid("NO-1_a", "1000", "1"),
        subject.Asking(s => s.Provider.Orders!.FindAsync(
            s.Account, new("NO-1_a", OrderedAt, null), s.Keys, CancellationToken.None)));

    private Task<Original> RefundAsync() => FormAsync(
        "answer to a refund",
        [
            new("merchantId", Merchant), new("version", "v2.3"), new("signType", SignType), new("orderNo", "NO-1_a"),
            new("orderAmount", "1000"), new("orderDatetime", "20261120000001"), new("refundAmount", "400"),
            new("refundDatetime", "20261120100001"), new("refundResult", "20"),
            new("mchtRefundOrderNo", "R_20261120_1"), new("returnDatetime", "20261120100002"),
        ],
        subject.Sending(s => s.Provider.Refunds!.SendAsync(
            s.Account, Refund, s.Keys, s.Permit(), CancellationToken.None)));

    private Task<Original> RefundQueryAsync() => LinesAsync(
        "answer to the refund query",
        [
            $"v2.4|{SignType}|{Merchant}|NO-1_a|400|20261120100001|R_20261120_1|TKSUCC0006|20261120100005",
            $"v2.4|{SignType}|{Merchant}|NO-1_a|300|20261120100001|R_20261120_2|TKSUCC0007|20261120100006",
        ],
        subject.Asking(s => s.Provider.Refunds!.QueryAsync(s.Account, Refund, s.Keys, CancellationToken.None)));

    private Task<Original> ConfirmAsync() => LinesAsync(
        "answer to a confirmation",
        [$"0000|成功|v1.9|{SignType}|{Merchant}|NO-1_a|20261120000001|1000|840|P1|20261120100002"],
        subject.Sending(s => s.Provider.PreAuthorisations!.ConfirmAsync(
            s.Account, PreAuth, s.Keys, s.Permit(), CancellationToken.None)));

    private Task<Original> CancelRefusedAsync() => LinesAsync(
        "refusal of a cancellation",
        [$"FC0003_000008|失败|v1.8|{SignType}|{Merchant}|NO-1_a|20261120000001|1000|840|P1|20261120100002"],
        subject.Sending(s => s.Provider.PreAuthorisations!.CancelAsync(
            s.Account, PreAuth, s.Keys, s.Permit(), CancellationToken.None)));

    private Task<Original> BatchAsync()
    {
        var sha1 = Seals.OverMd5Hex(Seals.Rsa(Gateway, HashAlgorithmName.SHA1));
        var from = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified);
        return Original.MakeAsync(
            $"{mode} page of the batch query", new LineWire(inBase64: true),
            LineWire.Fields(
                $"{Merchant}|2|1|N",
                $"{Merchant}|202611200001|NO-1|20261120000001|1000|20261120000500|990|<USER>1</USER>||1",
                $"{Merchant}|202611200002|NO-2|20261120000002|500|2026-11-20|500|||1"),
            text => sha1($"{text}\r\n"),
            [
                .. Seals.Foreign(Gateway, Stranger), Seals.Md5("|", Secret, true), Seals.Md5("&key=", Secret, true),
                Seals.Rsa(Gateway, HashAlgorithmName.SHA1),
            ],
            subject.Asking(s => s.Provider.Statements!.ReadPageAsync(
                s.Account, from, from.AddHours(23), 1, s.Keys, CancellationToken.None)));
    }

    private Task<Original> FormAsync(string name, IReadOnlyList<Field> fields, Func<Letter, Task<string?>> judge)
    {
        List<Func<string, string>> foreign =
        [
            .. Seals.Foreign(Gateway, Stranger), Seals.Md5("", Secret, true), Seals.Md5("|", Secret, true),
            Seals.Md5("", "", true), Seals.Rsa(Gateway, HashAlgorithmName.MD5),
            Seals.Rsa(Gateway, HashAlgorithmName.SHA256),
            Seals.OverMd5Hex(Seals.Rsa(Gateway, HashAlgorithmName.SHA1)),
        ];

        // A refund's own answer towards an RSA account may be under MD5, as the official demo has it.
        if (mode == SignatureMode.Md5 || name != "answer to a refund")
        {
            foreign.Add(Sign(mode == SignatureMode.Md5 ? SignatureMode.Rsa : SignatureMode.Md5));
        }

        return Original.MakeAsync($"{mode} {name}", new FormWire("signMsg"), fields, Sign(mode), foreign, judge);
    }

    private Task<Original> LinesAsync(string name, string[] rows, Func<Letter, Task<string?>> judge)
    {
        var sha1 = Seals.Rsa(Gateway, HashAlgorithmName.SHA1);
        var (sign, other) = mode == SignatureMode.Rsa
            ? (Seals.OverMd5Hex(sha1), Seals.Md5("|", Secret, true))
            : (Seals.Md5("|", Secret, true), Seals.OverMd5Hex(sha1));
        return Original.MakeAsync(
            $"{mode} {name}", new LineWire(), LineWire.Fields(rows), sign,
            [.. Seals.Foreign(Gateway, Stranger), other, sha1, Seals.Md5("", Secret, true)], judge);
    }

    private Field[] Paid(string number, string amount, string result) =>
    [
        new("merchantId", Merchant), new("version", "v1.0"), new("signType", SignType), new("payType", "27"),
        new("issuerId", "visa"), new("paymentOrderId", "202611200001"), new("orderNo", number),
        new("orderDatetime", "20261120000001"), new("orderAmount", amount), new("payDatetime", "20261120000500"),
        new("payAmount", "990"), new("ext1", "<USER>1</USER>"), new("ext2", "蓝 blue"), new("payResult", result),
        new("returnDatetime", "20261120000501"),
    ];
}
