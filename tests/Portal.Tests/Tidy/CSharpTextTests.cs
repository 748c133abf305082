namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>The measure itself is measured, or the tidy tests could pass by seeing nothing.</summary>
public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a // double", "a")]
    [InlineData("a /* double */ b", "a~b")]
    [InlineData("a = \"dou\\\"ble\"; b", "a~=~;~b")]
    [InlineData("a = @\"dou\"\"ble\\\"; b", "a~=~;~b")]
    [InlineData("a = $\"x{f(\"}\")}y\"; b", "a~=~;~b")]
    [InlineData("a = $\"{{double}}\"; b", "a~=~;~b")]
    [InlineData("a = \"\"\"dou\"ble\"\"\"; b", "a~=~;~b")]
    [InlineData("a = $$\"\"\"{x} {{f(1)}} \"\"\"; b", "a~=~;~b")]
    [InlineData("a = '\"'; b = '\\''; c", "a~=~;~b~=~;~c")]
    [InlineData("#region double\na", "a")]
    [InlineData("a = \"\"; b", "a~=~;~b")]
    public void Comments_and_strings_are_blanked_out(string text, string code) =>
        string.Join('~', new CSharpText(text).Code.Split('\n', ' ').Where(word => word.Length > 0)).ShouldBe(code);

    [Fact]
    public void What_is_left_stays_where_it_stood()
    {
        const string text = "a = \"dou\\\"ble\"; // c\nb";
        new CSharpText(text).Code.Length.ShouldBe(text.Length);
        new CSharpText(text).Code.IndexOf('b', StringComparison.Ordinal).ShouldBe(text.Length - 1);
    }

    [Fact]
    public void Members_are_found_with_their_lines()
    {
        const string text = """
            namespace A;

            public sealed record Row(int Id);

            public sealed class B(int c) : D
            {
                private static readonly Dictionary<int, int> Table = new()
                {
                    [1] = 2,
                };

                public int E { get; } = 5;

                [Fact]
                public int F()
                {
                    if (c > 1) { return 2; }
                    return new X { Y = 1 }.Z;
                }

                public int G(int x) =>
                    x switch
                    {
                        1 => 2,
                        _ => 3,
                    };

                private enum H { I }

                private sealed class J
                {
                    public J() { }
                }
            }
            """;

        new CSharpText(text).Members().Select(member => (member.Head.Split('(')[0], member.Lines)).ShouldBe(
        [
            ("public int E", 1), ("[Fact] public int F", 6), ("public int G", 6), ("public J", 1),
        ], ignoreOrder: false);
    }
}
