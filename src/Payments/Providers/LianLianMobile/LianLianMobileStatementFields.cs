using System.Globalization;
using MerchantPortal.Payments.Amounts;
using Line = MerchantPortal.Payments.Providers.LianLianMobile.LianLianMobileStatementLine;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Reads one decoded line. Nothing is trimmed, repaired or guessed: a field that is not exactly of its form makes the
/// line a fault.
/// </summary>
internal static class LianLianMobileStatementFields
{
    private const int BeforeText = 13;
    private const int Payee = 3;
    private const int LongestName = 64;
    private const string TimeFormat = "yyyyMMdd HH:mm:ss";

    /// <summary>Judges a line of a kind.</summary>
    public static Line Read(LianLianMobileStatementKind kind, string text, int line, bool isFirst) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') ? new Line.Fault(line, "It has a control character.")
        : kind == LianLianMobileStatementKind.Summary ? ReadSums(text, line, isFirst)
        : ReadRow(kind, text.Split(','), line, isFirst);

    private static Line ReadRow(LianLianMobileStatementKind kind, string[] cells, int line, bool isFirst)
    {
        if (isFirst && (cells.Length < 2 || !cells[1].Any(char.IsDigit)))
        {
            return new Line.Title(line);
        }

        var tail = kind == LianLianMobileStatementKind.Payouts ? Payee : 0;
        if (cells.Length < BeforeText + tail)
        {
            return new Line.Fault(line, $"It has {cells.Length} fields, {BeforeText + tail} at least are needed.");
        }

        var why = Fault(cells, tail);
        if (why.Length > 0)
        {
            return new Line.Fault(line, why);
        }

        TryReadAmount(cells[6], out var amount);
        TryReadAmount(cells[10], out var fee);
        LianLianMobileText.TryReadTime(cells[2], TimeFormat, out var at);
        LianLianMobileText.TryReadTime(cells[9], TimeFormat, out var updated);
        TryReadDay(cells[5], out var cleared);
        return new Line.Row(line, new()
        {
            Number = cells[0],
            MerchantId = cells[1],
            At = at,
            Business = cells[3],
            Reference = cells[4],
            ClearedOn = cleared,
            Amount = amount,
            IsOut = cells[7] == "1",
            IsMarkedRefunded = cells[8] == "5",
            UpdatedAt = updated,
            Fee = fee,
            Product = cells[11],
            Method = cells[12],
            Description = string.Join(',', cells[BeforeText..^tail]),
            PayeeBank = tail > 0 ? cells[^3] : "",
            PayeeAccountEnd = tail > 0 ? cells[^2][^Math.Min(4, cells[^2].Length)..] : "",
            PayeeName = tail > 0 ? cells[^1] : "",
        });
    }

    private static string Fault(string[] cells, int tail) =>
        !LianLianMobileText.IsNumber(cells[0]) ? "Field 1 is not a number of the shop."
        : !LianLianMobileText.IsMerchant(cells[1]) ? "Field 2 is not a merchant number of 18 digits."
        : !LianLianMobileText.TryReadTime(cells[2], TimeFormat, out _) ? "Field 3 is not a time."
        : cells[3].Length != 6 || !cells[3].All(char.IsAsciiDigit) ? "Field 4 is not a kind of business."
        : !LianLianMobileText.IsNumber(cells[4]) ? "Field 5 is not a number."
        : !TryReadDay(cells[5], out _) ? "Field 6 is not a day."
        : !TryReadAmount(cells[6], out var amount) ? "Field 7 is not an amount."
        : cells[7] is not ("0" or "1") ? "Field 8 is neither 0 nor 1."
        : cells[8] is not ("0" or "5") ? "Field 9 is neither 0 nor 5."
        : amount.Minor < 0 && cells[7] == "0" && cells[8] == "0" ? "A payment has a negative amount."
        : !LianLianMobileText.TryReadTime(cells[9], TimeFormat, out _) ? "Field 10 is not a time."
        : !TryReadAmount(cells[10], out var fee) ? "Field 11 is not an amount."
        : fee.Minor < 0 && amount.Minor >= 0 ? "A fee is negative without a negative amount."
        : !IsName(cells[11]) || !IsName(cells[12]) ? "Field 12 or 13 is too long."
        : tail > 0 && !cells[^3..].All(IsName) ? "A field of the payee is too long."
        : "";

    private static Line ReadSums(string text, int line, bool isFirst)
    {
        var cells = text.Split('|');
        if (!isFirst || cells.Length != 7)
        {
            return new Line.Fault(line, isFirst ? "It does not have 7 fields." : "A summary has one line.");
        }

        if (!TryReadCount(cells[0], out var all) || !TryReadCount(cells[1], out var succeeded)
            || !TryReadCount(cells[3], out var refunded) || !TryReadCount(cells[5], out var cancelled))
        {
            return new Line.Fault(line, "A count is not a number.");
        }

        if (!TryReadSum(cells[2], out var paid) || !TryReadSum(cells[4], out var back)
            || !TryReadSum(cells[6], out var undone))
        {
            return new Line.Fault(line, "A sum is not an amount.");
        }

        return paid.Minor < 0 || back.Minor > 0 || undone.Minor > 0
            ? new Line.Fault(line, "A sum has the wrong sign.")
            : new Line.Sums(line, new(all, succeeded, paid, refunded, back, cancelled, undone));
    }

    /// <summary>An amount with a minus sign or none; a sum of nothing may be left empty.</summary>
    private static bool TryReadSum(string text, out Money money)
    {
        money = Money.Zero(LianLianMobileText.Yuan);
        return text.Length == 0 || TryReadAmount(text, out money);
    }

    private static bool TryReadAmount(string text, out Money money)
    {
        var isNegative = text.StartsWith('-');
        var read = Money.TryParse(isNegative ? text.AsSpan(1) : text, LianLianMobileText.Yuan, out money);
        money = read && isNegative ? Money.Zero(LianLianMobileText.Yuan) - money : money;
        return read;
    }

    private static bool TryReadCount(string text, out int count)
    {
        count = 0;
        return text.Length is > 0 and <= 9
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    private static bool TryReadDay(string text, out DateOnly day) => DateOnly.TryParseExact(
        text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static bool IsName(string text) => text.Length <= LongestName;
}
