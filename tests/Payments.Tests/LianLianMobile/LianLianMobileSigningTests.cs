using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Payments.Tests.Vectors;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileSigningTests
{
    private static readonly LianLianMobileSigning Signing = new();

    public static TheoryData<Vector> Vectors() => [.. Vector.Load("lianlian-mobile")];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_published_signature_is_reproduced_or_verified(Vector vector)
    {
        var (@interface, isRsa) = vector.Id switch
        {
            "v5" or "v8" => ("request", false),
            "v9" => ("answer", true),
            _ => ("signed-cards-answer", true),
        };
        using var key = isRsa ? Public(vector.Key!) : Shared(vector.Key!);
        var texts = Texts(@interface, Message(vector.Input), key.Kind);

        texts.ToSign.Text.ShouldBe(vector.Input);
        texts.ToSign.Algorithm.Word.ShouldBe(isRsa ? "rsa:md5" : "md5:amp-key:lower");
        MessageSignature.Verify(texts, vector.Expected, key).Valid.ShouldBeTrue();
        if (!isRsa)
        {
            MessageSignature.Sign(texts, key).ShouldBe(vector.Expected);
            MessageSignature.Verify(texts, vector.Expected.ToUpperInvariant(), key).Valid.ShouldBeTrue();
        }

        var changed = Texts(@interface, Message(vector.Input + "0"), key.Kind);
        MessageSignature.Verify(changed, vector.Expected, key).Valid.ShouldBeFalse();
    }

    [Fact]
    public void The_example_text_of_the_document_comes_out()
    {
        const string Message = """
            {"no_order":"20130516000000001","name_goods":"羽毛球","money_order":"210.97","busi_partner":"101001",
             "info_order":"用户13958069593购买了3桶羽毛球","notify_url":"http://payhttp.xiaofubao.com/back.shtml",
             "dt_order":"20130516131212","oid_partner":"201304121000001004","sign_type":"RSA","sign":"x",
             "valid_order":"","user_id":"u1","ap_merchant_id":"m1"}
            """;

        var texts = Texts("sdk-order", Message, SignatureKeyKind.Rsa);

        texts.ToSign.Text.ShouldBe(
            "busi_partner=101001&dt_order=20130516131212&info_order=用户13958069593购买了3桶羽毛球"
            + "&money_order=210.97&name_goods=羽毛球&no_order=20130516000000001"
            + "&notify_url=http://payhttp.xiaofubao.com/back.shtml&oid_partner=201304121000001004&sign_type=RSA");
        texts.LeftOut.ShouldBe(
        [
            new("ap_merchant_id", LeftOutReason.NotSigned), new("sign", LeftOutReason.Signature),
            new("user_id", LeftOutReason.NotSigned), new("valid_order", LeftOutReason.Empty),
        ]);
        texts.Warnings.ShouldBeEmpty();
        texts.Contradiction.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sdk-result", """{"ret_code":"0000","ret_msg":"x","agreementno":"1","no_order":"A"}""", "no_order=A")]
    [InlineData("answer", """{"ret_code":"1001","ret_msg":"x"}""", "ret_code=1001&ret_msg=x")]
    [InlineData(
        "signed-cards-answer", """{"agreement_list":[{"card_no":"1234"}],"count":"1","ret_code":"0000"}""",
        "count=1&ret_code=0000")]
    [InlineData(
        "notification", """{"acct_name":"张","id_no":"1","no_agree":"2","no_order":"A"}""",
        "acct_name=张&id_no=1&no_agree=2&no_order=A")]
    [InlineData("card-bin-answer", """{"bank_name":"B","card_no":"6222"}""", "bank_name=B&card_no=6222")]
    [InlineData("answer", """{"money_order":0.2,"no_order":null,"sta_refund":2}""", "money_order=0.2&sta_refund=2")]
    [InlineData("sdk-result", """{"discountAmt":"1","dt_order":"2","Z":"3"}""", "Z=3&discountAmt=1&dt_order=2")]
    public void What_an_interface_leaves_unsigned_is_not_in_its_text(string @interface, string message, string text) =>
        Texts(@interface, message, SignatureKeyKind.SharedSecret).ToSign.Text.ShouldBe(text);

    [Theory]
    [InlineData("""{"no_order":"A"}""", "full")]
    [InlineData("""{"no_order":"A","memo":"m"}""", "full", "also without memo")]
    [InlineData("""{"no_order":"A","bank_name":"B"}""", "full", "without bank_name and card_no")]
    [InlineData("""{"no_order":"A","card_no":"1"}""", "full", "without bank_name and card_no")]
    [InlineData(
        """{"no_order":"A","bank_name":"B","memo":"m"}""",
        "full", "without bank_name and card_no", "also without memo")]
    [InlineData("""{"no_order":"A","bank_name":"","memo":null}""", "full")]
    public void An_order_querys_answer_is_tried_as_far_as_its_members_go(string message, params string[] variants)
    {
        var texts = Texts("order-query-answer", message, SignatureKeyKind.SharedSecret);

        texts.ToVerify.Select(text => text.Variant).ShouldBe(variants);
        texts.ToSign.Text.ShouldNotContain("bank_name");
        texts.ToSign.Text.ShouldNotContain("card_no");
    }

    [Fact]
    public void Each_settled_variant_of_an_order_querys_answer_verifies_and_is_named()
    {
        using var key = Shared("k");
        var texts = Texts(
            "order-query-answer", """{"bank_name":"B","card_no":"1","memo":"m","no_order":"A"}""", key.Kind);

        texts.ToVerify.Select(text => text.Text).ShouldBe(
            ["bank_name=B&card_no=1&memo=m&no_order=A", "memo=m&no_order=A", "no_order=A"]);
        foreach (var text in texts.ToVerify)
        {
            var verdict = MessageSignature.Verify(texts, text.Algorithm.Sign(text.Text, key), key);
            verdict.Valid.ShouldBeTrue();
            verdict.Text.Variant.ShouldBe(text.Variant);
        }

        var withoutMemoOnly = SignatureAlgorithm.Md5AmpKeyLower.Sign("bank_name=B&card_no=1&no_order=A", key);
        MessageSignature.Verify(texts, withoutMemoOnly, key).Valid.ShouldBeFalse();
    }

    [Theory]
    [InlineData("MD5", SignatureKeyKind.SharedSecret, true)]
    [InlineData("RSA", SignatureKeyKind.Rsa, true)]
    [InlineData("", SignatureKeyKind.Rsa, true)]
    [InlineData("RSA", SignatureKeyKind.SharedSecret, false)]
    [InlineData("MD5", SignatureKeyKind.Rsa, false)]
    [InlineData("md5", SignatureKeyKind.SharedSecret, false)]
    [InlineData("SHA256", SignatureKeyKind.Rsa, false)]
    public void A_sign_type_that_contradicts_the_key_is_said(string told, SignatureKeyKind key, bool fits) =>
        (Texts("answer", $$"""{"sign_type":"{{told}}","no_order":"A"}""", key).Contradiction.Length == 0)
            .ShouldBe(fits);

    [Fact]
    public void A_right_signature_under_the_wrong_sign_type_is_not_valid()
    {
        using var key = Shared("k");
        var texts = Texts("answer", """{"no_order":"A","sign_type":"RSA"}""", key.Kind);

        var verdict = MessageSignature.Verify(texts, MessageSignature.Sign(texts, key), key);

        verdict.Valid.ShouldBeFalse();
        verdict.Why.ShouldContain("sign_type says RSA");
    }

    [Theory]
    [InlineData("sign_type ")]
    [InlineData("Sign_type")]
    [InlineData("sign_types")]
    public void A_misprinted_sign_type_is_an_unknown_member_like_any_other(string name)
    {
        var texts = Texts("request", $$"""{"{{name}}":"RSA","no_order":"A"}""", SignatureKeyKind.SharedSecret);

        texts.ToSign.Text.ShouldContain(name + "=RSA");
        texts.Warnings.ShouldHaveSingleItem().ShouldContain(name);
        texts.Contradiction.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("info_order", "a&money_order=9999.00")]
    [InlineData("info_order", "a=b")]
    [InlineData("info_order", "a\\\"b")]
    [InlineData("info_order", "{a")]
    [InlineData("info_order", "a}")]
    [InlineData("info_order", "a+b")]
    [InlineData("info_order", "a\\\\b")]
    [InlineData("info_order", "a\\r\\nb")]
    [InlineData("info_order", "a\\u0000b")]
    [InlineData("info_order", "\\ud800")]
    [InlineData("unknown", "a&b")]
    [InlineData("a&b", "1")]
    [InlineData("a=b", "1")]
    [InlineData("", "1")]
    [InlineData("user_id", "u&1")]
    [InlineData("notify_url", "ftp://a.example/")]
    [InlineData("notify_url", "https://a.example/x&y")]
    [InlineData("risk_item", "not json")]
    [InlineData("risk_item", "\\\"text\\\"")]
    public void A_value_outside_its_shape_cannot_be_signed(string name, string value) =>
        Signing.Read(
            "sdk-order", $$"""{"no_order":"A","{{name}}":"{{value}}"}""", SignatureKeyKind.SharedSecret, new())
            .ShouldBeOfType<TextReading.Unusable>().Why.ShouldNotBeEmpty();

    [Theory]
    [InlineData("answer", """{"agreement_list":[]}""")]
    [InlineData("request", """{"risk_item":{"a":"b"}}""")]
    [InlineData("notification", """{"no_order":["A"]}""")]
    [InlineData("answer", """{"no_order":"A","no_order":"B"}""")]
    [InlineData("answer", "[]")]
    [InlineData("answer", "")]
    [InlineData("answers", "{}")]
    public void What_is_no_flat_message_of_the_interface_is_unusable(string @interface, string message) =>
        Signing.Read(@interface, message, SignatureKeyKind.Rsa, new()).ShouldBeOfType<TextReading.Unusable>();

    [Fact]
    public void Risk_parameters_and_addresses_are_signed_as_they_stand()
    {
        const string Message = """
            {"risk_item":"{\"frms_ware_category\":\"1002\"}","notify_url":"https://a.example/n?b=1&c=2"}
            """;

        Texts("sdk-order", Message, SignatureKeyKind.Rsa).ToSign.Text.ShouldBe(
            """notify_url=https://a.example/n?b=1&c=2&risk_item={"frms_ware_category":"1002"}""");
    }

    [Fact]
    public void Without_any_key_there_is_nothing_to_sign() =>
        Signing.Read("answer", "{}", SignatureKeyKind.None, new()).ShouldBeOfType<TextReading.Unusable>();

    private static MessageTexts Texts(string @interface, string message, SignatureKeyKind key) =>
        Signing.Read(@interface, message, key, new()).ShouldBeOfType<TextReading.Readable>().Texts;

    private static string Message(string input) => JsonSerializer.Serialize(
        input.Split('&').Select(piece => piece.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));

    private static SignatureKey Shared(string text) =>
        SignatureKey.TryReadShared(Encoding.UTF8.GetBytes(text), out var key, out var why)
            ? key
            : throw new InvalidOperationException(why);

    private static SignatureKey Public(string base64) =>
        SignatureKey.TryReadPublic(Encoding.ASCII.GetBytes(base64), out var key, out var why)
            ? key
            : throw new InvalidOperationException(why);
}
