using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Genuine messages of LianLian mobile to one account.</summary>
internal sealed class LianLianMobileOriginals(SignatureMode mode, Func<INotifications, INotifications>? weaken = null)
{
    public const string Merchant = "201304121000001004";
    public const string Secret = "md5key_for_tests_20261121";

    private static readonly RSA Gateway = TestRsa.Pair(5);
    private static readonly RSA Stranger = TestRsa.Pair(6);
    private static readonly RSA Ours = TestRsa.Pair(7);
    private static readonly Currency Cny = CurrencyTable.Get("CNY");

    private static readonly RefundRequest Refund = new()
    {
        RefundNumber = "R2026112100001",
        Order = new("2013051500001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), "2013051613121201"),
        OrderAmount = new(21097, Cny),
        Amount = new(2050, Cny),
        RequestedAt = new(2026, 11, 20, 18, 30, 0, TimeSpan.Zero),
    };

    private static readonly PreAuthRequest PreAuth = new()
    {
        Order = new("PA20261120001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), null),
        Authorised = new(100000, Cny),
        Amount = new(80050, Cny),
        PayerId = "1234567",
        RequestedAt = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero),
    };

    private readonly Subject subject = new(
        (http, time) => new LianLianMobileProvider(http, time),
        new()
        {
            MerchantId = Merchant,
            BaseAddress = new("http://127.0.0.1:9"),
            SandboxAddress = new("http://127.0.0.1:9"),
            AnswerSignature = mode,
            Currencies = [Cny],
        },
        new()
        {
            Version = 1,
            SharedSecret = new(Encoding.ASCII.GetBytes(Secret)),
            SigningPrivate = new(Ours.ExportPkcs8PrivateKey()),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        },
        weaken);

    public static string PublicKeyPem => Gateway.ExportSubjectPublicKeyInfoPem();

    private Field[] Head =>
    [
        new("ret_code", "0000"), new("ret_msg", "交易成功"), new("oid_partner", Merchant),
        new("sign_type", mode == SignatureMode.Rsa ? "RSA" : "MD5"),
    ];

    public static Func<string, string> Sign(SignatureMode mode) => mode == SignatureMode.Rsa
        ? Seals.Rsa(Gateway, HashAlgorithmName.MD5)
        : Seals.Md5("&key=", Secret, upper: false);

    public async Task<IReadOnlyList<Original>> AllAsync() =>
    [
        .. await NotificationsAsync(),
        await MakeAsync(
            "answer to the order query",
            [.. Head, .. Order("2013051500001", "49.65"), new("result_pay", "REFUND")],
            subject.Asking(s => s.Provider.Orders!.FindAsync(
                s.Account, new("2013051500001", new(2013, 5, 15, 1, 40, 13, TimeSpan.Zero), null), s.Keys,
                CancellationToken.None))),
        await MakeAsync("answer to a refund", Refunded("2"), subject.Sending(SendAsync)),
        await MakeAsync("answer to the refund query", Refunded("2"), subject.Asking(s =>
            s.Provider.Refunds!.QueryAsync(s.Account, Refund, s.Keys, CancellationToken.None))),
        await MakeAsync(
            "refusal of a refund", [Head[0] with { Value = "5002" }, .. Head[1..]], subject.Sending(SendAsync)),
        await MakeAsync(
            "answer to a confirmation",
            [
                .. Head, new("no_order", "PA20261120001"), new("dt_order", "20261120104013"),
                new("oid_paybill", "2026112013121201"), new("money_order", "800.50"), new("settle_date", "20261121"),
            ],
            subject.Sending(s => s.Provider.PreAuthorisations!.ConfirmAsync(
                s.Account, PreAuth, s.Keys, s.Permit(), CancellationToken.None))),
    ];

    public async Task<IReadOnlyList<Original>> NotificationsAsync() =>
    [
        await MakeAsync(
            "notification", [.. Head[2..], .. Order("2013051500001", "210.97"), new("result_pay", "SUCCESS")],
            subject.NotifyAsync),
        await MakeAsync(
            "notification with an amount as a number",
            [
                .. Head[2..], .. Order("2013051500002", "8").Where(field => field.Name != "money_order"),
                new("money_order", "8.50", Bare: true), new("result_pay", "SUCCESS"),
            ],
            subject.NotifyAsync),
    ];

    private static Task<ProviderOutcome> SendAsync(Subject s) => s.Provider.Refunds!.SendAsync(
        s.Account, Refund, s.Keys, s.Permit(), CancellationToken.None);

    private Task<Original> MakeAsync(string name, IReadOnlyList<Field> fields, Func<Letter, Task<string?>> judge) =>
        Original.MakeAsync(
            $"{mode} {name}", new JsonWire("sign"), fields, Sign(mode),
            [
                .. Seals.Foreign(Gateway, Stranger), Seals.Md5("", Secret, false), Seals.Md5("|", Secret, false),
                Seals.Rsa(Gateway, HashAlgorithmName.SHA1), Seals.Rsa(Gateway, HashAlgorithmName.SHA256),
                Seals.Rsa(Ours, HashAlgorithmName.MD5),
                Sign(mode == SignatureMode.Rsa ? SignatureMode.Md5 : SignatureMode.Rsa),
            ],
            judge);

    private static Field[] Order(string number, string money) =>
    [
        new("dt_order", "20130515094013"), new("no_order", number), new("oid_paybill", "2013051613121201"),
        new("money_order", money), new("settle_date", "20130516"), new("info_order", "用户13958069593购买了3桶羽毛球"),
        new("pay_type", "2"), new("bank_code", "01020000"),
    ];

    private Field[] Refunded(string state) =>
    [
        .. Head, new("no_refund", Refund.RefundNumber), new("dt_refund", "20261121023000"),
        new("money_refund", "20.50"), new("oid_refundno", "2026112100998877"), new("sta_refund", state),
    ];
}
