using System.Globalization;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// Path, version and what an account decides where the document leaves it open. No public client, sample or mirror
/// confirms any of the defaults.
/// </summary>
public sealed record BgcPayOptions
{
    /// <summary>The one path of all interfaces.</summary>
    public string GatewayPath { get; init; } = "/gateway.do";

    /// <summary>The interface version (common parameters: fixed at 1.0).</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>The host that the document prints.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["openapi.bgcpay.com"];

    /// <summary>How the key is appended: "raw" puts it straight behind the text, "amp-key" after "&amp;key=".</summary>
    public static ProviderSetting KeyPlacement { get; } =
        new("key-placement", "raw", ["raw", "amp-key"], Confirmed: false);

    /// <summary>The case of hex digits in what we send; answers are compared without regard to it.</summary>
    public static ProviderSetting Hex { get; } = new("hex", "lower", ["lower", "upper"], Confirmed: false);

    /// <summary>The zone of every time in messages, a whole-hour distance from Greenwich without summer time.</summary>
    public static ProviderSetting Zone { get; } = new(
        "timestamp-zone", "GMT+8", [.. Enumerable.Range(-12, 27).Select(ZoneName)], Confirmed: false);

    /// <summary>
    /// Answers without a sign: refused, or taken from questions alone, over TLS, after number, amount and payee were
    /// found equal. An answer to a transfer is never taken unsigned.
    /// </summary>
    public static ProviderSetting UnsignedAnswers { get; } = new(
        "unsigned-answers", "refuse", ["refuse", "accept-from-queries"], Confirmed: false);

    /// <summary>All of them, in the order of the account's page.</summary>
    public static IReadOnlyList<ProviderSetting> Settings { get; } = [KeyPlacement, Hex, Zone, UnsignedAnswers];

    /// <summary>The signing rule that an account has chosen.</summary>
    public static SigningChoices Choices(ProviderAccount account) =>
        new(Value(account, KeyPlacement) == "amp-key", Value(account, Hex) == "upper");

    /// <summary>The distance of an account's zone from Greenwich; the default's where the setting is none.</summary>
    public static TimeSpan Offset(ProviderAccount account)
    {
        var name = Value(account, Zone);
        var hours = Enumerable.Range(-12, 27).Where(hour => ZoneName(hour) == name).DefaultIfEmpty(8).First();
        return TimeSpan.FromHours(hours);
    }

    /// <summary>Whether the account takes unsigned answers to questions.</summary>
    public static bool TakesUnsigned(ProviderAccount account) =>
        Value(account, UnsignedAnswers) == "accept-from-queries";

    private static string Value(ProviderAccount account, ProviderSetting setting) =>
        account.Settings.GetValueOrDefault(setting.Key, setting.Default);

    private static string ZoneName(int hours) =>
        string.Create(CultureInfo.InvariantCulture, $"GMT{(hours < 0 ? '-' : '+')}{Math.Abs(hours)}");
}
