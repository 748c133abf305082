using Microsoft.Playwright;

namespace MerchantPortal.Portal.Browser;

/// <summary>How a page is looked at.</summary>
/// <param name="Name">Ends the name of the picture.</param>
/// <param name="Theme">light, dark or contrast.</param>
/// <param name="Width">Width of the window in CSS pixels.</param>
/// <param name="Language">en, zh-Hans or zh-Hant.</param>
public sealed record Look(string Name, string Theme = "light", int Width = 1440, string Language = "en")
{
    public static Look Light { get; } = new("light");

    /// <summary>The four that every page has to bear.</summary>
    public static IReadOnlyList<Look> All { get; } =
        [Light, new("dark", "dark"), new("360", Width: 360), new("zh", Language: "zh-Hans")];

    /// <summary>The cookies that make the portal look so.</summary>
    public IEnumerable<Cookie> Cookies(Uri portal)
    {
        var origin = portal.GetLeftPart(UriPartial.Authority);
        yield return new() { Name = "portal-theme", Value = Theme, Url = origin };
        yield return new()
        {
            Name = ".AspNetCore.Culture", Value = Uri.EscapeDataString($"c={Language}|uic={Language}"), Url = origin,
        };
    }

    public ViewportSize Window => new() { Width = Width, Height = Width < 500 ? 780 : 900 };
}
