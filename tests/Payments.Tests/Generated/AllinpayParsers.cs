using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Tests.Allinpay;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>Allinpay's notification and answers; the damaged ones also under a genuine signature.</summary>
internal sealed class AllinpayParsers : ParserGroup
{
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);
    private static readonly DateTime From = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly PreAuthRequest Hold = new()
    {
        Order = new("NO-1_a", OrderedAt, "P1"),
        Authorised = new(1000, CurrencyTable.Get("USD")),
        Amount = new(840, CurrencyTable.Get("USD")),
        RequestedAt = OrderedAt,
    };

    private readonly SignatureMode mode;

    public AllinpayParsers(SignatureMode mode)
    {
        this.mode = mode;
        Parsers =
        [
            .. Of(Own(new AllinpayBench(mode))),
            new(
                "allinpay-app-result-" + mode.ToString().ToLowerInvariant(),
                ["""{"allinpay_pay_res":"allinpay_pay_success","payAmount":"1","payTime":"2014","payOrderId":"1"}"""],
                input => Parser.Texts(input).ToList().ForEach(text => AllinpayAppResult.Read(text))),
        ];
    }

    public override IReadOnlyList<Parser> Parsers { get; }

    public override int Share => mode == SignatureMode.Rsa ? 1 : 6;

    private static IEnumerable<Parser> Of(AllinpayBench bench)
    {
        var suffix = bench.Mode.ToString().ToLowerInvariant();
        var paid = AllinpayBench.Form(AllinpayNotificationTests.Paid(bench));
        var refunded = AllinpayBench.Form(RefundReplies.Fields(bench));
        var provider = bench.Provider;
        var held = bench.Account with { Currencies = [CurrencyTable.Get("USD")] };
        return
        [
            new($"allinpay-notification-{suffix}", [paid], input => Notify(bench, input)),
            Form("order", paid, () => provider.Orders!.FindAsync(
                bench.Account, new("NO-1_a", OrderedAt, null), bench.Keys, CancellationToken.None)),
            Form("refund", refunded, () => provider.Refunds!.SendAsync(
                bench.Account, AllinpayRefundTests.Refund, bench.Keys, bench.Permit(), CancellationToken.None)),
            Lines("refund-query", [RefundLine(bench), $"{RefundLine(bench)}\r\n{RefundLine(bench)}"],
                () => provider.Refunds!.QueryAsync(
                    bench.Account, AllinpayRefundTests.Refund, bench.Keys, CancellationToken.None)),
            Lines("preauth-confirm", [PreAuthReplies.Line(bench)], () => provider.PreAuthorisations!.ConfirmAsync(
                held, Hold, bench.Keys, bench.Permit(), CancellationToken.None)),
            Lines("preauth-cancel", [PreAuthReplies.Line(bench, (8, "1000"))],
                () => provider.PreAuthorisations!.CancelAsync(
                    held, Hold with { Amount = Hold.Authorised }, bench.Keys, bench.Permit(), CancellationToken.None)),
            new($"allinpay-batch-{suffix}", [BatchRows, Convert.ToBase64String(Encoding.UTF8.GetBytes(BatchRows))],
                input => Batch(bench, input)),
        ];

        Parser Form(string name, string sample, Func<Task> ask) =>
            new($"allinpay-{name}-{suffix}", [sample, "ERRORCODE=10027&ERRORMSG=x"], input =>
            {
                bench.Answer(input);
                Parser.Finish(ask());
                bench.Answer(Signed(bench, input));
                Parser.Finish(ask());
            });

        Parser Lines(string name, string[] samples, Func<Task> ask) =>
            new($"allinpay-{name}-{suffix}", [.. samples, "ERRORCODE=10027&ERRORMSG=x"], input =>
            {
                bench.Answer(input);
                Parser.Finish(ask());
                var text = Encoding.UTF8.GetString(input);
                bench.Answer($"{text}\r\n{PreAuthReplies.Signature(bench, text)}");
                Parser.Finish(ask());
            });
    }

    private const string BatchRows =
        "100020091218001|2|1|N\r\n"
        + "100020091218001|202611200001|NO-1|20261120000001|1000|20261120000500|990|<USER>1</USER>||1\r\n"
        + "100020091218001|202611200002|NO-2|20261120000002|500|2026-11-20|500|||1\r\n";

    private static string RefundLine(AllinpayBench bench) => string.Join(
        '|', "v2.4", bench.SignType, AllinpayBench.Merchant, "NO-1_a", "400", "20261120100001", "R_20261120_1",
        "TKSUCC0002", "20261120100005");

    private static void Notify(AllinpayBench bench, byte[] input)
    {
        foreach (var body in new[] { input, Signed(bench, input) })
        {
            var message = new InboundMessage(
                body, "application/x-www-form-urlencoded", new Dictionary<string, string>(), "");
            bench.Provider.Notifications!.Read(bench.Account, message, bench.Keys);
            bench.Provider.Notifications.Show(message);
        }
    }

    /// <summary>The page as it comes, as Base64, and as Base64 with its signature.</summary>
    private static void Batch(AllinpayBench bench, byte[] input)
    {
        var signature = AllinpayBench.Rsa(AllinpayBench.Md5(Encoding.UTF8.GetString(input)));
        byte[] signed = [.. input, .. Encoding.ASCII.GetBytes($"\r\n{signature}\r\n")];
        string[] answers = [Convert.ToBase64String(input), Convert.ToBase64String(signed)];
        foreach (var answer in answers.Select(Encoding.ASCII.GetBytes).Prepend(input))
        {
            bench.Answer(answer);
            Parser.Finish(bench.Provider.Statements!.ReadPageAsync(
                bench.Account, From, From.AddHours(23), 1, bench.Keys, CancellationToken.None));
        }
    }

    /// <summary>The form with the signature that its fields ask for, where they can be read at all.</summary>
    private static byte[] Signed(AllinpayBench bench, byte[] input)
    {
        if (!AllinpayForm.TryRead(input, out var form, out _))
        {
            return input;
        }

        var isRefund = form["refundResult"].Length > 0;
        var text = AllinpaySigning.Text(isRefund ? "refund-answer" : "notification", name => form[name]);
        var signature = bench.Mode == SignatureMode.Rsa
            ? AllinpayBench.Rsa(text)
            : AllinpayBench.Md5($"{text}&key={AllinpayBench.Secret}");
        return [.. input, .. Encoding.ASCII.GetBytes("&signMsg=" + Uri.EscapeDataString(signature))];
    }
}
