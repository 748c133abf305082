using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using Fields = System.Collections.Generic.KeyValuePair<string, string>[];

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayNotificationTests
{
    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public void A_signed_notification_of_the_documents_shape_is_genuine(SignatureMode mode)
    {
        using var bench = new AllinpayBench(mode);

        var genuine = Read(bench, bench.SignedForm(Paid(bench))).ShouldBeOfType<NotificationVerdict.Genuine>();

        genuine.SemanticKey.ShouldBe("202611200001|1|990");
        genuine.Facts.ShouldBe(new OrderFacts
        {
            MerchantId = AllinpayBench.Merchant,
            MerchantNumber = "NO-1_a",
            ProviderNumber = "202611200001",
            OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero),
            Amount = new(1000, AllinpayBench.Cny),
            Paid = new(990, AllinpayBench.Cny),
            PaidAt = new DateTimeOffset(2026, 11, 19, 16, 5, 0, TimeSpan.Zero),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "payResult 1",
            Method = "27 visa",
        });
    }

    [Fact]
    public void An_unpaid_result_is_a_failed_payment_without_paid_money()
    {
        using var bench = new AllinpayBench();

        var genuine = Read(bench, bench.SignedForm(Paid(bench, ("payResult", "0"))))
            .ShouldBeOfType<NotificationVerdict.Genuine>();

        genuine.Facts.Event.ShouldBe(OrderEvent.PaymentFailed);
        genuine.Facts.Paid.ShouldBeNull();
        genuine.SemanticKey.ShouldBe("202611200001|0|990");
    }

    [Fact]
    public void An_unescaped_plus_in_the_signature_is_put_back()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        var forms = Enumerable.Range(0, 40).Select(i => Paid(bench, ("paymentOrderId", "2026112000" + i)));
        var fields = forms.First(f => bench.SignForm(f).Contains('+', StringComparison.Ordinal));
        var body = AllinpayBench.Form(fields) + "&signMsg="
            + bench.SignForm(fields).Replace("=", "%3D", StringComparison.Ordinal);

        Read(bench, body).ShouldBeOfType<NotificationVerdict.Genuine>();
    }

    public static TheoryData<string> Forgeries() =>
    [
        "no signature", "empty signature", "another key", "MD5 without key", "changed amount", "changed result",
        "other mode", "lengthened hex", "hex with blanks", "removed field",
    ];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_is_not_signed_with_the_key_is_forged(string how)
    {
        using var bench = new AllinpayBench();
        var fields = Paid(bench);
        var text = string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));
        string Sealed(string signature) => $"{AllinpayBench.Form(fields)}&signMsg={Uri.EscapeDataString(signature)}";
        var good = bench.SignedForm(fields);
        var body = how switch
        {
            "no signature" => AllinpayBench.Form(fields),
            "empty signature" => Sealed(""),
            "another key" => Sealed(AllinpayBench.Md5(text + "&key=2345678901")),
            "MD5 without key" => Sealed(AllinpayBench.Md5(text)),
            "changed amount" => good.Replace("payAmount=990", "payAmount=991", StringComparison.Ordinal),
            "changed result" => good.Replace("payResult=1", "payResult=0", StringComparison.Ordinal),
            "other mode" => Sealed(AllinpayBench.Rsa(text)),
            "lengthened hex" => good + "00",
            "hex with blanks" => Sealed(bench.SignForm(fields)[..^1] + " "),
            _ => good.Replace("&payType=27", "", StringComparison.Ordinal),
        };

        Read(bench, body).ShouldBeOfType<NotificationVerdict.Forged>();
    }

    [Fact]
    public void The_messages_own_signType_never_chooses_the_algorithm()
    {
        using var rsa = new AllinpayBench(SignatureMode.Rsa);
        using var md5 = new AllinpayBench();

        Read(rsa, md5.SignedForm(Paid(md5))).ShouldBeOfType<NotificationVerdict.Forged>();
        Read(md5, rsa.SignedForm(Paid(rsa))).ShouldBeOfType<NotificationVerdict.Forged>();
        Read(md5, md5.SignedForm(Paid(md5, ("signType", "1")))).ShouldBeOfType<NotificationVerdict.Forged>();
    }

    [Fact]
    public void A_strangers_certificate_signature_is_forged()
    {
        using var bench = new AllinpayBench(SignatureMode.Rsa);
        var fields = Paid(bench);
        var text = string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));

        Read(bench, AllinpayBench.Form([.. fields, new("signMsg", AllinpayBench.Rsa(text, byStranger: true))]))
            .ShouldBeOfType<NotificationVerdict.Forged>();
    }

    [Fact]
    public void A_member_outside_the_document_changes_nothing_but_names_the_order()
    {
        using var bench = new AllinpayBench();

        var verdict = Read(bench, bench.SignedForm(Paid(bench)) + "&bonus=1");

        verdict.ShouldBeOfType<NotificationVerdict.OutsideShape>().MerchantNumber.ShouldBe("NO-1_a");
    }

    [Theory]
    [InlineData("merchantId", "100020091218002")]
    [InlineData("version", "v3.0")]
    [InlineData("orderAmount", "１０００")]
    [InlineData("orderAmount", "10.00")]
    [InlineData("payAmount", "-990")]
    [InlineData("payAmount", "99999999999")]
    [InlineData("payDatetime", "20261320000000")]
    [InlineData("payDatetime", "2026-11-20")]
    [InlineData("orderDatetime", "２0261120000001")]
    [InlineData("returnDatetime", "x")]
    [InlineData("payResult", "2")]
    [InlineData("payResult", "01")]
    [InlineData("paymentOrderId", "")]
    [InlineData("signType", "")]
    [InlineData("orderNo", "")]
    [InlineData("ext1", "a=b")]
    [InlineData("ext2", "a&b")]
    [InlineData("ext2", "a\r\nb")]
    [InlineData("ext2", "a\0b")]
    public void A_signed_value_outside_the_documents_shape_changes_nothing(string name, string value)
    {
        using var bench = new AllinpayBench();

        Read(bench, bench.SignedForm(Paid(bench, (name, value))))
            .ShouldBeOfType<NotificationVerdict.OutsideShape>().Why.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("orderNo")]
    [InlineData("=1")]
    [InlineData("a=1&&b=2")]
    [InlineData("a=1&a=1")]
    [InlineData("a=%4")]
    [InlineData("a=%zz")]
    [InlineData("a=%C0%AF")]
    [InlineData("a=%ED%A0%80")]
    [InlineData("a=%FF")]
    [InlineData("%FF=1")]
    public void What_is_no_strict_form_is_malformed(string body)
    {
        using var bench = new AllinpayBench();

        Read(bench, body).ShouldBeOfType<NotificationVerdict.Malformed>();
        bench.Provider.Notifications!.Show(Message(body)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Too_many_fields_and_too_many_bytes_are_malformed()
    {
        using var bench = new AllinpayBench();

        Read(bench, string.Join('&', Enumerable.Range(0, 65).Select(i => $"f{i}=1")))
            .ShouldBeOfType<NotificationVerdict.Malformed>();
        Read(bench, "a=" + new string('1', 70_000)).ShouldBeOfType<NotificationVerdict.Malformed>();
    }

    [Fact]
    public void No_field_boundary_of_a_signed_message_can_be_moved_without_being_noticed()
    {
        using var bench = new AllinpayBench();
        var fields = Paid(bench);
        var signature = bench.SignForm(fields);
        var text = string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));
        var tried = 0;
        foreach (var shifted in Shifts(fields))
        {
            // The shifted message has the same signing text, so the signature does fit it.
            string.Join('&', shifted.Select(f => $"{f.Key}={f.Value}")).ShouldBe(text);
            var body = AllinpayBench.Form([.. shifted, new("signMsg", signature)]);
            Read(bench, body).ShouldNotBeOfType<NotificationVerdict.Genuine>(body);
            tried++;
        }

        tried.ShouldBe(fields.Length * (fields.Length - 1) / 2);
    }

    [Fact]
    public void No_change_of_a_single_byte_is_accepted()
    {
        using var bench = new AllinpayBench();
        var body = Encoding.ASCII.GetBytes(bench.SignedForm(Paid(bench)));
        for (var i = 0; i < body.Length; i++)
        {
            var changed = body.ToArray();
            changed[i] ^= 0x01;
            var verdict = bench.Provider.Notifications!.Read(bench.Account, Message(changed), bench.Keys);
            verdict.ShouldNotBeOfType<NotificationVerdict.Genuine>($"byte {i} of {body.Length}");
        }
    }

    [Fact]
    public void What_is_shown_has_no_signature_and_no_extension_contents()
    {
        using var bench = new AllinpayBench();
        var fields = Paid(bench, ("ext1", "<USER>4111111111111111</USER>"));
        var body = bench.SignedForm(fields) + "&cardNo=4111111111111111";

        var shown = bench.Provider.Notifications!.Show(Message(body));

        shown.ShouldNotContain("signMsg");
        shown.ShouldNotContain(bench.SignForm(fields));
        shown.ShouldNotContain("4111");
        shown.ShouldContain("ext1=(29 characters)");
        shown.ShouldContain("orderNo=NO-1_a");
        shown.ShouldContain("paymentOrderId=202611200001");
    }

    private static IEnumerable<Fields> Shifts(Fields fields)
    {
        for (var first = 0; first < fields.Length; first++)
        {
            for (var last = first + 1; last < fields.Length; last++)
            {
                // The fields first+1 … last become text inside the value of the field first.
                var swallowed = string.Concat(fields[(first + 1)..(last + 1)].Select(f => $"&{f.Key}={f.Value}"));
                yield return
                [
                    .. fields[..first],
                    new(fields[first].Key, fields[first].Value + swallowed),
                    .. fields[(last + 1)..],
                ];
            }
        }
    }

    internal static Fields Paid(AllinpayBench bench, params (string Name, string Value)[] changes)
    {
        Fields fields =
        [
            new("merchantId", AllinpayBench.Merchant), new("version", "v1.0"), new("signType", bench.SignType),
            new("payType", "27"), new("issuerId", "visa"), new("paymentOrderId", "202611200001"),
            new("orderNo", "NO-1_a"), new("orderDatetime", "20261120000001"), new("orderAmount", "1000"),
            new("payDatetime", "20261120000500"), new("payAmount", "990"), new("ext1", "<USER>1</USER>"),
            new("ext2", "blue"), new("payResult", "1"), new("returnDatetime", "20261120000501"),
        ];
        return
        [
            .. from field in fields
               let value = changes.LastOrDefault(change => change.Name == field.Key).Value ?? field.Value
               where value.Length > 0
               select new KeyValuePair<string, string>(field.Key, value),
        ];
    }

    private static NotificationVerdict Read(AllinpayBench bench, string body) =>
        bench.Provider.Notifications!.Read(bench.Account, Message(body), bench.Keys);

    private static InboundMessage Message(string body) => Message(Encoding.UTF8.GetBytes(body));

    private static InboundMessage Message(byte[] body) =>
        new(body, "application/x-www-form-urlencoded", new Dictionary<string, string>(), "");
}
