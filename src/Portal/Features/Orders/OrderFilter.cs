using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>The tabs above the list. An order may lie behind several of them.</summary>
public enum OrderTab
{
    All,
    Paid,
    Waiting,
    RefundOpen,
    Unknown,
    Declined,
    Closed,
}

/// <summary>An end of a filtered amount, whatever the currency: its text and the same in thousandths.</summary>
public sealed record AmountBound(string Text, long Thousandths)
{
    /// <summary>Reads an amount of at most three decimals; null when it is none.</summary>
    public static AmountBound? Read(string? text) =>
        Money.TryParse(text?.Trim(), CurrencyTable.Get("KWD"), out var money) ? new(text!.Trim(), money.Minor) : null;
}

/// <summary>Where a page of the list begins: beside this order, on its newer or older side.</summary>
public sealed record OrderCursor(DateTimeOffset At, Guid Id, bool Newer)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static OrderCursor? Read(string? text, bool newer)
    {
        var dash = text?.IndexOf('-') ?? -1;
        return dash > 0
            && long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
            && micros <= (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            && Guid.TryParseExact(text.AsSpan(dash + 1), "N", out var id)
            ? new(DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), id, newer)
            : null;
    }

    /// <summary>Microseconds since 1970 and the id.</summary>
    public override string ToString()
    {
        var micros = (At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        return string.Create(CultureInfo.InvariantCulture, $"{micros}-{Id:N}");
    }
}

/// <summary>What the list of orders is narrowed to. All of it stands in the address.</summary>
public sealed record OrderFilter
{
    public OrderTab Tab { get; init; }
    public string? Provider { get; init; }
    public Guid? AccountId { get; init; }
    public OrderState? State { get; init; }
    public string? Method { get; init; }
    public AmountBound? AtLeast { get; init; }
    public AmountBound? AtMost { get; init; }

    /// <summary>First order day, in the reader's zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last order day, in the reader's zone.</summary>
    public DateOnly? To { get; init; }

    public string? Currency { get; init; }
    public OrderSource? Source { get; init; }

    /// <summary>The beginning of any of the three numbers or of the payer's name.</summary>
    public string? Search { get; init; }

    public bool OldestFirst { get; init; }
    public OrderCursor? Cursor { get; init; }

    /// <summary>Something besides tab, sort and page is set.</summary>
    public bool IsNarrowed => this != new OrderFilter { Tab = Tab, OldestFirst = OldestFirst, Cursor = Cursor };

    /// <summary>The same tab and sort without any filter.</summary>
    public OrderFilter Cleared() => new() { Tab = Tab, OldestFirst = OldestFirst };

    /// <summary>The address's parameters; those that are not set are null.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("tab", Tab == OrderTab.All ? null : Word(Tab)),
        ("q", Search),
        ("provider", Provider),
        ("account", AccountId?.ToString("N")),
        ("state", State is { } state ? Word(state) : null),
        ("method", Method),
        ("min", AtLeast?.Text),
        ("max", AtMost?.Text),
        ("from", Day(From)),
        ("to", Day(To)),
        ("currency", Currency),
        ("source", Source is { } source ? Word(source) : null),
        ("sort", OldestFirst ? "oldest" : null),
        (Cursor is { Newer: true } ? "newer" : "older", Cursor?.ToString()),
    ];

    /// <summary>A word of the address for a member of an enum: RefundOpen is "refund-open".</summary>
    public static string Word<T>(T value) where T : struct, Enum => string.Concat(value.ToString()
        .Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The member that an address's word names, or null.</summary>
    public static T? Named<T>(string? word) where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => Word(value) == word).Select(value => (T?)value).FirstOrDefault();

    /// <summary>A day as addresses write it, 2026-11-20; null for anything else.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
