using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Payments.Tests.Vectors;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

public sealed class LianLianGlobalSigningTests
{
    private static readonly LianLianGlobalSigning Signing = new();

    [Fact]
    public void The_documents_nested_sample_gives_the_documents_text()
    {
        var vector = Vector.Load("lianlian-global").Single();

        foreach (var name in Signing.Interfaces)
        {
            Read(vector.Input, name).ToSign.Text.ShouldBe(vector.Expected);
        }
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"b":"1","a":"2","B":"3","_":"4"}""", "B=3&_=4&a=2&b=1")]
    [InlineData("""{"a10":"1","a1":"2","a_":"3"}""", "a1=2&a10=1&a_=3")]
    [InlineData("""{"z":{"a":"1"},"b":"2"}""", "b=2&a=1")]
    [InlineData("""{"a":{"z":{"y":{"x":"1"}}},"b":"2"}""", "x=1&b=2")]
    [InlineData("""{"a":[{"z":"2"},{"b":"1"}]}""", "z=2&b=1")]
    [InlineData("""{"a":"1","b":{"a":"2"}}""", "a=1&a=2")]
    [InlineData("""{"a":null,"b":"1","c":{"d":null}}""", "b=1")]
    [InlineData("""{"a":"","b":"1"}""", "a=&b=1")]
    [InlineData("""{"a":true,"b":false}""", "a=true&b=false")]
    [InlineData("""{"a":100.00,"b":1E2,"c":-0}""", "a=100.00&b=1E2&c=-0")]
    [InlineData("""{"a":"100.00"}""", "a=100.00")]
    [InlineData("""{"a":{},"b":[],"c":"1"}""", "c=1")]
    [InlineData("""{"a":"中文 +%2B\u00e9"}""", "a=中文 +%2Bé")]
    [InlineData("""{"sign":"1","signature":"2","signMsg":"3","a":"4"}""", "a=4")]
    [InlineData("""{"notification_url":"http://a.example/?x=1&y=2"}""", "notification_url=http://a.example/?x=1&y=2")]
    [InlineData("""{"additional_info":"{\"a\":\"1&b=2\"}"}""", """additional_info={"a":"1&b=2"}""")]
    public void A_message_is_flattened_by_the_rule_of_2_2_1(string message, string text)
    {
        var texts = Read(message);

        texts.ToSign.Text.ShouldBe(text);
        texts.ToSign.Algorithm.Word.ShouldBe("rsa:sha1");
        texts.ToVerify.Single().Variant.ShouldBe("literal");
        string.Join('&', texts.ToSign.Pieces).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("null")]
    [InlineData("""{"a":"1","a":"1"}""")]
    [InlineData("""{"a":"1"}x""")]
    [InlineData("""{"a":["1"]}""")]
    [InlineData("""{"a":[{"b":"1"},2]}""")]
    [InlineData("""{"a":[null]}""")]
    [InlineData("""{"a":[[{"b":"1"}]]}""")]
    [InlineData("""{"a":"1&b=2"}""")]
    [InlineData("""{"a":"1=2"}""")]
    [InlineData("""{"a":"1\r"}""")]
    [InlineData("""{"a":"1\n"}""")]
    [InlineData("""{"a":"1\u0000"}""")]
    [InlineData("""{"a=1&b":"2"}""")]
    [InlineData("""{"":"1"}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"notification_url":"javascript:alert(1)"}""")]
    [InlineData("""{"notification_url":"https://a.example/&b=1"}""")]
    [InlineData("""{"additional_info":"a&b"}""")]
    [InlineData("""{"additional_info":"{\"a\":1,\"a\":2}"}""")]
    public void What_has_no_one_text_is_unusable(string message) =>
        Signing.Read("request", message, SignatureKeyKind.Rsa, new())
            .ShouldBeOfType<TextReading.Unusable>().Why.ShouldNotBeEmpty();

    [Fact]
    public void Seventeen_levels_are_unusable_and_sixteen_are_not()
    {
        static string Nested(int levels) =>
            string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{\"b\":\"1\"}" + new string('}', levels - 1);

        Read(Nested(16)).ToSign.Text.ShouldBe("b=1");
        Signing.Read("request", Nested(17), SignatureKeyKind.Rsa, new()).ShouldBeOfType<TextReading.Unusable>();
    }

    [Theory]
    [InlineData(SignatureKeyKind.SharedSecret)]
    [InlineData(SignatureKeyKind.None)]
    public void Only_rsa_keys_are_usable(SignatureKeyKind key) =>
        Signing.Read("request", """{"a":"1"}""", key, new()).ShouldBeOfType<TextReading.Unusable>();

    [Fact]
    public void An_interface_that_the_document_does_not_have_is_unusable() =>
        Signing.Read("refund-answer", "{}", SignatureKeyKind.Rsa, new()).ShouldBeOfType<TextReading.Unusable>();

    [Theory]
    [InlineData("""{"payment_amount":100}""", "payment_amount=100.00")]
    [InlineData("""{"payment_amount":100.5}""", "payment_amount=100.50")]
    [InlineData("""{"transaction_amount":"7"}""", "transaction_amount=7.00")]
    [InlineData("""{"payment_amount":100.000}""", "payment_amount=100.00")]
    [InlineData("""{"exchange_rate":7.1}""", "exchange_rate=7.10000000")]
    [InlineData("""{"payment_data":{"exchange_rate":"0.123456780"}}""", "exchange_rate=0.12345678")]
    public void Answers_and_notifications_are_also_tried_with_the_decimals_that_php_prints(string message, string text)
    {
        foreach (var name in new[] { "answer", "notification" })
        {
            var texts = Read(message, name);
            texts.ToVerify.Select(variant => variant.Variant).ShouldBe(["literal", "fixed decimals"]);
            texts.ToVerify[1].Text.ShouldBe(text);
        }

        Read(message).ToVerify.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"payment_amount":100.005}""")]
    [InlineData("""{"payment_amount":"100.00"}""")]
    [InlineData("""{"payment_amount":1e2}""")]
    [InlineData("""{"payment_amount":"1,000"}""")]
    [InlineData("""{"payment_amount":"١"}""")]
    [InlineData("""{"payment_amount":"9999999999999999999999999999999"}""")]
    [InlineData("""{"exchange_rate":7.123456789}""")]
    [InlineData("""{"amount":100}""")]
    public void A_number_that_would_have_to_be_rounded_is_only_tried_as_it_stands(string message) =>
        Read(message, "notification").ToVerify.Single().Variant.ShouldBe("literal");

    [Fact]
    public void Unknown_and_empty_members_are_signed_and_warned_of()
    {
        var texts = Read("""{"merchant_id":"","bonus":"1","box":{"country":"CN"},"customer":null,"sign":"x"}""");

        texts.ToSign.Text.ShouldBe("bonus=1&country=CN&merchant_id=");
        texts.Warnings.Count.ShouldBe(3);
        texts.Warnings.ShouldContain(warning => warning.StartsWith("bonus ", StringComparison.Ordinal));
        texts.Warnings.ShouldContain(warning => warning.StartsWith("box ", StringComparison.Ordinal));
        texts.Warnings.ShouldContain(warning => warning.StartsWith("merchant_id ", StringComparison.Ordinal));
        texts.LeftOut.ShouldBe([
            new("customer", LeftOutReason.Empty), new("sign", LeftOutReason.Signature),
        ]);
    }

    [Fact]
    public void A_text_is_signed_and_verified_with_an_rsa_pair_in_either_variant()
    {
        using var pair = RSA.Create(1024);
        SignatureKey.TryReadPrivate(pair.ExportPkcs8PrivateKey(), out var ours, out _).ShouldBeTrue();
        SignatureKey.TryReadPublic(pair.ExportSubjectPublicKeyInfo(), out var theirs, out _).ShouldBeTrue();
        using var closing = ours;
        using var closingToo = theirs;
        var texts = Read("""{"a":"1","b_amount":5}""", "notification");

        MessageSignature.Verify(texts, MessageSignature.Sign(texts, ours!), theirs!).Text.Variant.ShouldBe("literal");
        var padded = Convert.ToBase64String(pair.SignData(
            Encoding.UTF8.GetBytes("a=1&b_amount=5.00"), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        var verdict = MessageSignature.Verify(texts, padded, theirs!);
        verdict.Valid.ShouldBeTrue();
        verdict.Text.Variant.ShouldBe("fixed decimals");
        MessageSignature.Verify(Read("""{"a":"1","b_amount":6}""", "notification"), padded, theirs!)
            .Valid.ShouldBeFalse();
    }

    [Fact]
    public void The_level_of_a_member_is_lost_in_the_text_which_is_why_shapes_are_checked_apart()
    {
        Read("""{"a":"1","b":{"c":"2"}}""").ToSign.Text.ShouldBe(Read("""{"a":"1","c":"2"}""").ToSign.Text);
        Read("""{"b":[{"c":"2"}]}""").ToSign.Text.ShouldBe(Read("""{"b":{"c":"2"}}""").ToSign.Text);
    }

    [Fact]
    public void No_text_ever_makes_reading_throw()
    {
        var good = JsonSerializer.Serialize(new { a = "1", b = new { c = 2.5m }, d = new[] { new { e = true } } });
        for (var i = 0; i < good.Length; i++)
        {
            foreach (var put in "{}[]\",:0\\\ud800")
            {
                var broken = good[..i] + put + good[(i + 1)..];
                Should.NotThrow(() => Signing.Read("answer", broken, SignatureKeyKind.Rsa, new()), broken);
            }
        }
    }

    private static MessageTexts Read(string message, string name = "request") =>
        Signing.Read(name, message, SignatureKeyKind.Rsa, new()).ShouldBeOfType<TextReading.Readable>().Texts;
}
