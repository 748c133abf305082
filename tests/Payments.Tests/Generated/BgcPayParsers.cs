using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Tests.BgcPay;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>BGCPay's notification, its multipart reader and its answers, also under a genuine sign.</summary>
internal sealed class BgcPayParsers : ParserGroup
{
    private const string Multipart = "multipart/form-data; boundary=b0";
    private const string Encoded = "application/x-www-form-urlencoded";

    private const string Query =
        "charset=UTF-8&method=alipay.trade.notify&format=json&app_id=2014072300007148&version=1.0&sign_type=MD5"
        + "&timestamp=2014-07-24%2003%3A07%3A05";

    private static readonly (string Name, string Value)[] Paid =
    [
        ("trade_no", "2013112011001004330000121536"), ("out_trade_no", "6823789339978248"), ("currency", "USDT"),
        ("total_amount", "188.00"), ("subject", "Iphone6 16G"), ("payer_id", "Bwewqwi2w932wwxadf22ddaawwxadf22dc"),
        ("trade_status", "TRADE_SUCCESS"), ("trade_date", "2014-07-24 03:05:50"), ("pay_date", "2014-07-24 03:07:05"),
    ];

    private static readonly (string Name, string Value)[] Trade =
    [
        ("code", "10000"), ("msg", "Success"), .. Paid,
    ];

    private static readonly (string Name, string Value)[] Known =
    [
        .. TransferReplies.Success(), ("currency", "USDT"), ("trans_amount", "23.00"), ("payee_did", BgcPayBench.Payee),
    ];

    private static readonly (string Name, string Value)[] User =
        [("code", "10000"), ("msg", "Success"), ("user_cid", BgcPayBench.Payee), ("display_name", "te*@gmail.com")];

    private readonly BgcPayBench bench;

    public BgcPayParsers()
    {
        bench = Own(new BgcPayBench());
        var (provider, account, keys, none) = (bench.Provider, bench.Account, bench.Keys, CancellationToken.None);
        var order = new OrderReference("6823789339978248", bench.Clock.GetUtcNow(), null);
        var payment = new BgcPayPayment
        {
            MerchantNumber = "6823789339978248",
            Amount = new(8888, BgcPayBench.Usdt),
            Subject = "Iphone6 16G",
        };
        var transfer = BgcPayTransferTests.Transfer;
        Parsers =
        [
            new("bgcpay-notification-multipart", [Parts()], input => Notify(input, Multipart, Query)),
            new("bgcpay-notification-encoded", [Form()], input => Notify(input, Encoded, Query)),
            new("bgcpay-notification-query", [Query, $"{Query}&{Form()}"], NotifyQuery),
            new("bgcpay-content-type", [Multipart, Encoded, Multipart + "; charset=utf-8"], NotifyType),
            new("bgcpay-boundary", ["b0", "\"b0\"", "----WebKitFormBoundary7MA4"], ReadBoundary),
            Ask("payment", BgcPayErrors.TradePay, Trade[..4],
                () => provider.Payments.CreateAsync(account, payment, keys, bench.Permit(), none)),
            Ask("order", "bgcpay.trade.query", Trade, () => provider.Orders!.FindAsync(account, order, keys, none)),
            Ask("transfer", BgcPayErrors.Transfer, TransferReplies.Success(),
                () => provider.Transfers!.SendAsync(account, transfer, keys, bench.Permit(), none)),
            Ask("transfer-query", "bgcpay.fund.trans.common.query", Known,
                () => provider.Transfers!.QueryAsync(account, transfer, keys, none)),
            Ask("payee", BgcPayErrors.UserQuery, User,
                () => provider.Transfers!.FindPayeeAsync(account, new(BgcPayBench.Payee, null), keys, none)),
        ];
    }

    public override IReadOnlyList<Parser> Parsers { get; }

    private static string Parts() => string.Concat(Paid.Select(member =>
        $"--b0\r\nContent-Disposition: form-data; name=\"{member.Name}\"\r\n"
        + $"Content-Type: text/plain; charset=utf-8\r\n\r\n{member.Value}\r\n")) + "--b0--\r\n";

    private static string Form() =>
        string.Join('&', Paid.Select(member => $"{member.Name}={Uri.EscapeDataString(member.Value)}"));

    private Parser Ask(string name, string method, (string Name, string Value)[] members, Func<Task> ask)
    {
        var inner = BgcPayBench.Json(members);
        return new(
            "bgcpay-" + name,
            [
                inner, BgcPayBench.Wrapped(method, inner),
                BgcPayBench.Json([.. members, ("sign", BgcPayBench.Sign(BgcPayBench.Source(members)))]),
                BgcPayBench.Error("40004", "SYSTEM_ERROR"),
            ],
            input =>
            {
                bench.Answer(input);
                Parser.Finish(ask());
                bench.AnswerWrapped(method, Encoding.UTF8.GetString(input));
                Parser.Finish(ask());
            });
    }

    private void NotifyQuery(byte[] input)
    {
        foreach (var query in Parser.Texts(input))
        {
            Notify(Encoding.UTF8.GetBytes(Form()), Encoded, query);
            Notify([], Encoded, query);
        }
    }

    private void NotifyType(byte[] input)
    {
        foreach (var type in Parser.Texts(input))
        {
            Notify(Encoding.UTF8.GetBytes(Parts()), type, Query);
        }
    }

    private static void ReadBoundary(byte[] input)
    {
        foreach (var boundary in Parser.Texts(input))
        {
            BgcPayMultipart.Read(Encoding.UTF8.GetBytes(Parts()), boundary, out _);
            BgcPayMultipart.Read(input, boundary, out _);
            BgcPayMultipart.Read(
                Encoding.UTF8.GetBytes(Parts().Replace("b0", boundary, StringComparison.Ordinal)), boundary, out _);
        }
    }

    /// <summary>The message as it is, and once more with the sign that its fields ask for.</summary>
    private void Notify(byte[] body, string type, string query)
    {
        Take(new(body, type, new Dictionary<string, string>(), query));
        if (BgcPayForm.TryRead(query, body, type, out var form, out _))
        {
            var sign = BgcPayBench.Sign(BgcPayBench.Source(form.Names.Select(name => (name, form[name]))));
            Take(new(body, type, new Dictionary<string, string>(), $"{query}&sign={sign}"));
        }
    }

    private void Take(InboundMessage message)
    {
        bench.Provider.Notifications!.Read(bench.Account, message, bench.Keys);
        bench.Provider.Notifications.Show(message);
    }
}
