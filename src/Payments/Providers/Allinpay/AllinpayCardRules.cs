namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Lengths and forms of an international card's further fields (section 2.1, second table). Lengths are counted in
/// bytes of UTF-8, as the table does: 255 there are 85 Chinese characters.
/// </summary>
internal static class AllinpayCardRules
{
    private static readonly string[] Required =
    [
        "ship_to_country", "ship_to_state", "ship_to_city", "ship_to_street1", "ship_to_phonenumber",
        "ship_to_postalcode", "ship_to_firstname", "ship_to_lastname",
    ];

    private static readonly string[] RequiredWhenDirect =
        ["bill_firstname", "bill_lastname", "expireddate", "cvv2"];

    private static readonly Dictionary<string, int> Lengths = (
        "ship_to_country 2 ship_to_state 60 ship_to_city 50 ship_to_street1 60 ship_to_street2 60 "
        + "ship_to_phonenumber 20 ship_to_postalcode 20 ship_to_firstname 30 ship_to_lastname 30 "
        + "registration_name 30 registration_email 100 registration_phone 15 buyerid_period 15 fnpay_mode 1 "
        + "bill_firstname 30 bill_lastname 30 expireddate 4 cvv2 3 bill_email 100 bill_country 2 bill_address 200 "
        + "bill_city 200 bill_state 200 bill_zip 20").Split(' ').Chunk(2)
        .ToDictionary(row => row[0], row => int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture));

    public delegate ReadOnlySpan<byte> Values(string name);

    public static string Problem(Values values)
    {
        foreach (var name in AllinpayCardDetails.Names)
        {
            var value = values(name);
            if (value.Length > Lengths.GetValueOrDefault(name, 255))
            {
                return $"{name} is longer than the document allows.";
            }

            if (value.ContainsAny("&=\r\n\0"u8))
            {
                return $"{name} has a character that separates fields.";
            }

            if (!value.IsEmpty && !HasForm(name, value))
            {
                return $"{name} is not of the form of the document.";
            }
        }

        string[] needed = values("fnpay_mode").SequenceEqual("0"u8) ? [.. Required, .. RequiredWhenDirect] : Required;
        return Array.Find(needed, name => values(name).IsEmpty) is { } missing ? $"{missing} is missing."
            : !HasState(values("ship_to_country"), values("ship_to_state")) ? "ship_to_state is not of two letters."
            : !HasState(values("bill_country"), values("bill_state")) ? "bill_state is not of two letters."
            : !HasPostalCode(values("ship_to_country"), values("ship_to_postalcode"))
                ? "ship_to_postalcode is not of the country's form."
            : "";
    }

    private static bool HasForm(string name, ReadOnlySpan<byte> value) => name switch
    {
        "ship_to_country" or "bill_country" => IsTwoLetters(value),
        "fnpay_mode" => value.IndexOfAnyExcept("01"u8) < 0,
        "expireddate" => value.Length == 4 && IsDigits(value),
        "cvv2" => value.Length == 3 && IsDigits(value),
        "buyerid_period" => IsDigits(value),
        "mdd07" or "mdd08" => value.Length == 14 && IsDigits(value),
        "mdd10" => value.Length == 1 && value.IndexOfAnyExcept("yn"u8) < 0,
        _ => true,
    };

    /// <summary>The states of the United States and Canada go by their two letters.</summary>
    private static bool HasState(ReadOnlySpan<byte> country, ReadOnlySpan<byte> state) =>
        state.IsEmpty || !IsNorthAmerica(country) || IsTwoLetters(state);

    /// <summary>12345 or 20001-1000 in the United States; six letters and digits in Canada.</summary>
    private static bool HasPostalCode(ReadOnlySpan<byte> country, ReadOnlySpan<byte> code)
    {
        if (country.SequenceEqual("US"u8))
        {
            return (code.Length == 5 && IsDigits(code))
                || (code.Length == 10 && IsDigits(code[..5]) && code[5] == '-' && IsDigits(code[6..]));
        }

        return !country.SequenceEqual("CA"u8)
            || (code.Length == 6 && code.IndexOfAnyExcept(LettersAndDigits) < 0);
    }

    private static readonly System.Buffers.SearchValues<byte> LettersAndDigits = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    private static bool IsNorthAmerica(ReadOnlySpan<byte> country) =>
        country.SequenceEqual("US"u8) || country.SequenceEqual("CA"u8);

    private static bool IsTwoLetters(ReadOnlySpan<byte> value) =>
        value.Length == 2 && value.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0;

    private static bool IsDigits(ReadOnlySpan<byte> value) => value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
