using System.Globalization;

namespace MerchantPortal.Portal.Ui;

/// <summary>
/// Writes amounts: code first, exactly the currency's decimals, a true minus sign. Integer arithmetic only.
/// </summary>
public static class AmountFormat
{
    /// <summary>U+2212, as wide as a digit and never taken for a hyphen.</summary>
    public const char Minus = '\u2212';

    /// <summary>The figure alone: 48600 with exponent 0 is "48,600", -19560 with exponent 3 is "−19.560".</summary>
    /// <param name="minor">The amount in the currency's smallest unit.</param>
    /// <param name="exponent">How many decimals the currency has, 0 to 9.</param>
    /// <param name="plus">Whether a positive amount carries a plus sign.</param>
    public static string Figure(long minor, int exponent, bool plus = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, 9);

        // The magnitude as UInt64, for -long.MinValue is not a long.
        var magnitude = minor < 0 ? (ulong)-(minor + 1) + 1 : (ulong)minor;
        var unit = 1UL;
        for (var i = 0; i < exponent; i++)
            unit *= 10;

        var whole = (magnitude / unit).ToString("#,0", CultureInfo.InvariantCulture);
        var sign = minor < 0 ? Minus.ToString() : plus && minor > 0 ? "+" : "";
        if (exponent == 0)
            return sign + whole;
        var rest = (magnitude % unit).ToString(CultureInfo.InvariantCulture).PadLeft(exponent, '0');
        return $"{sign}{whole}.{rest}";
    }

    /// <summary>Code and figure for plain text, as in a button: "JPY 12,400".</summary>
    public static string Text(long minor, string currency, int exponent) =>
        $"{currency} {Figure(minor, exponent)}";
}
