using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileNotificationTests
{
    internal static Dictionary<string, string> Good() => new()
    {
        ["oid_partner"] = LianLianMobileBench.Merchant,
        ["dt_order"] = "20130515094013",
        ["no_order"] = "2013051500001",
        ["oid_paybill"] = "2013051613121201",
        ["money_order"] = "210.97",
        ["result_pay"] = "SUCCESS",
        ["settle_date"] = "20130516",
        ["info_order"] = "用户13958069593购买了3桶羽毛球",
        ["pay_type"] = "2",
        ["bank_code"] = "01020000",
        ["no_agree"] = "2014031710002121",
        ["id_type"] = "0",
        ["id_no"] = "330106199001011234",
        ["acct_name"] = "张三",
    };

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public void The_documents_own_example_is_genuine_and_tells_the_order(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);

        var genuine = Read(bench, bench.Signed(Good())).ShouldBeOfType<NotificationVerdict.Genuine>();

        genuine.SemanticKey.ShouldBe("2013051613121201|SUCCESS|21097");
        genuine.Facts.ShouldBe(new()
        {
            MerchantId = LianLianMobileBench.Merchant,
            MerchantNumber = "2013051500001",
            ProviderNumber = "2013051613121201",
            OrderedAt = new(2013, 5, 15, 1, 40, 13, TimeSpan.Zero),
            Amount = LianLianMobileBench.Yuan(21097),
            Paid = LianLianMobileBench.Yuan(21097),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "result_pay SUCCESS",
            Method = "2 01020000",
        });
    }

    [Theory]
    [InlineData("0.2", 20)]
    [InlineData("100", 10000)]
    [InlineData("0.01", 1)]
    [InlineData("999999999.99", 99999999999)]
    public void Every_legal_spelling_of_an_amount_is_exact(string money, long minor)
    {
        using var bench = new LianLianMobileBench();

        Read(bench, bench.Signed(LianLianMobileBench.With(Good(), "money_order", money)))
            .ShouldBeOfType<NotificationVerdict.Genuine>().Facts.Amount.ShouldBe(LianLianMobileBench.Yuan(minor));
    }

    [Fact]
    public void An_amount_written_as_a_number_is_signed_as_it_stands()
    {
        using var bench = new LianLianMobileBench();
        var body = bench.Signed(LianLianMobileBench.With(Good(), "money_order", "0.20"))
            .Replace("\"money_order\":\"0.20\"", "\"money_order\":0.20", StringComparison.Ordinal);

        Read(bench, body).ShouldBeOfType<NotificationVerdict.Genuine>().Facts.Amount
            .ShouldBe(LianLianMobileBench.Yuan(20));
    }

    [Fact]
    public void A_pre_authorisation_that_succeeded_is_held_and_not_paid()
    {
        using var bench = new LianLianMobileBench();

        var facts = Read(bench, bench.Signed(LianLianMobileBench.With(Good(), "pay_type", "F")))
            .ShouldBeOfType<NotificationVerdict.Genuine>().Facts;

        facts.Event.ShouldBe(OrderEvent.PaymentAuthorised);
        facts.Paid.ShouldBeNull();
    }

    [Theory]
    [InlineData("oid_partner", "201304121000001005")]
    [InlineData("oid_partner", null)]
    [InlineData("no_order", null)]
    [InlineData("no_order", "123456789012345678901234567890123")]
    [InlineData("no_order", "订单")]
    [InlineData("oid_paybill", null)]
    [InlineData("dt_order", null)]
    [InlineData("dt_order", "2013051509401")]
    [InlineData("dt_order", "20130231094013")]
    [InlineData("dt_order", "２０130515094013")]
    [InlineData("money_order", null)]
    [InlineData("money_order", "0")]
    [InlineData("money_order", "0.00")]
    [InlineData("money_order", "-210.97")]
    [InlineData("money_order", "210.970")]
    [InlineData("money_order", "2.1e2")]
    [InlineData("money_order", "210,97")]
    [InlineData("money_order", "٢١٠")]
    [InlineData("money_order", "1000000000.00")]
    [InlineData("result_pay", null)]
    [InlineData("result_pay", "FAILURE")]
    [InlineData("result_pay", "PROCESSING")]
    [InlineData("result_pay", "REFUND")]
    [InlineData("result_pay", "success")]
    [InlineData("settle_date", "2013051")]
    [InlineData("settle_date", "20131301")]
    [InlineData("bank_code", "010200001")]
    [InlineData("sign_type", "")]
    [InlineData("extra", "1")]
    [InlineData("extra", "")]
    [InlineData("memo", "x")]
    [InlineData("info_order", "a&money_order=9999.00")]
    [InlineData("info_order", "a=b")]
    [InlineData("info_order", "a+b")]
    [InlineData("info_order", "a\"b")]
    [InlineData("info_order", "a{b}")]
    [InlineData("info_order", "a\\b")]
    [InlineData("info_order", "a\r\nb")]
    [InlineData("info_order", "a\0b")]
    public void A_signed_message_outside_the_documented_shape_changes_nothing(string name, string? value)
    {
        using var bench = new LianLianMobileBench();

        var verdict = Read(bench, bench.Signed(LianLianMobileBench.With(Good(), name, value)));

        var outside = verdict.ShouldBeOfType<NotificationVerdict.OutsideShape>();
        outside.MerchantNumber.ShouldBe(name == "no_order" ? null : "2013051500001");
        outside.Why.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_same_text_cut_into_other_members_changes_nothing()
    {
        using var bench = new LianLianMobileBench();
        var good = LianLianMobileBench.With(Good(), "sign_type", "MD5");
        var sign = bench.Sign(LianLianMobileBench.Text(good));
        var pieces = LianLianMobileBench.Text(good).Split('&');
        for (var i = 0; i + 1 < pieces.Length; i++)
        {
            // The piece behind is swallowed by the value before it.
            var pairs = pieces.Select(piece => piece.Split('=', 2)).ToList();
            pairs[i][1] += "&" + pieces[i + 1];
            pairs.RemoveAt(i + 1);
            var forged = pairs.ToDictionary(pair => pair[0], pair => pair[1]);
            LianLianMobileBench.Text(forged).ShouldBe(LianLianMobileBench.Text(good));
            forged["sign"] = sign;

            Read(bench, LianLianMobileBench.Json(forged)).ShouldBeOfType<NotificationVerdict.OutsideShape>();
        }
    }

    [Fact]
    public void Any_member_changed_added_or_left_out_is_forged()
    {
        foreach (var mode in new[] { SignatureMode.Md5, SignatureMode.Rsa })
        {
            using var bench = new LianLianMobileBench(mode);
            var good = LianLianMobileBench.With(Good(), "sign_type", bench.SignType);
            var sign = bench.Sign(LianLianMobileBench.Text(good));
            foreach (var name in good.Keys)
            {
                foreach (var value in new[] { null, "", good[name] + "1", good[name][..^1] })
                {
                    var forged = LianLianMobileBench.With(LianLianMobileBench.With(good, name, value), "sign", sign);
                    Read(bench, LianLianMobileBench.Json(forged)).ShouldBeOfType<NotificationVerdict.Forged>();
                }
            }

            var more = LianLianMobileBench.With(LianLianMobileBench.With(good, "extra", "1"), "sign", sign);
            Read(bench, LianLianMobileBench.Json(more)).ShouldBeOfType<NotificationVerdict.Forged>();
        }
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public void A_message_never_chooses_its_algorithm(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        using var other = new LianLianMobileBench(mode == SignatureMode.Md5 ? SignatureMode.Rsa : SignatureMode.Md5);

        Read(bench, other.Signed(Good())).ShouldBeOfType<NotificationVerdict.Forged>();
        Read(bench, bench.Signed(LianLianMobileBench.With(Good(), "sign_type", other.SignType)))
            .ShouldBeOfType<NotificationVerdict.Forged>().Why.ShouldContain("sign_type");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("oid_partner=1&sign=2")]
    [InlineData("""{"no_order":"A","no_order":"B","sign":"00000000000000000000000000000000"}""")]
    [InlineData("""{"no_order":"\ud800","sign":"00000000000000000000000000000000"}""")]
    public void What_is_no_flat_JSON_object_is_malformed(string body)
    {
        using var bench = new LianLianMobileBench();

        Read(bench, body).ShouldBeOfType<NotificationVerdict.Malformed>();
        bench.Provider.Notifications!.Show(LianLianMobileBench.Message(body)).ShouldNotBeNull();
    }

    [Fact]
    public void Text_that_is_not_UTF_8_and_a_flood_of_members_are_malformed()
    {
        using var bench = new LianLianMobileBench();
        var body = Encoding.UTF8.GetBytes(bench.Signed(Good()));
        byte[] flood = Encoding.UTF8.GetBytes(bench.Signed(
            Enumerable.Range(0, 100).ToDictionary(i => $"m{i}", i => "1")));

        foreach (var bad in new[] { [.. body, 0xFF], [0xEF, 0xBB, 0xBF, .. body], flood })
        {
            bench.Provider.Notifications!.Read(bench.Account, LianLianMobileBench.Message(bad), bench.Keys)
                .ShouldBeOfType<NotificationVerdict.Malformed>();
        }
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public void Without_the_modes_key_nothing_is_looked_at(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        var body = LianLianMobileBench.Message(bench.Signed(Good()));
        using var other = mode == SignatureMode.Md5
            ? new ProviderKeys { Version = 1, ProviderPublic = bench.Keys.ProviderPublic }
            : new ProviderKeys { Version = 1, SharedSecret = new("x"u8) };
        using var broken = new ProviderKeys { Version = 1, ProviderPublic = new byte[] { 1, 2, 3 } };

        bench.Provider.Notifications!.Read(bench.Account, body, other)
            .ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldNotBeEmpty();
        bench.Provider.Notifications!.Read(bench.Account, body, broken)
            .ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_acknowledgement_and_the_thirty_tries_are_the_documents()
    {
        using var bench = new LianLianMobileBench();
        var notifications = bench.Provider.Notifications!;

        notifications.Taken.ShouldBe(
            new(200, "application/json;charset=utf-8", """{"ret_code":"0000","ret_msg":"交易成功"}"""));
        notifications.Retries.Tries.Count.ShouldBe(30);
        notifications.Retries.Tries[^1].ShouldBe(TimeSpan.FromMinutes(58));
        notifications.Retries.Window.ShouldBe(TimeSpan.FromMinutes(60));
        notifications.Retries.Documented.ShouldBeTrue();
    }

    [Fact]
    public void What_is_shown_has_no_signature_and_nobodys_name()
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        var body = bench.Signed(Good());

        var shown = bench.Provider.Notifications!.Show(LianLianMobileBench.Message(body));

        shown.ShouldContain("money_order=210.97");
        shown.ShouldContain("info_order=(21 characters)");
        foreach (var secret in new[] { "sign=", "13958069593", "张三", "330106199001011234", "2014031710002121" })
        {
            shown.ShouldNotContain(secret);
        }
    }

    private static NotificationVerdict Read(LianLianMobileBench bench, string body) =>
        bench.Provider.Notifications!.Read(bench.Account, LianLianMobileBench.Message(body), bench.Keys);
}
