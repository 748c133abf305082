using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Signatures;

/// <summary>What money messages may be, and nothing beside it.</summary>
public sealed class StrictJsonTests
{
    public static TheoryData<string, string> Refused() => new()
    {
        { """{"a":"\ud83d"}""", "surrogate" },
        { """{"a":"\uD83D"}""", "surrogate" },
        { """{"a":"\ude00\ud83d"}""", "surrogate" },
        { """{"\ud83d":"1"}""", "surrogate" },
        { """{"a":[{"b":["\ud83d"]}]}""", "surrogate" },
        { """{"a":1,"a":2}""", "twice" },
        { """{"a":1,"\u0061":2}""", "twice" },
        { """{"a":{"b":1,"b":2}}""", "twice" },
        { """{"a":1} {"a":1}""", "not JSON" },
        { """{"a":1,}""", "not JSON" },
        { """{"a":01}""", "not JSON" },
        { """{'a':1}""", "not JSON" },
        { """{"a":"\x41"}""", "not JSON" },
        { "{\"a\":\"\n\"}", "not JSON" },
        { "\uFEFF{}", "not JSON" },
        { "", "not JSON" },
        { new string('[', 17) + new string(']', 17), "not JSON" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_strict_is_refused_with_a_reason(string text, string why)
    {
        StrictJson.TryParse(text, out var json, out var reason).ShouldBeFalse();
        json.ShouldBeNull();
        reason.ShouldContain(why);
    }

    /// <summary>Not a row of the table: half a pair does not survive the way of a row to its test.</summary>
    [Fact]
    public void Half_a_pair_in_the_text_itself_is_refused()
    {
        StrictJson.TryParse("{\"a\":\"\uD83D\"}", out _, out var why).ShouldBeFalse();
        why.ShouldContain("surrogate");
        StrictJson.TryParse("{\"\uDE00\":\"1\"}", out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"a":"笔记本 \ud83d\ude00 😀 \u7b14"}""")]
    [InlineData("""{"a":"\\ud83d"}""")]
    [InlineData("""{"a":1.00,"b":null,"c":[true,{}]}""")]
    public void What_is_strict_is_read(string text)
    {
        StrictJson.TryParse(text, out var json, out var why).ShouldBeTrue(why);
        json!.Dispose();
    }
}
