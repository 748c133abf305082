namespace MerchantPortal.Portal.Shell;

/// <summary>The languages that every text is written in.</summary>
public static class Languages
{
    public static IReadOnlyList<string> All { get; } = ["en", "zh-Hans", "zh-Hant"];

    /// <summary>The language of a culture name from outside, or null.</summary>
    public static string? Find(string? culture) =>
        All.FirstOrDefault(language => string.Equals(language, culture, StringComparison.OrdinalIgnoreCase));
}
