using System.Globalization;
using System.Text;
using CsvHelper;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>
/// The shop's order file: CSV in UTF-8 (with or without BOM), a header, then one order a line. Columns, in any
/// order: order_no, time, amount, currency, method, shop_state and, if the shop likes, payer, payer_id (its own number
/// of the payer) and held_at (when the amount was held on the payer's card: such an order is a pre-authorisation).
/// Nothing is guessed or rounded: a line that does not fit is listed with its number, its text and the reason.
/// </summary>
public sealed class OrderFile
{
    public const int MaxLines = 20_000;
    private static readonly string[] Needed = ["order_no", "time", "amount", "currency", "method", "shop_state"];
    private static readonly string[] TimeForms =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "yyyyMMddHHmmss"];

    private static readonly string[] OffsetForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd HH:mm:sszzz"];

    // A stray quote must not swallow the lines after it, so a quoted field ends with its line.
    private static readonly CsvReaderOptions Form = CsvReaderOptions.Default with
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        IncludeValuesInExceptions = false,
    };

    private readonly List<Line> lines = [];
    private readonly List<Bad> badLines = [];

    /// <summary>A line that fits.</summary>
    public sealed record Line(
        int Number, string Text, string MerchantNumber, DateTimeOffset OrderedAt, Money Amount, string Method,
        string ShopState, string Payer)
    {
        /// <summary>The shop's number of the payer; empty where the file does not tell it.</summary>
        public string PayerId { get; init; } = "";

        /// <summary>When the amount was held; null where the order is paid at once.</summary>
        public DateTimeOffset? HeldAt { get; init; }
    }

    /// <summary>A line that does not fit; the reason is a text key, the value what it is about.</summary>
    public sealed record Bad(int Number, string Text, string Reason, string Value);

    public IReadOnlyList<Line> Lines => lines;

    public IReadOnlyList<Bad> BadLines => badLines;

    /// <summary>Why the file as a whole cannot be read; null when it can.</summary>
    public (string Reason, string Value)? Problem { get; private set; }

    /// <summary>Reads a file. Times without an offset are in the account's zone.</summary>
    public static OrderFile Read(byte[] file, TimeZoneInfo zone, IReadOnlyList<Currency> accepted)
    {
        var result = new OrderFile();
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException fault)
        {
            result.Problem = ("NotUtf8", fault.Index.ToString(CultureInfo.InvariantCulture));
            return result;
        }

        result.ReadText(text, zone, accepted);
        return result;
    }

    private void ReadText(string text, TimeZoneInfo zone, IReadOnlyList<Currency> accepted)
    {
        using var csv = CsvReader.FromText(text, Form);
        csv.ReadHeader();
        if (csv.Headers.Count == 0)
        {
            Problem = ("Empty", "");
            return;
        }

        if (Needed.FirstOrDefault(name => !csv.TryGetFieldIndex(name, out _)) is { } missing)
        {
            Problem = ("ColumnMissing", missing);
            return;
        }

        while (csv.Read())
        {
            if (lines.Count + badLines.Count >= MaxLines)
            {
                Problem = ("TooManyLines", MaxLines.ToString(CultureInfo.InvariantCulture));
                return;
            }

            TakeLine(csv, zone, accepted);
        }
    }

    private void TakeLine(CsvReader csv, TimeZoneInfo zone, IReadOnlyList<Currency> accepted)
    {
        var number = (int)csv.LineNumber;
        var text = Encoding.UTF8.GetString(csv.RawRecord);
        string Field(string name) =>
            csv.TryGetFieldIndex(name, out var at) && at < csv.FieldCount ? csv.GetString(at) : "";
        var orderNo = Field("order_no");
        DateTimeOffset orderedAt = default, heldAt = default;
        Money amount = default;
        (string Reason, string Value)? bad =
            csv.FieldCount != csv.Headers.Count
                ? ("FieldCount", csv.FieldCount.ToString(CultureInfo.InvariantCulture))
            : !IsNumber(orderNo) ? ("OrderNumber", orderNo)
            : !TryTime(Field("time"), zone, out orderedAt) ? ("Time", Field("time"))
            : !CurrencyTable.TryGet(Field("currency"), out var currency) ? ("CurrencyUnknown", Field("currency"))
            : !accepted.Contains(currency) ? ("CurrencyNotOfAccount", Field("currency"))
            : !Money.TryParse(Field("amount"), currency, out amount) ? ("Amount", Field("amount"))
            : amount.Minor <= 0 ? ("AmountNotPositive", Field("amount"))
            : Field("method").Length > 60 ? ("TooLong", "method")
            : Field("shop_state").Length > 60 ? ("TooLong", "shop_state")
            : Field("payer").Length > 120 ? ("TooLong", "payer")
            : Field("payer_id") is { Length: > 0 } id && !IsPayerNumber(id) ? ("PayerNumber", id)
            : Field("held_at").Length > 0 && !TryTime(Field("held_at"), zone, out heldAt)
                ? ("Time", Field("held_at"))
            : null;
        if (bad is { } no)
        {
            badLines.Add(new(number, text, no.Reason, no.Value));
            return;
        }

        lines.Add(new(
            number, text, orderNo, orderedAt, amount, Field("method"), Field("shop_state"), Field("payer"))
        {
            PayerId = Field("payer_id"), HeldAt = Field("held_at").Length > 0 ? heldAt : null,
        });
    }

    // The providers' documents allow letters, digits, minus and underscore, at most 50 of them.
    private static bool IsNumber(string text) =>
        text.Length is > 0 and <= 50 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether a text can be the shop's number of a payer: letters, digits, - and _, at most 32.</summary>
    public static bool IsPayerNumber(string text) => text.Length <= 32 && IsNumber(text);

    private static bool TryTime(string text, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        if (DateTimeOffset.TryParseExact(
            text.Replace("Z", "+00:00", StringComparison.Ordinal), OffsetForms, CultureInfo.InvariantCulture,
            DateTimeStyles.None, out instant))
        {
            instant = instant.ToUniversalTime();
            return true;
        }

        if (!DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || zone.IsInvalidTime(local))
        {
            return false;
        }

        instant = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return true;
    }
}
