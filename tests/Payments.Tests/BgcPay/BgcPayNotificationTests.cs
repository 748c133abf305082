using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.BgcPay;

public sealed class BgcPayNotificationTests
{
    private static readonly string[] InQuery =
        ["charset", "method", "format", "sign", "app_id", "version", "sign_type", "timestamp"];

    private static readonly (string Name, string Value)[] Paid =
    [
        ("charset", "UTF-8"), ("method", "alipay.trade.notify"), ("format", "json"),
        ("app_id", BgcPayBench.Application), ("version", "1.0"), ("sign_type", "MD5"),
        ("timestamp", "2014-07-24 03:07:05"), ("trade_no", "2013112011001004330000121536"),
        ("out_trade_no", "6823789339978248"), ("currency", "USDT"), ("total_amount", "188.00"),
        ("subject", "Iphone6 16G"), ("payer_id", "Bwewqwi2w932wwxadf22ddaawwxadf22dc"),
        ("trade_status", "TRADE_SUCCESS"), ("trade_date", "2014-07-24 03:05:50"), ("pay_date", "2014-07-24 03:07:05"),
    ];

    public static TheoryData<bool> Forms() => [true, false];

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_printed_notification_is_genuine(bool multipart)
    {
        using var bench = new BgcPayBench();

        var genuine = Read(bench, Message(Signed(Paid), multipart)).ShouldBeOfType<NotificationVerdict.Genuine>();

        genuine.SemanticKey.ShouldBe("2013112011001004330000121536|TRADE_SUCCESS|188.00|USDT");
        genuine.Facts.ShouldBe(new()
        {
            MerchantId = BgcPayBench.Application,
            MerchantNumber = "6823789339978248",
            ProviderNumber = "2013112011001004330000121536",
            OrderedAt = null,
            Amount = new(18800, BgcPayBench.Usdt),
            Paid = new(18800, BgcPayBench.Usdt),
            PaidAt = new DateTimeOffset(2014, 7, 23, 19, 7, 5, TimeSpan.Zero),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "TRADE_SUCCESS",
        });
    }

    [Fact]
    public void A_signature_that_leaves_sign_type_out_is_genuine_too()
    {
        using var bench = new BgcPayBench();
        var sign = BgcPayBench.Sign(BgcPayBench.Source(Paid.Where(member => member.Name != "sign_type")));

        Read(bench, Message([.. Paid, ("sign", sign)])).ShouldBeOfType<NotificationVerdict.Genuine>();
    }

    [Theory]
    [InlineData("method", "bgcpay.trade.notify")]
    [InlineData("sign_type", "")]
    [InlineData("sign_type", "md5")]
    [InlineData("version", "")]
    [InlineData("extend_params", "table 7")]
    [InlineData("payer_id", "")]
    [InlineData("trade_status", "TRADE_FINISHED")]
    [InlineData("trade_status", "WAIT_PAY")]
    [InlineData("trade_date", "")]
    [InlineData("total_amount", "188")]
    public void What_the_document_leaves_open_is_taken(string name, string value)
    {
        using var bench = new BgcPayBench();

        Read(bench, Message(Signed(BgcPayBench.With(Paid, (name, value)))))
            .ShouldBeOfType<NotificationVerdict.Genuine>();
    }

    [Theory]
    [InlineData("gift", "1")]
    [InlineData("subject", "Iphone6&total_amount=188.00")]
    [InlineData("subject", "two\nlines")]
    [InlineData("app_id", "2014072300007149")]
    [InlineData("app_id", "")]
    [InlineData("method", "bgcpay.trade.pay")]
    [InlineData("version", "2.0")]
    [InlineData("charset", "GBK")]
    [InlineData("format", "XML")]
    [InlineData("timestamp", "20140724030705")]
    [InlineData("timestamp", "")]
    [InlineData("currency", "CNY")]
    [InlineData("currency", "AEDB")]
    [InlineData("total_amount", "188.000")]
    [InlineData("total_amount", "-188.00")]
    [InlineData("total_amount", "１８８.00")]
    [InlineData("trade_status", "TRADE_REFUND")]
    [InlineData("trade_no", "")]
    [InlineData("pay_date", "yesterday")]
    public void A_signed_message_outside_the_document_changes_nothing_and_names_the_order(string name, string value)
    {
        using var bench = new BgcPayBench();
        Read(bench, Message(Signed(BgcPayBench.With(Paid, (name, value)))))
            .ShouldBeOfType<NotificationVerdict.OutsideShape>().MerchantNumber.ShouldBe("6823789339978248");
    }

    [Fact]
    public void Moving_the_border_of_a_field_never_gives_a_genuine_message()
    {
        using var bench = new BgcPayBench();
        var text = BgcPayBench.Source(Paid);
        var sign = BgcPayBench.Sign(text);
        var pieces = text.Split('&');
        for (var i = 0; i + 1 < pieces.Length; i++)
        {
            // Two neighbours become one field whose value holds the other: the text to sign is the same.
            var shifted = pieces.Where((_, at) => at != i + 1)
                .Select((piece, at) => at == i ? $"{piece}&{pieces[i + 1]}" : piece)
                .Select(piece => piece.Split('=', 2)).Select(pair => (pair[0], pair[1]));

            Read(bench, Message([.. shifted, ("sign", sign)])).ShouldNotBeOfType<NotificationVerdict.Genuine>();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("no digest")]
    public void A_missing_or_wrong_signature_is_forged_whatever_the_account_says(string sign)
    {
        using var bench = new BgcPayBench(("unsigned-answers", "accept-from-queries"));

        Read(bench, Message([.. Paid, ("sign", sign)])).ShouldBeOfType<NotificationVerdict.Forged>();
        Read(bench, Message(Paid)).ShouldBeOfType<NotificationVerdict.Forged>();
    }

    [Fact]
    public void Any_changed_member_is_forged()
    {
        using var bench = new BgcPayBench();
        foreach (var (name, value) in Paid)
        {
            var changed = BgcPayBench.With(Signed(Paid), (name, value + "1"));
            Read(bench, Message(changed)).ShouldBeOfType<NotificationVerdict.Forged>();
        }
    }

    [Fact]
    public void Another_sign_type_is_forged_even_with_a_fitting_signature()
    {
        using var bench = new BgcPayBench();

        Read(bench, Message(Signed(BgcPayBench.With(Paid, ("sign_type", "RSA2")))))
            .ShouldBeOfType<NotificationVerdict.Forged>().Why.ShouldContain("sign_type");
    }

    [Fact]
    public void Without_a_key_nothing_is_read()
    {
        using var bench = new BgcPayBench() { Keys = new() { Version = 1 } };

        Read(bench, Message(Signed(Paid))).ShouldBeOfType<NotificationVerdict.NoKey>();
    }

    [Fact]
    public void A_member_in_the_address_and_in_the_form_is_malformed()
    {
        using var bench = new BgcPayBench();
        var message = Message(Signed(Paid));

        Read(bench, message with { Query = message.Query + "&trade_status=TRADE_SUCCESS" })
            .ShouldBeOfType<NotificationVerdict.Malformed>();
        Read(bench, message with { ContentType = "application/json" }).ShouldBeOfType<NotificationVerdict.Malformed>();
        Read(bench, message with { ContentType = "" }).ShouldBeOfType<NotificationVerdict.Malformed>();
    }

    [Fact]
    public void The_acknowledgement_is_the_bare_word()
    {
        using var bench = new BgcPayBench();

        bench.Provider.Notifications!.Taken.Status.ShouldBe(200);
        bench.Provider.Notifications.Taken.Body.ShouldBe("SUCCESS");
    }

    [Fact]
    public void The_tries_lie_half_a_minute_further_apart_each_time()
    {
        using var bench = new BgcPayBench();
        var tries = bench.Provider.Notifications!.Retries;

        tries.Tries.Count.ShouldBe(100);
        tries.Tries.Take(4).ShouldBe(
            [TimeSpan.Zero, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(150), TimeSpan.FromSeconds(270)]);
        tries.Tries[^1].ShouldBe(TimeSpan.FromSeconds(151_470));
        tries.Documented.ShouldBeTrue();
        tries.Left(TimeSpan.FromSeconds(60)).ShouldBe(98);
    }

    [Fact]
    public void What_is_shown_has_no_signature_no_application_and_no_payer()
    {
        using var bench = new BgcPayBench();
        var signed = Signed(Paid);

        var shown = bench.Provider.Notifications!.Show(Message(signed));

        shown.ShouldContain("trade_status=TRADE_SUCCESS");
        shown.ShouldContain("total_amount=188.00");
        shown.ShouldNotContain(signed[^1].Value);
        shown.ShouldNotContain(BgcPayBench.Application);
        shown.ShouldNotContain("Bwewqwi2w932");
        shown.ShouldNotContain("Iphone6");
        bench.Provider.Notifications.Show(new(new byte[] { 0xFF }, "", new Dictionary<string, string>(), "%"))
            .ShouldContain("1 bytes");
    }

    private static (string Name, string Value)[] Signed((string Name, string Value)[] members) =>
        [.. members, ("sign", BgcPayBench.Sign(BgcPayBench.Source(members)))];

    private static InboundMessage Message((string Name, string Value)[] members, bool multipart = true)
    {
        var inBody = members.Where(member => !InQuery.Contains(member.Name)).ToArray();
        var body = multipart
            ? string.Concat(inBody.Select(member =>
                $"--b0\r\nContent-Disposition: form-data; name=\"{member.Name}\"\r\n\r\n{member.Value}\r\n"))
                + "--b0--\r\n"
            : Encode(inBody);
        return new(
            Encoding.UTF8.GetBytes(body),
            multipart ? "multipart/form-data; boundary=b0" : "application/x-www-form-urlencoded",
            new Dictionary<string, string>(),
            Encode(members.Where(member => InQuery.Contains(member.Name))));
    }

    private static string Encode(IEnumerable<(string Name, string Value)> members) =>
        string.Join('&', members.Select(member => $"{member.Name}={Uri.EscapeDataString(member.Value)}"));

    private static NotificationVerdict Read(BgcPayBench bench, InboundMessage message) =>
        bench.Provider.Notifications!.Read(bench.Account, message, bench.Keys);
}
