using System.Globalization;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Values that a forger wants: other money, another order, another merchant, another state.</summary>
internal static class AmountChanges
{
    private static readonly string[] States =
    [
        "0", "1", "2", "20", "SUCCESS", "FAILURE", "PROCESSING", "REFUND", "WAITING", "PS", "PF", "RS", "RP", "WP",
        "TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED", "WAIT_PAY", "10000", "0000", "40004", "TKSUCC0006",
        "TKSUCC0007", "TKSUCC0004", "success", "true", "",
    ];

    private static readonly string[] Currencies =
        ["CNY", "HKD", "USD", "JPY", "USDT", "AEDB", "156", "344", "840", "usdt", "hkd", "CNH"];

    public static IReadOnlyList<Change> All { get; } =
    [
        Change.OfDraft("another amount", 9, (original, _, dice) => Changed(original, dice, IsAmount, Amount)),
        Change.OfDraft("another state", 5, (original, _, dice) => Changed(
            original, dice, IsState, (_, one) => one.Of(States))),
        Change.OfDraft("another order or merchant", 5, (original, _, dice) => Changed(
            original, dice, IsNumber, (value, one) => one.Below(4) switch
            {
                0 => value[..^1] + (char)((value[^1] ^ 1) is var c and > ' ' ? c : '1'),
                1 => value.Any(char.IsAsciiLetterUpper) ? value.ToLowerInvariant() : $"0{value}",
                2 => $"{value}1",
                _ => value.Length > 1 ? value[1..] : "2",
            })),
        Change.OfDraft("another currency", 2, (original, _, dice) => Changed(
            original, dice, name => name.Contains("currency", StringComparison.OrdinalIgnoreCase),
            (_, one) => one.Of(Currencies))),
        Change.OfValue("full-width digits", 4, (value, dice) => string.Concat(value.Select(c =>
            char.IsAsciiDigit(c) && dice.OneIn(2) ? (char)(c + 0xFEE0) : c))),
    ];

    public static string Amount(string value, Dice dice)
    {
        if (value.Length > 20
            || !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var money))
        {
            return "1";
        }

        var dot = value.IndexOf('.', StringComparison.Ordinal);
        var unit = dot < 0 ? 1m : 0.01m;
        string Text(decimal changed) => changed.ToString(dot < 0 ? "0" : "0.00", CultureInfo.InvariantCulture);
        return dice.Below(16) switch
        {
            0 => Text(money + unit),
            1 => Text(money - unit),
            2 => Text(money * 100),
            3 => Text(money / 100),
            4 => Text(money * 10),
            5 => Text(-money),
            6 => $"+{value}",
            7 => $"0{value}",
            8 => $"{value}{(dot < 0 ? ".00" : "0")}",
            9 => $"{value}e0",
            10 => value.Replace('.', ','),
            11 => $" {value}",
            12 => $"{value}\u00a0",
            13 => dot < 0 ? $"{value[..1]},{value[1..]}" : value.TrimEnd('0').TrimEnd('.'),
            14 => "0",
            _ => Text(dice.Below(1_000_000) * unit),
        };
    }

    private static bool IsAmount(string name) => name.Contains("amount", StringComparison.OrdinalIgnoreCase)
        || name.Contains("money", StringComparison.Ordinal);

    private static bool IsState(string name) => name.Contains("result", StringComparison.OrdinalIgnoreCase)
        || name.Contains("stat", StringComparison.OrdinalIgnoreCase) || name.EndsWith("code", StringComparison.Ordinal);

    private static bool IsNumber(string name) => name.Contains("order", StringComparison.OrdinalIgnoreCase)
        || name.Contains("merchant", StringComparison.OrdinalIgnoreCase)
        || name.Contains("_no", StringComparison.Ordinal)
        || name.Contains("partner", StringComparison.Ordinal) || name.EndsWith("_id", StringComparison.Ordinal)
        || name.Contains("no_", StringComparison.Ordinal) || name.Contains("oid", StringComparison.Ordinal);

    private static Draft? Changed(
        Original original, Dice dice, Func<string, bool> wanted, Func<string, Dice, string> make)
    {
        var fields = original.Draft.Fields;
        var places = Enumerable.Range(0, fields.Count)
            .Where(i => fields[i].Value.Length > 0 && wanted(fields[i].Name)).ToArray();
        if (places.Length == 0)
        {
            // Lines have no names: any field may be the one.
            places = [.. Enumerable.Range(0, fields.Count).Where(i => fields[i].Value.Length > 0)];
        }

        var place = dice.Of(places);
        return original.Draft.With(place, make(fields[place].Value, dice));
    }
}
