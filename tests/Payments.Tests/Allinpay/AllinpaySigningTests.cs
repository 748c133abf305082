using System.Text.Json;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpaySigningTests
{
    /// <summary>The example of section 5.4, with the two names that its list does not have.</summary>
    internal const string SampleCard = """
        {"ship_to_country":"US","ship_to_state":"AL","ship_to_city":"city","ship_to_street1":"street_1",
        "ship_to_street2":"street_2","ship_to_phonenumber":"020-13818349139","ship_to_postalcode":"20004",
        "ship_to_shipmethod":"","ship_to_firstname":"Smith","ship_to_lastname":"Black","logistics_cost":"",
        "registration_name":"rname","registration_email":"rname@gmail.com","registration_phone":"999-13800000000",
        "buyerid_period":"200","fnpay_mode":"0","bill_firstname":"handon","bill_lastname":"hao","expireddate":"2211",
        "cvv2":"888","bill_email":"haod@gmail.com","bill_country":"US","bill_address":"billaddress",
        "bill_city":"billcity","bill_state":"IL","bill_zip":"22222"}
        """;

    private const string Lines = "v2.4|0|1|NO1|1|20141128031757|R1|TKSUCC0002|20141128151433";

    private static readonly AllinpaySigning Signing = new();

    [Theory]
    [InlineData("order-query", "merchantId version signType orderNo orderDatetime queryDatetime")]
    [InlineData("batch-query", "version merchantId beginDateTime endDateTime pageNo signType")]
    [InlineData("refund", "version signType merchantId orderNo refundAmount mchtRefundOrderNo orderDatetime")]
    [InlineData("refund-query", "version signType merchantId orderNo refundAmount refundDatetime mchtRefundOrderNo")]
    [InlineData("preauth-cancel", "merchantId version orderAmount currency orderNo orderDatetime signType")]
    [InlineData(
        "preauth-confirm", "version merchantId orderAmount confirmAmount currency orderNo orderDatetime signType")]
    [InlineData(
        "pay-data",
        "inputCharset pickupUrl receiveUrl version language signType merchantId orderNo orderAmount orderCurrency "
        + "orderDatetime productName ext1 payType issuerId tradeNature")]
    [InlineData(
        "refund-answer",
        "merchantId version signType orderNo orderAmount orderDatetime refundAmount refundDatetime refundResult "
        + "mchtRefundOrderNo errorCode returnDatetime")]
    public void Fields_are_signed_in_the_order_of_their_interface_whatever_order_they_come_in(
        string @interface, string names)
    {
        var wanted = names.Split(' ').Select(name => $"{name}={Value(name)}").ToArray();
        var mixed = "{" + string.Join(',', names.Split(' ').Order(StringComparer.Ordinal)
            .Select(name => $"\"{name}\":\"{Value(name)}\"")) + "}";

        var texts = Texts(@interface, mixed);

        texts.ToSign.Text.ShouldBe(string.Join('&', wanted));
        texts.ToSign.Pieces.ShouldBe(wanted);
        texts.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_card_number_goes_along_unsigned_and_without_a_warning()
    {
        var texts = Texts("pay-data", """{"payType":"0","cardNo":"6222020000000000","orderNo":"N1","signMsg":"X"}""");

        texts.ToSign.Text.ShouldBe("orderNo=N1&payType=0");
        texts.LeftOut.ShouldBe(
            [new("cardNo", LeftOutReason.NotSigned), new("signMsg", LeftOutReason.Signature)], ignoreOrder: true);
        texts.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_digest_of_a_card_concatenates_values_and_keeps_two_names_of_the_example_out()
    {
        var message = SampleCard.Replace(
            "\"ship_to_shipmethod\":\"\"", "\"ship_to_shipmethod\":\"air\"", StringComparison.Ordinal);

        var texts = Texts("ext1", message, SignatureKeyKind.None);

        MessageSignature.Sign(texts, SignatureKey.None).ShouldBe("B7C37324D6824A6FD029EE365BD0F5A8");
        texts.LeftOut.ShouldBe(
        [
            new("ship_to_shipmethod", LeftOutReason.NotSigned), new("logistics_cost", LeftOutReason.NotSigned),
        ]);
    }

    [Fact]
    public void Unknown_members_come_last_in_their_own_order_and_are_warned_of()
    {
        var texts = Texts("refund", """{"zz":"1","orderNo":"N1","aa":"2","version":"v2.3","empty":""}""");

        texts.ToSign.Text.ShouldBe("version=v2.3&orderNo=N1&zz=1&aa=2");
        texts.Warnings.Count.ShouldBe(2);
        texts.Warnings[0].ShouldStartWith("zz ");
        texts.LeftOut.ShouldBe([new("empty", LeftOutReason.Empty)]);
    }

    [Fact]
    public void Numbers_are_signed_by_their_letters_and_null_counts_as_empty()
    {
        var texts = Texts("refund", """{"refundAmount":1.50,"orderNo":null,"version":"v2.3"}""");

        texts.ToSign.Text.ShouldBe("version=v2.3&refundAmount=1.50");
    }

    [Theory]
    [InlineData("pay-data", """{"receiveUrl":"http://shop.example/a?b=1&c=2"}""", "")]
    [InlineData("pay-data", """{"receiveUrl":"http://www"}""", "")]
    [InlineData("pay-data", """{"ext1":"<USER>4711</USER>"}""", "")]
    [InlineData("pay-data", """{"receiveUrl":"http:// www"}""", "receiveUrl is not of the shape Url.")]
    [InlineData("pay-data", """{"pickupUrl":"shop.example"}""", "pickupUrl is not of the shape Url.")]
    [InlineData("pay-data", """{"cardNo":"1&payType=0"}""", "cardNo has a character that separates fields.")]
    [InlineData("pay-data", """{"productName":"a&payType=0"}""", "productName has a character that separates fields.")]
    [InlineData("notification", """{"ext1":"a\r\nb"}""", "ext1 has a character that separates fields.")]
    [InlineData("notification", """{"ext1":{"a":1}}""", "ext1 is an object or a list; this message is flat.")]
    [InlineData("notification", """{"a=b":"1"}""", "A member's name separates fields.")]
    [InlineData("ext1", """{"bill_city":"a\u0000"}""", "bill_city has a character that separates fields.")]
    [InlineData("refund", """{"orderNo":"1","orderNo":"2"}""", "A member stands there twice.")]
    [InlineData("refund", "[1]", "The message is not a JSON object.")]
    [InlineData("refund", "merchantId=1", "It is not JSON (line 1, byte 1).")]
    [InlineData("nothing", "{}", "Allinpay has no interface nothing.")]
    public void A_value_outside_its_shape_makes_the_message_unusable(string @interface, string message, string why)
    {
        var reading = Signing.Read(@interface, message, SignatureKeyKind.SharedSecret, new());

        (reading as TextReading.Unusable)?.Why.ShouldBe(why);
        (reading is TextReading.Readable).ShouldBe(why.Length == 0);
    }

    [Theory]
    [InlineData("refund", SignatureKeyKind.Rsa, false)]
    [InlineData("pay-data", SignatureKeyKind.Rsa, false)]
    [InlineData("pay-data", SignatureKeyKind.None, false)]
    [InlineData("ext1", SignatureKeyKind.None, true)]
    [InlineData("ext1", SignatureKeyKind.Rsa, true)]
    [InlineData("notification", SignatureKeyKind.Rsa, true)]
    [InlineData("notification", SignatureKeyKind.None, false)]
    public void A_key_of_the_wrong_kind_is_unusable(string @interface, SignatureKeyKind key, bool usable) =>
        (Signing.Read(@interface, "{}", key, new()) is TextReading.Readable).ShouldBe(usable);

    [Theory]
    [InlineData("notification", "1", SignatureKeyKind.SharedSecret, true)]
    [InlineData("notification", "0", SignatureKeyKind.Rsa, true)]
    [InlineData("notification", "2", SignatureKeyKind.SharedSecret, true)]
    [InlineData("notification", "0", SignatureKeyKind.SharedSecret, false)]
    [InlineData("notification", "", SignatureKeyKind.SharedSecret, false)]
    [InlineData("order-query-answer", "1", SignatureKeyKind.SharedSecret, true)]
    [InlineData("refund-answer", "1", SignatureKeyKind.SharedSecret, true)]
    [InlineData("refund-answer", "0", SignatureKeyKind.Rsa, true)]
    [InlineData("refund", "1", SignatureKeyKind.SharedSecret, false)]
    public void What_a_message_says_of_its_algorithm_can_only_speak_against_it(
        string @interface, string signType, SignatureKeyKind key, bool contradicts)
    {
        var texts = Texts(@interface, $$"""{"merchantId":"1","signType":"{{signType}}"}""", key);

        (texts.Contradiction.Length > 0).ShouldBe(contradicts);
        texts.ToSign.Algorithm.ShouldBe(
            key == SignatureKeyKind.Rsa ? SignatureAlgorithm.RsaSha1 : SignatureAlgorithm.Md5AmpKeyUpper);
    }

    [Fact]
    public void A_contradiction_is_not_valid_even_under_the_right_signature()
    {
        using var key = SignatureKey.Shared(new("1234567890"u8));
        var texts = Texts("notification", """{"merchantId":"1","signType":"1"}""");

        var verdict = MessageSignature.Verify(texts, MessageSignature.Sign(texts, key), key);

        verdict.Valid.ShouldBeFalse();
        verdict.Why.ShouldBe("signType 1 says RSA, the key is for MD5.");
    }

    [Theory]
    [InlineData(Lines, "no final line end", Lines)]
    [InlineData(Lines + "\r\n", "final line end", Lines + "\r\n")]
    [InlineData(Lines + "\n", "final line end", Lines + "\r\n")]
    public void A_refund_querys_text_ends_as_the_file_does(string message, string variant, string canonical)
    {
        var texts = Texts("refund-query-answer", message);

        texts.ToSign.Variant.ShouldBe(variant);
        texts.ToSign.Text.ShouldBe(canonical);
        texts.ToSign.Algorithm.ShouldBe(SignatureAlgorithm.Md5PipeKeyUpper);
        texts.ToVerify.Take(2).Select(text => text.Text).ShouldBe([Lines, Lines + "\r\n"]);
    }

    [Fact]
    public void A_batchs_text_always_closes_its_lines_and_needs_the_certificate()
    {
        const string Batch = "1|1|1|N\n1|2|NO1|20130108000000|100|2013-01-08|100|a&b=c||1";

        var texts = Texts("batch-query-answer", Batch, SignatureKeyKind.Rsa);

        texts.ToSign.Text.ShouldBe(Batch.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n");
        texts.ToSign.Algorithm.ShouldBe(SignatureAlgorithm.RsaSha1OverMd5Hex);
        Signing.Read("batch-query-answer", Batch, SignatureKeyKind.SharedSecret, new())
            .ShouldBeOfType<TextReading.Unusable>().Why.ShouldContain("certificate only");
    }

    [Fact]
    public void A_pre_authorisations_answer_under_MD5_is_tried_with_both_ways_to_append_the_key()
    {
        var texts = Texts("preauth-cancel-answer", "0000|ok|v1.8|0|1|NO1|20141128031757|1|840|P1|20141128151433");

        texts.ToVerify.Select(text => text.Algorithm.Word).ShouldBe(
            ["md5:pipe-key:upper", "md5:pipe-key:upper", "md5:amp-key:upper", "md5:amp-key:upper"]);
        texts.Contradiction.ShouldBeEmpty();
        Texts("preauth-cancel-answer", "0000|ok|v1.8|1|1|NO1|20141128031757|1|840|P1|20141128151433")
            .Contradiction.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_line_is_asked_for_a_contradiction()
    {
        var texts = Texts(
            "refund-query-answer", Lines + "\r\n" + Lines.Replace("|0|", "|1|", StringComparison.Ordinal));

        texts.Contradiction.ShouldBe("signType 1 says RSA, the key is for MD5.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("v2.4|0|\0")]
    [InlineData("v2.4|0|a\rb")]
    public void Lines_that_are_none_are_unusable(string message) =>
        Signing.Read("refund-query-answer", message, SignatureKeyKind.Rsa, new())
            .ShouldBeOfType<TextReading.Unusable>();

    [Fact]
    public void Half_a_character_is_never_signed() =>
        Signing.Read("refund-query-answer", "v2.4|0|" + '\ud800', SignatureKeyKind.Rsa, new())
            .ShouldBeOfType<TextReading.Unusable>();

    [Fact]
    public void Every_interface_can_be_read_and_the_clients_fields_are_the_same()
    {
        foreach (var name in Signing.Interfaces)
        {
            (AllinpayFields.Find(name) is not null).ShouldBe(!AllinpayLineTexts.IsMadeOfLines(name));
            var key = name == "batch-query-answer" ? SignatureKeyKind.Rsa : SignatureKeyKind.SharedSecret;
            Signing.Read(name, AllinpayLineTexts.IsMadeOfLines(name) ? "a|b" : "{}", key, new())
                .ShouldBeOfType<TextReading.Readable>();
        }

        Should.Throw<ArgumentException>(() => AllinpaySigning.Source("refund", [new("payType", "0")]));
    }

    /// <summary>A published text as the JSON object of its members.</summary>
    internal static string Json(string text) => JsonSerializer.Serialize(
        text.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));

    private static string Value(string name) =>
        name is "pickupUrl" or "receiveUrl" ? "https://shop.example/" + name : "v-" + name;

    private static MessageTexts Texts(
        string @interface, string message, SignatureKeyKind key = SignatureKeyKind.SharedSecret) =>
        Signing.Read(@interface, message, key, new()).ShouldBeOfType<TextReading.Readable>().Texts;
}
