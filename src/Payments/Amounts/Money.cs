using System.Globalization;

namespace MerchantPortal.Payments.Amounts;

/// <summary>
/// An amount in whole minor units of one currency. Arithmetic is checked: an overflow or a mix of currencies is a
/// fault in the program and throws; text from outside is parsed by <see cref="TryParse"/>, which only says no.
/// </summary>
/// <param name="Minor">Minor units: 12.30 CNY is 1230, 48,600 JPY is 48600. May be negative (money out).</param>
/// <param name="Currency">What the units are of.</param>
public readonly record struct Money(long Minor, Currency Currency)
{
    private const int MaxWholeDigits = 14;

    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Sum of two amounts of the same currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    public static Money operator +(Money left, Money right) =>
        new(checked(left.Minor + right.SameAs(left).Minor), left.Currency);

    /// <summary>Difference of two amounts of the same currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference does not fit.</exception>
    public static Money operator -(Money left, Money right) =>
        new(checked(left.Minor - right.SameAs(left).Minor), left.Currency);

    /// <summary>Sum of two amounts of the same currency; the named form of the operator.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>Difference of two amounts of the same currency; the named form of the operator.</summary>
    public static Money Subtract(Money left, Money right) => left - right;

    /// <summary>
    /// Reads a decimal amount as people and files write it: digits, at most one point, no sign, no blanks, no
    /// separators, no exponent, ASCII only, at most 14 digits before the point and never more decimals than the
    /// currency has ("12", "12.3", "12.30").
    /// </summary>
    /// <returns>False for anything else; nothing is ever rounded.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, Currency currency, out Money money)
    {
        money = default;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var part = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length is 0 or > MaxWholeDigits || (point >= 0 && part.Length == 0)
            || part.Length > currency.Exponent || !AllDigits(whole) || !AllDigits(part))
        {
            return false;
        }

        var minor = long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture);
        for (var i = 0; i < currency.Exponent; i++)
        {
            minor = checked((minor * 10) + (i < part.Length ? part[i] - '0' : 0));
        }

        money = new(minor, currency);
        return true;
    }

    /// <summary>
    /// Reads whole minor units as Allinpay writes them: 1 to 18 ASCII digits, no sign ("1230" for 12.30 CNY).
    /// </summary>
    public static bool TryParseMinor(ReadOnlySpan<char> text, Currency currency, out Money money)
    {
        money = default;
        if (text.Length is 0 or > 18 || !AllDigits(text))
        {
            return false;
        }

        money = new(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture), currency);
        return true;
    }

    /// <summary>Whole minor units as text ("1230"), as Allinpay wants them.</summary>
    public string ToMinorText() => Minor.ToString(CultureInfo.InvariantCulture);

    /// <summary>The amount with exactly the currency's decimals and a point ("12.30", "48600", "-0.05").</summary>
    public string ToDecimalText()
    {
        var digits = UInt128Abs(Minor).ToString(CultureInfo.InvariantCulture).PadLeft(Currency.Exponent + 1, '0');
        var sign = Minor < 0 ? "-" : "";
        return Currency.Exponent == 0
            ? sign + digits
            : $"{sign}{digits[..^Currency.Exponent]}.{digits[^Currency.Exponent..]}";
    }

    /// <summary>Code and amount, for logs and the audit: "CNY 12.30".</summary>
    public override string ToString() => $"{Currency.Code} {ToDecimalText()}";

    private static ulong UInt128Abs(long value) => value < 0 ? (ulong)(-(value + 1)) + 1 : (ulong)value;

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private Money SameAs(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency.Code} and {other.Currency.Code} do not add up.");
}
