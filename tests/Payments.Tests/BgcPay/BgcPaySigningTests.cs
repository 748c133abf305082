using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Payments.Tests.Vectors;

namespace MerchantPortal.Payments.Tests.BgcPay;

public sealed class BgcPaySigningTests
{
    private const string Raw = "raw substring";
    private const string Sorted = "sorted members";

    private static readonly BgcPaySigning Signing = new();

    public static TheoryData<Vector> All() => [.. Vector.Load("bgcpay")];

    [Theory]
    [MemberData(nameof(All))]
    public void The_published_analogue_comes_out(Vector vector)
    {
        using var secret = new SecretBytes(Encoding.ASCII.GetBytes(vector.Key!));
        using var key = SignatureKey.Shared(secret);
        var message = "{" + string.Join(',', vector.Input.Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => $"\"{pair[0]}\":\"{pair[1]}\"")) + "}";

        var texts = Read("request", message);

        texts.ToSign.Text.ShouldBe(vector.Input);
        texts.ToSign.Algorithm.Word.ShouldBe(vector.Algorithm);
        MessageSignature.Sign(texts, key).ShouldBe(vector.Expected);
        MessageSignature.Verify(texts, vector.Expected, key).Valid.ShouldBeTrue();
        MessageSignature.Verify(texts, vector.Expected.ToUpperInvariant(), key).Valid.ShouldBeTrue();
    }

    [Fact]
    public void The_documents_own_example_is_sorted_and_keeps_biz_content_letter_for_letter()
    {
        var texts = Read("request", """
            {"timestamp":"2019-01-01 08:09:33","method":"bgcpay.trade.create","app_id":"20135234674","sign_type":"MD5",
             "sign":"x","biz_content":"{\"total_amount\":\"10.08\", \"buyer_id\":\"1\", \"discount_amount\":\"\"}",
             "format":"","lang":null}
            """);

        texts.ToSign.Text.ShouldBe(
            """app_id=20135234674&biz_content={"total_amount":"10.08", "buyer_id":"1", "discount_amount":""}"""
            + "&method=bgcpay.trade.create&sign_type=MD5&timestamp=2019-01-01 08:09:33");
        texts.LeftOut.ShouldBe(
            [
                new("format", LeftOutReason.Empty), new("lang", LeftOutReason.Empty),
                new("sign", LeftOutReason.Signature),
            ],
            ignoreOrder: true);
        texts.Warnings.ShouldBeEmpty();
        texts.Contradiction.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false, "md5:raw-append:lower", "a=1KEY")]
    [InlineData(false, true, "md5:raw-append:upper", "a=1KEY")]
    [InlineData(true, false, "md5:amp-key:lower", "a=1&key=KEY")]
    [InlineData(true, true, "md5:amp-key:upper", "a=1&key=KEY")]
    public void The_account_chooses_where_the_key_goes_and_the_case_of_the_digest(
        bool ampKey, bool upper, string word, string hashed)
    {
        using var secret = new SecretBytes("KEY"u8);
        using var key = SignatureKey.Shared(secret);
        var digest = Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(hashed)));

        var texts = Read("request", """{"a":"1"}""", new(ampKey, upper));

        texts.ToSign.Algorithm.Word.ShouldBe(word);
        MessageSignature.Sign(texts, key).ShouldBe(upper ? digest : digest.ToLowerInvariant());
        MessageSignature.Verify(texts, digest, key).Valid.ShouldBeTrue();
        MessageSignature.Verify(texts, digest.ToLowerInvariant(), key).Valid.ShouldBeTrue();
        MessageSignature.Verify(texts, digest, key).Valid.ShouldBeTrue();
        var other = Read("request", """{"a":"1"}""", new(!ampKey, upper));
        MessageSignature.Verify(other, digest, key).Valid.ShouldBeFalse();
    }

    [Fact]
    public void Names_are_sorted_by_their_characters_and_not_by_a_language()
    {
        Read("request", """{"b":"1","a_b":"2","aB":"3","A":"4","a1":"5","ab":"6"}""").ToSign.Text
            .ShouldBe("A=4&a1=5&aB=3&a_b=2&ab=6&b=1");
    }

    [Theory]
    [InlineData("request", """{"a":"1","a":"2"}""")]
    [InlineData("request", """{"biz_content":"{\"a\":1,\"a\":2}"}""")]
    [InlineData("request", """{"biz_content":"no json"}""")]
    [InlineData("request", """{"biz_content":{"a":1}}""")]
    [InlineData("request", """{"method":"a&b=c"}""")]
    [InlineData("request", """{"method":"a\nb"}""")]
    [InlineData("request", """{"a=b":"c"}""")]
    [InlineData("request", """{"":"c"}""")]
    [InlineData("request", """{"notify_url":"ftp://shop.example/x"}""")]
    [InlineData("request", """{"notify_url":"https://shop.example/a&sign_type=x"}""")]
    [InlineData("request", """{"return_url":"shop"}""")]
    [InlineData("request", """["a"]""")]
    [InlineData("request", """{"a":"\ud800"}""")]
    [InlineData("request", "a=1")]
    [InlineData("request", "")]
    [InlineData("refund", """{"a":"1"}""")]
    [InlineData("notification", """{"a":["1"]}""")]
    [InlineData("notification", """{"subject":"a=b"}""")]
    [InlineData("notification", """{"trade_no":"1","trade_no":"1"}""")]
    [InlineData("answer", """{"code":"10000","code":"40004"}""")]
    [InlineData("answer", """{"code":"10000","nested":{"a":"1"},"sign":"x"}""")]
    [InlineData("answer", """{"a_response":{"code":"1"},"b_response":{"code":"2"},"sign":"x"}""")]
    [InlineData("answer", """{"a_response":{"code":"1","code":"2"},"sign":"x"}""")]
    [InlineData("answer", """{"code":"10000"} {"code":"10000"}""")]
    public void What_could_be_read_in_two_ways_has_no_text(string @interface, string message) =>
        Signing.Read(@interface, message, SignatureKeyKind.SharedSecret, new())
            .ShouldBeOfType<TextReading.Unusable>().Why.ShouldNotBeEmpty();

    [Theory]
    [InlineData(SignatureKeyKind.Rsa)]
    [InlineData(SignatureKeyKind.None)]
    public void Only_a_shared_key_signs(SignatureKeyKind kind) =>
        Signing.Read("request", """{"a":"1"}""", kind, new()).ShouldBeOfType<TextReading.Unusable>();

    [Theory]
    [InlineData("MD5", true)]
    [InlineData("md5", true)]
    [InlineData("Md5", true)]
    [InlineData("", true)]
    [InlineData("RSA", false)]
    [InlineData("RSA2", false)]
    [InlineData("MD5 ", false)]
    [InlineData("HMAC_SHA1", false)]
    public void A_sign_type_other_than_md5_is_never_valid(string signType, bool valid)
    {
        using var secret = new SecretBytes("KEY"u8);
        using var key = SignatureKey.Shared(secret);
        foreach (var @interface in new[] { "request", "notification" })
        {
            var texts = Read(@interface, $$"""{"app_id":"1","sign_type":"{{signType}}"}""");
            var verdict = MessageSignature.Verify(texts, MessageSignature.Sign(texts, key), key);
            verdict.Valid.ShouldBe(valid);
            (verdict.Why.Length == 0).ShouldBe(valid);
        }
    }

    [Fact]
    public void A_wrapped_answer_is_signed_letter_for_letter_and_then_by_its_sorted_members()
    {
        const string Inner =
            "{ \"msg\" : \"Success\",\n\"code\":\"10000\", \"trade_no\":\"1\\u0032\", \"sub_code\":null}";

        var texts = Read("answer", "{\n \"bgcpay_trade_pay_response\": " + Inner + ",\n \"sign\": \"AB\"}");

        texts.ToVerify.Select(text => text.Variant).ShouldBe([Raw, Sorted]);
        texts.ToSign.Text.ShouldBe(Inner);
        texts.ToVerify[1].Text.ShouldBe("code=10000&msg=Success&trade_no=12");
        texts.LeftOut.ShouldContain(new LeftOutMember("sign", LeftOutReason.Signature));
    }

    [Fact]
    public void A_wrapped_answer_that_cannot_be_sorted_keeps_its_raw_text()
    {
        var texts = Read("answer", """{"error_response":{"code":"40002","sub_msg":"a=b&c"},"sign":"AB","more":"1"}""");

        texts.ToVerify.Select(text => text.Variant).ShouldBe([Raw]);
        texts.Warnings.Count.ShouldBe(2);
        texts.LeftOut.ShouldContain(new LeftOutMember("more", LeftOutReason.NotSigned));
    }

    [Fact]
    public void A_bare_answer_is_signed_by_its_sorted_members()
    {
        var texts = Read(
            "answer",
            """{"code":"10000","msg":"Success","user_cid":"B1","display_name":"t*","extend_params":null,"sign":"x"}""");

        texts.ToVerify.ShouldHaveSingleItem().Text
            .ShouldBe("code=10000&display_name=t*&msg=Success&user_cid=B1");
    }

    [Fact]
    public void A_notification_is_tried_with_and_then_without_its_sign_type()
    {
        const string Message = """{"trade_no":"1","sign_type":"MD5","app_id":"A","extend_params":"","sign":"x"}""";

        Read("notification", Message).ToVerify.Select(text => (text.Variant, text.Text)).ShouldBe(
            [("full", "app_id=A&sign_type=MD5&trade_no=1"), ("without sign_type", "app_id=A&trade_no=1")]);
        Read("notification", """{"trade_no":"1"}""").ToVerify.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_member_outside_the_document_is_signed_and_warned_of()
    {
        Read("notification", """{"trade_no":"1","gift":"2"}""").Warnings.ShouldHaveSingleItem().ShouldContain("gift");
    }

    private static MessageTexts Read(string @interface, string message, SigningChoices? choices = null) =>
        Signing.Read(@interface, message, SignatureKeyKind.SharedSecret, choices ?? new())
            .ShouldBeOfType<TextReading.Readable>().Texts;
}
