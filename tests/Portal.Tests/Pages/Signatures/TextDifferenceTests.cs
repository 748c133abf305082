using MerchantPortal.Portal.Features.Signatures;

namespace MerchantPortal.Portal.Tests.Pages.Signatures;

/// <summary>The first byte that differs, in UTF-8.</summary>
public sealed class TextDifferenceTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1&b=2", "a=1&b=2")]
    [InlineData("笔记本", "笔记本")]
    [InlineData("a|1\r\n", "a|1\n")]
    public void Equal_texts_have_none(string ours, string theirs) => TextDifference.Find(ours, theirs).ShouldBeNull();

    [Theory]
    [InlineData("a=1&b=2", "a=1&b=3", 6, (byte)'2', (byte)'3')]
    [InlineData("a=1", "a=1&", 3, null, (byte)'&')]
    [InlineData("a=1&", "a=1", 3, (byte)'&', null)]
    [InlineData("a=笔", "a=笕", 4, (byte)0x94, (byte)0x95)]
    [InlineData("笔=1", "笔=2", 4, (byte)'1', (byte)'2')]
    [InlineData("a|1\r\n", "a|1", 3, (byte)'\r', null)]
    [InlineData("a|1\n", "a|1\r\n", 3, (byte)'\n', (byte)'\r')]
    [InlineData("😀1", "😁1", 3, (byte)0x80, (byte)0x81)]
    public void The_first_differing_byte_is_counted_in_utf8(
        string ours, string theirs, int at, byte? our, byte? their)
    {
        var difference = TextDifference.Find(ours, theirs).ShouldNotBeNull();
        (difference.Byte, difference.OurByte, difference.TheirByte).ShouldBe((at, our, their));
    }

    [Fact]
    public void What_stands_around_it_is_cut_at_whole_characters()
    {
        var same = string.Concat(Enumerable.Repeat("😀", 40));
        var difference = TextDifference.Find(same + "1" + same, same + "2" + same).ShouldNotBeNull();
        difference.Same.ShouldBe(string.Concat(Enumerable.Repeat("😀", 14)));
        difference.Ours.ShouldStartWith("1😀");
        foreach (var text in new[] { difference.Same, difference.Ours, difference.Theirs })
        {
            text.IsNormalized().ShouldBeTrue();
            char.IsSurrogatePair(text, text.Length - 2).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("a=9&b=22&c=3", 0)]
    [InlineData("a=1&b=29&c=3", 1)]
    [InlineData("a=1&b=22|c=3", 1)]
    [InlineData("a=1&b=22&c=9", 2)]
    [InlineData("a=1&b=22&c=3&", 2)]
    public void The_part_that_it_lies_in_is_found(string theirs, int part)
    {
        string[] pieces = ["a=1", "b=22", "c=3"];
        var found = TextDifference.Find("a=1&b=22&c=3", theirs)!.In(pieces, 1).Piece;
        found.ShouldBe(part);
    }
}
