using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

public sealed class LianLianGlobalNotificationTests
{
    private const string V3 = """
        {"merchant_id":"142021010800006001","ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a",
         "payment_data":{"payment_currency_code":"HKD","payment_amount":10.5,"exchange_rate":0.128,
          "payment_time":"20261120000500","payment_status":"PS","settlement_currency_code":"USD",
          "settlement_amount":1.34}}
        """;

    [Fact]
    public void A_flat_notification_of_the_document_is_genuine()
    {
        using var bench = new LianLianGlobalBench();

        var genuine = Read(bench, Paid()).ShouldBeOfType<NotificationVerdict.Genuine>();

        genuine.SemanticKey.ShouldBe("LL-1|PS|HKD|1050");
        genuine.Facts.ShouldBe(new OrderFacts
        {
            MerchantId = LianLianGlobalBench.Merchant,
            MerchantNumber = "NO-1_a",
            ProviderNumber = "LL-1",
            OrderedAt = null,
            Amount = new(1050, LianLianGlobalBench.Hkd),
            Paid = new(1050, LianLianGlobalBench.Hkd),
            PaidAt = new DateTimeOffset(2026, 11, 19, 16, 5, 0, TimeSpan.Zero),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "PS",
        });
    }

    [Fact]
    public void The_third_versions_notification_is_genuine_literally_and_with_phps_decimals()
    {
        using var bench = new LianLianGlobalBench();
        var message = LianLianGlobalBench.Json(V3);
        var php = "ll_transaction_id=LL-1&merchant_id=142021010800006001&merchant_transaction_id=NO-1_a"
            + "&exchange_rate=0.12800000&payment_amount=10.50&payment_currency_code=HKD&payment_status=PS"
            + "&payment_time=20261120000500&settlement_amount=1.34&settlement_currency_code=USD";

        var literal = Read(bench, message).ShouldBeOfType<NotificationVerdict.Genuine>();
        var printed = Read(bench, V3, LianLianGlobalBench.Sign(php)).ShouldBeOfType<NotificationVerdict.Genuine>();

        printed.ShouldBe(literal);
        literal.Facts.ShouldBe(Read(bench, Paid()).ShouldBeOfType<NotificationVerdict.Genuine>().Facts);
    }

    [Fact]
    public void An_amount_between_the_cents_never_passes_as_the_rounded_one()
    {
        using var bench = new LianLianGlobalBench();
        var signed = LianLianGlobalBench.Text(Paid());

        var changed = Paid(("transaction_amount", "10.504"));
        Read(bench, changed.ToJsonString(), LianLianGlobalBench.Sign(signed))
            .ShouldBeOfType<NotificationVerdict.Forged>();
    }

    [Fact]
    public void The_acknowledgement_and_the_schedule_are_the_documents()
    {
        using var bench = new LianLianGlobalBench();
        var notifications = bench.Provider.Notifications!;

        notifications.Taken.Body.ShouldBe("""{"code":"200","msg":"success"}""");
        notifications.Taken.Status.ShouldBe(200);
        notifications.Retries.Tries.Count.ShouldBe(15);
        notifications.Retries.Tries[^1].ShouldBe(TimeSpan.FromMinutes(140));
        notifications.Retries.Documented.ShouldBeTrue();
    }

    public static TheoryData<string> Forgeries() =>
    [
        "no header", "empty header", "stranger", "md5withrsa", "sha256withrsa", "hex digest", "raw body", "two headers",
        "changed amount", "changed state", "removed member", "added member", "too long", "line break",
    ];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_is_not_signed_with_LianLians_key_is_forged(string how)
    {
        using var bench = new LianLianGlobalBench();
        var good = Paid();
        var text = LianLianGlobalBench.Text(good);
        var seal = LianLianGlobalBench.Sign(text);
        var body = good.ToJsonString();
        var (sent, signature) = how switch
        {
            "no header" => (body, null),
            "empty header" => (body, ""),
            "stranger" => (body, LianLianGlobalBench.Sign(text, byStranger: true)),
            "md5withrsa" => (body, LianLianGlobalBench.Sign(text, hash: HashAlgorithmName.MD5)),
            "sha256withrsa" => (body, LianLianGlobalBench.Sign(text, hash: HashAlgorithmName.SHA256)),
            "hex digest" => (body, Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(text)))),
            "raw body" => (body, LianLianGlobalBench.Sign(body)),
            "two headers" => (body, seal + "," + seal),
            "changed amount" => (Paid(("transaction_amount", "10.51")).ToJsonString(), seal),
            "changed state" => (Paid(("transaction_status", "PF")).ToJsonString(), seal),
            "removed member" => (Paid(("settlement_amount", null)).ToJsonString(), seal),
            "added member" => (Paid(("bonus", "1")).ToJsonString(), seal),
            "line break" => (body, seal.Insert(64, "\n")),
            _ => (body, new string('A', 1025)),
        };

        Read(bench, sent, signature).ShouldBeOfType<NotificationVerdict.Forged>().Why.ShouldNotBeEmpty();
    }

    public static TheoryData<string, string> OutsideShapes() => new()
    {
        { "bonus", "1" }, { "merchant_id", "142021010800006002" }, { "merchant_id", "" },
        { "transaction_currency", "USD" }, { "transaction_currency", "ZZZ" }, { "transaction_amount", "10.501" },
        { "transaction_amount", "-1.00" }, { "transaction_amount", "１" }, { "transaction_amount", "0.00" },
        { "transaction_amount", "1,000.00" }, { "transaction_status", "SUCCESS" }, { "transaction_status", "Z1" },
        { "payment_time", "now" }, { "payment_time", "" }, { "payment_time", "1" }, { "ll_transaction_id", "" },
        { "settlement_amount", "1234567890123456" }, { "settlement_currency", "a&b" }, { "ll_transaction_id", "a=b" },
        { "ll_transaction_id", "a\r\nb" }, { "ll_transaction_id", "a\0b" },
    };

    [Theory]
    [MemberData(nameof(OutsideShapes))]
    public void A_signed_message_outside_the_documents_shape_changes_nothing_and_names_the_order(
        string name, string value)
    {
        using var bench = new LianLianGlobalBench();

        var outside = Read(bench, Paid((name, value))).ShouldBeOfType<NotificationVerdict.OutsideShape>();

        outside.MerchantNumber.ShouldBe("NO-1_a");
        outside.Why.ShouldNotBeEmpty();
    }

    [Fact]
    public void Levels_that_the_text_cannot_tell_apart_are_told_apart_by_shape()
    {
        using var bench = new LianLianGlobalBench();
        var seal = LianLianGlobalBench.Sign(LianLianGlobalBench.Text(LianLianGlobalBench.Json(V3)));
        string[] shifted =
        [
            V3.Replace("\"payment_data\":{", "\"payment_data\":[{", StringComparison.Ordinal)
                .Replace("}}", "}]}", StringComparison.Ordinal),
            V3.Replace("payment_data", "payment_date", StringComparison.Ordinal),
            V3.Replace("\"payment_data\":{", "\"payment_data\":{\"payment_data\":{", StringComparison.Ordinal) + "}",
            V3.Replace("\"payment_data\":{", "\"payment_data\":[{\"exchange_rate\":0.128},{", StringComparison.Ordinal)
                .Replace("\"exchange_rate\":0.128,\n", "\n", StringComparison.Ordinal)
                .Replace("}}", "}]}", StringComparison.Ordinal),
            "{\"order\":" + V3 + "}",
        ];
        foreach (var message in shifted)
        {
            Read(bench, message, seal).ShouldBeOfType<NotificationVerdict.OutsideShape>(message);
        }
    }

    [Fact]
    public void No_member_can_be_swallowed_by_another_without_being_noticed()
    {
        using var bench = new LianLianGlobalBench();
        var members = Paid().OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => (member.Key, Value: member.Value!.GetValue<string>())).ToArray();
        var text = string.Join('&', members.Select(member => $"{member.Key}={member.Value}"));
        var seal = LianLianGlobalBench.Sign(text);
        for (var first = 0; first < members.Length; first++)
        {
            for (var last = first + 1; last < members.Length; last++)
            {
                var swallowed = string.Concat(
                    members[(first + 1)..(last + 1)].Select(member => $"&{member.Key}={member.Value}"));
                var shifted = new JsonObject();
                foreach (var (name, value) in members[..first].Concat(members[(last + 1)..]))
                {
                    shifted[name] = value;
                }

                shifted[members[first].Key] = members[first].Value + swallowed;
                LianLianGlobalBench.Text(shifted).ShouldBe(text);
                Read(bench, shifted.ToJsonString(), seal).ShouldBeOfType<NotificationVerdict.OutsideShape>();
            }
        }
    }

    [Fact]
    public void No_change_of_a_single_byte_is_accepted()
    {
        using var bench = new LianLianGlobalBench();
        var good = Paid();
        var seal = LianLianGlobalBench.Sign(LianLianGlobalBench.Text(good));
        var body = Encoding.UTF8.GetBytes(good.ToJsonString());
        for (var i = 0; i < body.Length; i++)
        {
            var changed = body.ToArray();
            changed[i] ^= 0x01;
            Read(bench, changed, seal).ShouldNotBeOfType<NotificationVerdict.Genuine>($"byte {i}");
            bench.Provider.Notifications!.Show(Message(changed, seal)).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("a=1&b=2")]
    [InlineData("""{"a":"1","a":"2"}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void What_is_no_strict_json_object_is_malformed(string body)
    {
        using var bench = new LianLianGlobalBench();

        Read(bench, body, LianLianGlobalBench.Sign("")).ShouldBeOfType<NotificationVerdict.Malformed>();
        bench.Provider.Notifications!.Show(Message(Encoding.UTF8.GetBytes(body), "")).ShouldNotBeEmpty();
    }

    [Fact]
    public void Bytes_that_are_no_utf8_a_mark_in_front_and_too_many_are_malformed()
    {
        using var bench = new LianLianGlobalBench();
        byte[][] bodies = [[0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], [0xC0, 0xAF], new byte[65 * 1024]];
        foreach (var body in bodies)
        {
            Read(bench, body, "x").ShouldBeOfType<NotificationVerdict.Malformed>();
        }
    }

    [Fact]
    public void Without_a_usable_key_nothing_is_accepted()
    {
        using var bench = new LianLianGlobalBench();
        bench.Keys = new() { Version = 1 };
        Read(bench, Paid()).ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldNotBeEmpty();

        bench.Keys = new() { Version = 1, ProviderPublic = new byte[] { 1, 2, 3 } };
        Read(bench, Paid()).ShouldBeOfType<NotificationVerdict.NoKey>().Why.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_is_shown_has_no_signature_and_nothing_unknown()
    {
        using var bench = new LianLianGlobalBench();
        var message = Paid(("signature", "SECRET"), ("payer_name", "Chan Tai Man"), ("openid", "o-123"));

        var shown = bench.Provider.Notifications!.Show(Message(Encoding.UTF8.GetBytes(message.ToJsonString()), "SEAL"));

        shown.ShouldNotContain("SECRET");
        shown.ShouldNotContain("SEAL");
        shown.ShouldNotContain("Tai Man");
        shown.ShouldNotContain("o-123");
        shown.ShouldContain("payer_name=(12 characters)");
        shown.ShouldContain("transaction_amount=10.50");
    }

    private static JsonObject Paid(params (string Name, string? Value)[] changes)
    {
        var message = LianLianGlobalBench.Json("""
            {"merchant_id":"142021010800006001","ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a",
             "transaction_currency":"HKD","transaction_amount":"10.50","transaction_status":"PS",
             "payment_time":"20261120000500","settlement_currency":"USD","settlement_amount":"1.34"}
            """);
        foreach (var (name, value) in changes)
        {
            message[name] = value;
        }

        return message;
    }

    private static NotificationVerdict Read(LianLianGlobalBench bench, JsonObject message) =>
        Read(bench, message.ToJsonString(), LianLianGlobalBench.Sign(LianLianGlobalBench.Text(message)));

    private static NotificationVerdict Read(LianLianGlobalBench bench, string body, string? signature) =>
        Read(bench, Encoding.UTF8.GetBytes(body), signature);

    private static NotificationVerdict Read(LianLianGlobalBench bench, byte[] body, string? signature) =>
        bench.Provider.Notifications!.Read(bench.Account, Message(body, signature), bench.Keys);

    private static InboundMessage Message(byte[] body, string? signature) => new(
        body, "application/json",
        signature is null ? [] : new Dictionary<string, string> { ["signature"] = signature }, "");
}
