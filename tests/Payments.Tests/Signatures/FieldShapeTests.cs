using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Signatures;

/// <summary>Shapes of fields, and JSON as money messages have to be.</summary>
public sealed class FieldShapeTests
{
    [Theory]
    [InlineData(FieldShape.Plain, "羽毛球 3桶", true)]
    [InlineData(FieldShape.Plain, "a&b", false)]
    [InlineData(FieldShape.Plain, "a=b", false)]
    [InlineData(FieldShape.Plain, "a\rb", false)]
    [InlineData(FieldShape.Plain, "a\nb", false)]
    [InlineData(FieldShape.Plain, "a\0b", false)]
    [InlineData(FieldShape.Url, "http://www", true)]
    [InlineData(FieldShape.Url, "https://shop.example/back?a=1&b=2", true)]
    [InlineData(FieldShape.Url, "http://payhttp.xiaofubao.com/***/back.shtml", true)]
    [InlineData(FieldShape.Url, "https://shop.example/a&order=1", false)]
    [InlineData(FieldShape.Url, "http:// www", false)]
    [InlineData(FieldShape.Url, "ftp://shop.example/", false)]
    [InlineData(FieldShape.Url, "/back", false)]
    [InlineData(FieldShape.Json, """{"a":"b&c=d"}""", true)]
    [InlineData(FieldShape.Json, "[1,2]", true)]
    [InlineData(FieldShape.Json, """{"a":1,"a":2}""", false)]
    [InlineData(FieldShape.Json, "\"text\"", false)]
    [InlineData(FieldShape.Json, "{}x", false)]
    [InlineData(FieldShape.Base64, "QUI=", true)]
    [InlineData(FieldShape.Base64, "QUI", false)]
    [InlineData(FieldShape.Base64, "Q UI=", false)]
    public void A_value_fits_its_shape_or_not(FieldShape shape, string value, bool fits)
    {
        shape.Fits(value).ShouldBe(fits);
        shape.Fits("").ShouldBeTrue();
    }

    [Fact]
    public void Half_a_surrogate_pair_fits_no_shape() =>
        Enum.GetValues<FieldShape>().Where(shape => shape.Fits("a\ud800b")).ShouldBeEmpty();

    [Fact]
    public void A_provider_may_forbid_more_in_plain_fields()
    {
        FieldShape.Plain.Fits("a+b").ShouldBeTrue();
        FieldShape.Plain.Fits("a+b", "\"{}+\\").ShouldBeFalse();
        FieldShape.Url.Fits("https://shop.example/a+b", "+").ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"a":1,"\u0061":2}""", "twice")]
    [InlineData("""{"a":{"b":1,"b":2}}""", "twice")]
    [InlineData("""{"a":"\ud800"}""", "surrogate")]
    [InlineData("""{"\udc00":1}""", "surrogate")]
    [InlineData("{\"a\":1}\n{}", "not JSON")]
    [InlineData("{\"a\":1,}", "not JSON")]
    [InlineData("{'a':1}", "not JSON")]
    [InlineData("// no\n{}", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "not JSON")]
    public void Json_outside_the_rules_is_refused_with_its_reason(string text, string why)
    {
        StrictJson.TryParse(text, out var json, out var told).ShouldBeFalse();
        json.ShouldBeNull();
        told.ShouldContain(why);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_or_begin_with_a_mark_are_not_decoded()
    {
        StrictJson.Decode("{}"u8).ShouldBe("{}");
        StrictJson.Decode([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']).ShouldBeNull();
        StrictJson.Decode([0xC0, 0xAF]).ShouldBeNull();
        StrictJson.Decode([0xB1, 0xCA]).ShouldBeNull();
    }
}
