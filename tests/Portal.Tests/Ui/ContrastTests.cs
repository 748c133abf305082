using System.Globalization;
using System.Text.RegularExpressions;

namespace MerchantPortal.Portal.Tests.Ui;

/// <summary>Recomputes WCAG contrast from tokens.css: what a person must read stays readable in every theme.</summary>
public sealed partial class ContrastTests
{
    static readonly Dictionary<string, Dictionary<string, string>> Themes =
        Read(Repository.Read("wwwroot", "css", "tokens.css"));

    // Every surface that running text may lie on.
    static readonly string[] Surfaces = ["page", "frame", "sunken", "raised", "hover", "press", "accent-tint"];

    public static TheoryData<string, string, double> Texts()
    {
        var rows = new TheoryData<string, string, double>();
        foreach (var theme in new[] { "light", "dark", "contrast" })
        {
            var least = theme == "contrast" ? 7.0 : 4.5;
            foreach (var text in new[] { "text", "text-2", "text-3", "accent-text", "visited" })
                rows.Add(theme, text, least);
        }
        return rows;
    }

    public static TheoryData<string, string> States()
    {
        var rows = new TheoryData<string, string>();
        foreach (var theme in new[] { "light", "dark", "contrast" })
        {
            foreach (var state in new[] { "done", "wait", "run", "unknown", "fail", "ended" })
                rows.Add(theme, state);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_readable_on_every_surface(string theme, string text, double least)
    {
        foreach (var surface in Surfaces)
            Contrast(theme, text, surface).ShouldBeGreaterThanOrEqualTo(least, $"--p-{text} on --p-{surface}, {theme}");
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_is_readable_on_its_tint_and_on_the_page(string theme, string state)
    {
        var least = theme == "contrast" ? 7.0 : 4.5;
        Contrast(theme, state, $"{state}-tint").ShouldBeGreaterThanOrEqualTo(least);
        Contrast(theme, state, "page").ShouldBeGreaterThanOrEqualTo(least);
        Contrast(theme, $"{state}-solid", "page").ShouldBeGreaterThanOrEqualTo(3.0, "dots and bars");
    }

    [Theory]
    [InlineData("light", 4.5)]
    [InlineData("dark", 4.5)]
    [InlineData("contrast", 7.0)]
    public void The_filled_button_and_the_edges_of_controls_are_seen(string theme, double least)
    {
        foreach (var accent in new[] { "accent", "accent-hover", "accent-press" })
            Contrast(theme, "on-accent", accent).ShouldBeGreaterThanOrEqualTo(least, accent);
        Contrast(theme, "control-line", "page").ShouldBeGreaterThanOrEqualTo(3.0);
        Contrast(theme, "focus", "page").ShouldBeGreaterThanOrEqualTo(3.0);
    }

    [Theory]
    [InlineData("light", "text", "page", 17.6)]
    [InlineData("light", "text-3", "page", 5.4)]
    [InlineData("dark", "text", "page", 16.0)]
    [InlineData("dark", "accent-text", "page", 8.8)]
    [InlineData("dark", "unknown", "unknown-tint", 7.7)]
    [InlineData("contrast", "visited", "page", 10.7)]
    [InlineData("contrast", "fail", "fail-tint", 9.6)]
    public void The_published_figures_are_those_of_the_tokens(string theme, string text, string surface,
        double figure) =>
        Contrast(theme, text, surface).ShouldBe(figure, 0.06);

    [Fact]
    public void Black_on_white_is_twenty_one_to_one() => Ratio("#000000", "#ffffff").ShouldBe(21.0, 0.0001);

    static double Contrast(string theme, string over, string under) =>
        Ratio(Themes[theme][$"--p-{over}"], Themes[theme][$"--p-{under}"]);

    static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // WCAG 2.2, definition of relative luminance.
    static double Luminance(string hex)
    {
        var value = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return 0.2126 * Channel(value >> 16) + 0.7152 * Channel((value >> 8) & 255) + 0.0722 * Channel(value & 255);

        static double Channel(int eight)
        {
            var c = eight / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
    }

    static Dictionary<string, Dictionary<string, string>> Read(string css)
    {
        var themes = new Dictionary<string, Dictionary<string, string>>();
        foreach (Match block in Block().Matches(css))
        {
            var tokens = Token().Matches(block.Groups["body"].Value)
                .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
            themes[block.Groups["theme"].Value] = tokens;
        }
        themes.Keys.ShouldBe(["light", "dark", "contrast"]);
        return themes;
    }

    [GeneratedRegex("""\[data-theme="(?<theme>\w+)"\] \{(?<body>[^}]*)\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("(?<name>--p-[a-z0-9-]+): (?<value>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
