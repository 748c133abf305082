using System.Globalization;

namespace MerchantPortal.Payments.Providers;

/// <summary>
/// How long a held amount can be captured. No document of the providers names a time, so the account does: in whole
/// days from the authorisation, one day short of what the card schemes commonly grant, so that people act in time.
/// </summary>
public static class HoldTimes
{
    /// <summary>Key of the setting that holds for every card without one of its own.</summary>
    public const string Days = "hold-days";

    private const string Usual = "29";
    private static readonly string[] Schemes = ["visa", "mastercard", "jcb"];
    private static readonly string[] Choices =
        [.. Enumerable.Range(1, 60).Select(days => days.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The setting of providers that hold amounts on cards of one scheme.</summary>
    public static ProviderSetting Setting { get; } = new(Days, Usual, Choices, Confirmed: false);

    /// <summary>The settings of providers of international cards: one for each scheme, and one for the rest.</summary>
    public static IReadOnlyList<ProviderSetting> PerScheme { get; } =
        [Setting, .. Schemes.Select(scheme => new ProviderSetting(Key(scheme), Default(scheme), Choices, false))];

    /// <summary>How long an amount can be captured after it was authorised.</summary>
    /// <param name="settings">What the account decides, by key; what it leaves open has its default.</param>
    /// <param name="method">The way of payment as it was told, such as "Visa" or "30 mastercard".</param>
    public static TimeSpan Of(IReadOnlyDictionary<string, string> settings, string method)
    {
        var scheme = Schemes.FirstOrDefault(one => method.Contains(one, StringComparison.OrdinalIgnoreCase));
        var told = scheme is null
            ? settings.GetValueOrDefault(Days, Usual)
            : settings.GetValueOrDefault(Key(scheme), Default(scheme));
        return TimeSpan.FromDays(int.Parse(told, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static string Key(string scheme) => $"{Days}-{scheme}";

    private static string Default(string scheme) => scheme == "visa" ? "6" : Usual;
}
