using System.Text;
using MerchantPortal.Portal.Features.Signatures;

namespace MerchantPortal.Portal.Tests.Pages.Signatures;

/// <summary>What the bench says about a text that looks wrong; about a good one it keeps quiet.</summary>
public sealed class TextHintTests
{
    static TextHintTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string> Good() => new()
    {
        { "productName=笔记本电脑" }, { "ret_msg=商户未开通权限" }, { "url=https://shop.example/a?b=1&c=2" },
        { "name=José Ünal" }, { "info=联通，合并支付（1）" }, { "info=a b" }, { "amount=100.00" }, { "line|1|2" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_value_raises_no_hint(string piece) => TextHint.Of(piece, [piece]).ShouldBeEmpty();

    [Theory]
    [InlineData("GB18030", TextHintKind.ReadAsGbk)]
    [InlineData("windows-1252", TextHintKind.ReadAsLatin)]
    public void A_value_read_in_another_charset_is_read_back(string charset, TextHintKind kind)
    {
        // Bytes that both charsets have letters for: nothing was lost on the way.
        const string meant = "支付成功";
        var read = Encoding.GetEncoding(charset).GetString(Encoding.UTF8.GetBytes(meant));
        TextHint.Of("", [$"ret_msg={read}"]).ShouldContain(new TextHint(kind, "ret_msg", meant));
    }

    [Theory]
    [InlineData("ret_msg=交易\uFFFD", TextHintKind.Lost)]
    [InlineData("ret_msg=锟斤拷", TextHintKind.Lost)]
    [InlineData("amount=１００", TextHintKind.FullWidth)]
    [InlineData("name=A\u200BB", TextHintKind.Invisible)]
    [InlineData("name=A\u00A0B", TextHintKind.Invisible)]
    [InlineData("name=A ", TextHintKind.OuterBlank)]
    [InlineData("name= A", TextHintKind.OuterBlank)]
    [InlineData("url=https%3A%2F%2Fshop.example", TextHintKind.PercentEncoded)]
    [InlineData("name=A&amp;B", TextHintKind.HtmlEntity)]
    public void What_is_odd_about_a_value_is_named_with_its_member(string piece, TextHintKind kind) =>
        TextHint.Of(piece, [piece]).Select(hint => (hint.Kind, hint.Where)).ShouldBe([(kind, piece.Split('=')[0])]);

    [Fact]
    public void Full_width_digits_are_shown_as_plain_ones() =>
        TextHint.Of("", ["amount=１００"]).Single().Meant.ShouldBe("100");

    [Fact]
    public void A_byte_order_mark_is_named() =>
        TextHint.Of("\uFEFF{}", []).Single().Kind.ShouldBe(TextHintKind.ByteOrderMark);

    [Theory]
    [InlineData("AtkijrjIozoG kA7u7m19", TextHintKind.LostPlus)]
    [InlineData("AtkijrjIozoG%2BkA7u7m19", TextHintKind.EncodedSignature)]
    public void A_signature_decoded_once_too_often_or_too_seldom_is_named(string signature, TextHintKind kind) =>
        TextHint.OfSignature(signature).Single().Kind.ShouldBe(kind);

    [Fact]
    public void A_good_signature_raises_no_hint() => TextHint.OfSignature(" Atkij+/== ").ShouldBeEmpty();
}
