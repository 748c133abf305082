using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Genuine messages of BGCPay to one account, with the key behind "&amp;key=" or behind nothing.</summary>
internal sealed class BgcPayOriginals(bool ampKey, Func<INotifications, INotifications>? weaken = null)
{
    public const string Application = "2014072300007148";
    public const string Secret = "k7Q-secret-of-the-test";
    private const string Payee = "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8";

    // BGCPay has no RSA; the pairs are for forgers who hope otherwise.
    private static readonly RSA Gateway = TestRsa.Pair(8);
    private static readonly RSA Stranger = TestRsa.Pair(9);
    private static readonly Currency Usdt = CurrencyTable.Get("USDT");

    private static readonly TransferRequest Transfer = new()
    {
        TransferNumber = "T_20261120_1",
        Amount = new(2300, Usdt),
        PayeeId = Payee,
        Title = "201905代发",
        Remark = "wages/May",
        RequestedAt = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero),
    };

    private static readonly Field[] Success = [new("code", "10000"), new("msg", "Success 成功")];

    private static readonly Field[] Trade =
    [
        .. Success, new("trade_no", "2013112011001004330000121536"), new("out_trade_no", "6823789339978248"),
        new("payer_id", "2088102122524333"), new("trade_status", "TRADE_SUCCESS"), new("currency", "USDT"),
        new("total_amount", "88.88"), new("trade_date", "2014-11-27 15:45:57"),
        new("pay_date", "2014-11-27 15:48:57"), new("subject", "Iphone6 16G"),
    ];

    private static readonly Field[] Transferred =
    [
        .. Success, new("order_id", "20190801110070000006380000250621"), new("out_biz_no", "T_20261120_1"),
        new("currency", "USDT"), new("trans_amount", "23.00"), new("trans_date", "2026-11-20 10:00:01"),
        new("payee_did", Payee),
    ];

    private readonly Subject subject = new(
        (http, time) => new BgcPayProvider(http, time),
        new()
        {
            MerchantId = Application,
            BaseAddress = new("https://openapi.bgcpay.com"),
            AnswerSignature = SignatureMode.Md5,
            Currencies = [Usdt, CurrencyTable.Get("AEDB")],
            Settings = new Dictionary<string, string> { ["key-placement"] = ampKey ? "amp-key" : "raw" },
        },
        new()
        {
            Version = 1,
            SharedSecret = new(Encoding.ASCII.GetBytes(Secret)),
            ProviderPublic = Gateway.ExportSubjectPublicKeyInfo(),
        },
        weaken);

    public Func<string, string> Sign { get; } = Seals.Md5(ampKey ? "&key=" : "", Secret, upper: false);

    public async Task<IReadOnlyList<Original>> AllAsync() =>
    [
        .. await NotificationsAsync(),
        await BareAsync("answer to the trade query", Trade, Trading()),
        await WrappedAsync("wrapped answer to the trade query", BgcPayErrors.TradeQuery, Trade, Trading()),
        await BareAsync("answer to the transfer query", Transferred, Transferring()),
        await WrappedAsync(
            "wrapped answer to the transfer query", BgcPayErrors.TransferQuery, Transferred, Transferring()),
        await BareAsync("answer to a transfer", Done, subject.Sending(SendAsync)),
        await WrappedAsync("wrapped answer to a transfer", BgcPayErrors.Transfer, Done, subject.Sending(SendAsync)),
        await WrappedAsync(
            "refusal of a transfer", BgcPayErrors.Transfer,
            [
                new("code", "40004"), new("msg", "x"), new("sub_code", "BALANCE_IS_NOT_ENOUGH"),
                new("sub_msg", "余额不足"),
            ],
            subject.Sending(SendAsync)),
    ];

    private static Field[] Done =>
        [.. Transferred.Where(member => member.Name is not ("currency" or "trans_amount" or "payee_did"))];

    public async Task<IReadOnlyList<Original>> NotificationsAsync() =>
    [
        await MakeAsync("notification", new NoticeWire(true), Paid("188.00", "TRADE_SUCCESS"), subject.NotifyAsync),
        await MakeAsync(
            "url-encoded notification", new NoticeWire(false), Paid("25.5", "WAIT_PAY"), subject.NotifyAsync),
    ];

    private static Task<ProviderOutcome> SendAsync(Subject s) => s.Provider.Transfers!.SendAsync(
        s.Account, Transfer, s.Keys, s.Permit(), CancellationToken.None);

    private Func<Letter, Task<string?>> Trading() => subject.Asking(s => s.Provider.Orders!.FindAsync(
        s.Account, new("6823789339978248", s.Clock.GetUtcNow(), "2013112011001004330000121536"), s.Keys,
        CancellationToken.None));

    private Func<Letter, Task<string?>> Transferring() => subject.Asking(s =>
        s.Provider.Transfers!.QueryAsync(s.Account, Transfer, s.Keys, CancellationToken.None));

    // Both shapes may be signed over the same sorted members, so a bare message must not say the same as a wrapped one.
    private Task<Original> BareAsync(string name, Field[] fields, Func<Letter, Task<string?>> judge) =>
        MakeAsync(
            name, new JsonWire("sign"), [fields[0], fields[1] with { Value = "Success" }, .. fields.Skip(2)], judge);

    private Task<Original> WrappedAsync(
        string name, string method, IReadOnlyList<Field> fields, Func<Letter, Task<string?>> judge) =>
        MakeAsync(name, new JsonWire("sign", $"{method.Replace('.', '_')}_response"), fields, judge);

    private Task<Original> MakeAsync(
        string name, Wire wire, IReadOnlyList<Field> fields, Func<Letter, Task<string?>> judge) => Original.MakeAsync(
        $"{(ampKey ? "amp-key" : "raw")} {name}", wire, fields, Sign,
        [
            .. Seals.Foreign(Gateway, Stranger), Seals.Md5(ampKey ? "" : "&key=", Secret, false),
            Seals.Md5("|", Secret, false), Seals.Rsa(Gateway, HashAlgorithmName.SHA1),
            Seals.Rsa(Gateway, HashAlgorithmName.SHA256), Seals.OverMd5Hex(Sign),
        ],
        judge);

    private static Field[] Paid(string amount, string status) =>
    [
        new("charset", "UTF-8"), new("method", "alipay.trade.notify"), new("format", "json"),
        new("app_id", Application), new("version", "1.0"), new("sign_type", "MD5"),
        new("timestamp", "2014-07-24 03:07:05"), new("trade_no", "2013112011001004330000121536"),
        new("out_trade_no", "6823789339978248"), new("currency", "USDT"), new("total_amount", amount),
        new("subject", "Iphone6 手机 16G"), new("payer_id", "Bwewqwi2w932wwxadf22ddaawwxadf22dc"),
        new("trade_status", status), new("trade_date", "2014-07-24 03:05:50"), new("pay_date", "2014-07-24 03:07:05"),
    ];
}
