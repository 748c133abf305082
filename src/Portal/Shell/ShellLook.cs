namespace MerchantPortal.Portal.Shell;

/// <summary>How a person set the portal's look, read from cookies so that the first byte already has it.</summary>
/// <param name="Theme">light, dark, contrast; null follows the system.</param>
/// <param name="Density">compact, spacious; null is the comfortable default.</param>
/// <param name="HidesAmounts">Amounts are replaced by words.</param>
public sealed record ShellLook(string? Theme, string? Density, bool HidesAmounts)
{
    public const string ThemeCookie = "portal-theme";
    public const string DensityCookie = "portal-density";
    public const string AmountsCookie = "portal-amounts";

    /// <summary>Unknown values are dropped: a cookie is anybody's text.</summary>
    public static ShellLook From(IRequestCookieCollection cookies) => new(
        OneOf(cookies[ThemeCookie], "light", "dark", "contrast"),
        OneOf(cookies[DensityCookie], "compact", "spacious"),
        cookies[AmountsCookie] == "hidden");

    static string? OneOf(string? value, params ReadOnlySpan<string> known) =>
        value is not null && known.Contains(value) ? value : null;
}
