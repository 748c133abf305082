using System.Globalization;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>What a settlement file holds.</summary>
public enum LianLianMobileStatementKind
{
    /// <summary>JYMX: what was paid and refunded, one line each; fourteen fields.</summary>
    Trades,

    /// <summary>FKMX: what was paid out; the fields of a trade and three of the payee.</summary>
    Payouts,

    /// <summary>JYMXSUM: the sums of a day; one line of seven fields.</summary>
    Summary,
}

/// <summary>The name of a settlement file (sections 5.1, 5.3 and 5.5), without its folder.</summary>
/// <param name="Kind">What it holds by its name.</param>
/// <param name="MerchantId">The merchant, 18 digits.</param>
/// <param name="From">First clearing day.</param>
/// <param name="Until">Last clearing day: the same one in a file of a day.</param>
public sealed record LianLianMobileStatementName(
    LianLianMobileStatementKind Kind, string MerchantId, DateOnly From, DateOnly Until)
{
    /// <summary>It is the file of a whole month.</summary>
    public bool IsMonthly => From != Until;

    /// <summary>
    /// Whether a file of this name may hold a kind. The document prints the name of the monthly payout file as JYMX,
    /// so a monthly JYMX may be either.
    /// </summary>
    public bool MayHold(LianLianMobileStatementKind kind) =>
        kind == Kind
        || (IsMonthly && Kind == LianLianMobileStatementKind.Trades && kind == LianLianMobileStatementKind.Payouts);

    /// <summary>
    /// Reads a name; the "MX_" that section 5.1 prints once is taken as JYMX. Null for any other name.
    /// </summary>
    public static LianLianMobileStatementName? Read(string fileName)
    {
        if (!fileName.EndsWith(".txt", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = fileName[..^4].Split('_');
        if (parts.Length != 3 || !LianLianMobileText.IsMerchant(parts[1])
            || !parts[2].All(char.IsAsciiDigit) || KindOf(parts[0]) is not { } kind)
        {
            return null;
        }

        var isMonth = parts[2].Length == 6 && kind != LianLianMobileStatementKind.Summary;
        if (!DateOnly.TryParseExact(
            isMonth ? parts[2] + "01" : parts[2], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var from) || from.Year < 2000 || from.Year > 9000)
        {
            return null;
        }

        return new(kind, parts[1], from, isMonth ? from.AddMonths(1).AddDays(-1) : from);
    }

    private static LianLianMobileStatementKind? KindOf(string prefix) => prefix switch
    {
        "JYMX" or "MX" => LianLianMobileStatementKind.Trades,
        "FKMX" => LianLianMobileStatementKind.Payouts,
        "JYMXSUM" => LianLianMobileStatementKind.Summary,
        _ => null,
    };
}
