using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MerchantPortal.Portal.Tests.Ui;

/// <summary>Colours come from tokens.css alone, and every text exists in all three languages.</summary>
public sealed partial class StyleTests
{
    public static TheoryData<string> Styled()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "wwwroot", "css"), "*.css")
            .Where(file => Path.GetFileName(file) != "tokens.css")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Portal"), "*.razor",
                SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        return [.. files];
    }

    public static TheoryData<string> Neutral()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Portal"), "*.resx",
                SearchOption.AllDirectories)
            .Where(file => !Path.GetFileNameWithoutExtension(file).Contains('.', StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        return [.. files];
    }

    [Theory]
    [MemberData(nameof(Styled))]
    public void No_colour_is_named_outside_the_tokens(string file) =>
        Colour().Matches(Repository.Read(file)).Select(m => m.Value).ShouldBeEmpty(file);

    [Theory]
    [InlineData("color: #fff;")]
    [InlineData("background: #3a4fcb")]
    [InlineData("fill=\"#16191f80\"")]
    [InlineData("rgb(20 24 36 / .06)")]
    [InlineData("hsla(1, 2%, 3%, 1)")]
    public void The_search_for_colours_finds_them(string text) => Colour().IsMatch(text).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Neutral))]
    public void Every_text_exists_in_all_three_languages(string neutral)
    {
        var english = Texts(neutral);
        english.ShouldNotBeEmpty();
        foreach (var language in new[] { "zh-Hans", "zh-Hant" })
        {
            var translated = Texts(Path.ChangeExtension(neutral, $".{language}.resx"));
            translated.Keys.ShouldBe(english.Keys, $"{neutral} and its {language} sibling");
            foreach (var (key, text) in translated)
                Holes(text).ShouldBe(Holes(english[key]), $"places of {key} in {language}");
        }
    }

    [Fact]
    public void Chinese_texts_use_full_width_punctuation_and_plain_address()
    {
        var faults = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Portal"), "*.zh-*.resx",
                SearchOption.AllDirectories)
            .SelectMany(file => Texts(Path.GetRelativePath(Repository.Root, file)).Values)
            .Where(text => HalfWidth().IsMatch(text) || text.Contains('您', StringComparison.Ordinal));
        faults.ShouldBeEmpty();
    }

    static SortedDictionary<string, string> Texts(string file)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var data in XDocument.Parse(Repository.Read(file)).Root!.Elements("data"))
        {
            var (key, text) = ((string)data.Attribute("name")!, (string?)data.Element("value") ?? "");
            text.Trim().ShouldNotBeEmpty($"{key} in {file}");
            texts.Add(key, text);
        }
        return texts;
    }

    static string[] Holes(string text) =>
        [.. Hole().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // A hash before three to eight hex digits is a colour unless it is an address or an id selector.
    [GeneratedRegex("""(?<![\w/"'(.&])#([0-9a-fA-F]{6}|[0-9a-fA-F]{3}|[0-9a-fA-F]{8})\b|(fill|stroke|color)="#|"""
        + """\b(rgb|rgba|hsl|hsla|oklch|lab)\(""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Colour();

    [GeneratedRegex("""\{\d+\}""", RegexOptions.None, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex("""[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]""", RegexOptions.None, 1000)]
    private static partial Regex HalfWidth();
}
