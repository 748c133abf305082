using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>A line of the list.</summary>
public sealed record OrderRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string MerchantNumber { get; init; }
    public required string? ProviderNumber { get; init; }
    public required string Provider { get; init; }
    public required string Account { get; init; }
    public required string Method { get; init; }
    public required OrderState State { get; init; }
    public required string RawState { get; init; }
    public required string Payer { get; init; }
    public required DateTimeOffset OrderedAt { get; init; }
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }
    public required long Refunded { get; init; }

    /// <summary>Set aside for refunds that are not settled.</summary>
    public required long Reserved { get; init; }

    /// <summary>What can still go back to the payer.</summary>
    public required long Refundable { get; init; }

    /// <summary>Nobody knows how one of its refunds ended.</summary>
    public required bool IsUnknown { get; init; }

    public int Exponent => CurrencyTable.Get(Currency).Exponent;
}

/// <summary>A sum over everything that matches, of one currency.</summary>
public sealed record OrderTotal(string Currency, long Minor)
{
    public int Exponent => CurrencyTable.Get(Currency).Exponent;
}

/// <summary>One page of the list and what is known of the rest of it.</summary>
public sealed record OrderListing
{
    public required IReadOnlyList<OrderRow> Rows { get; init; }

    /// <summary>Where the page of newer orders begins; null when there are none.</summary>
    public required OrderCursor? Newer { get; init; }

    public required OrderCursor? Older { get; init; }

    /// <summary>
    /// How many lie behind each tab, one more than <see cref="OrderQueries.Most"/> when nobody counted on.
    /// </summary>
    public required IReadOnlyDictionary<OrderTab, int> Counts { get; init; }

    /// <summary>Sums per currency; null when too many match.</summary>
    public required IReadOnlyList<OrderTotal>? Totals { get; init; }

    public required DateTimeOffset ReadAt { get; init; }
}

/// <summary>An account that may be filtered by or imported into.</summary>
public sealed record AccountChoice(Guid Id, string Name, string Provider, IReadOnlyList<string> Currencies);

/// <summary>A provider's key, name and two letters.</summary>
public sealed record ProviderChoice(string Key, string Name, string Mark);

/// <summary>What filters can be set to.</summary>
public sealed record OrderChoices(IReadOnlyList<AccountChoice> Accounts, IReadOnlyList<ProviderChoice> Providers)
{
    public IReadOnlyList<string> Currencies { get; } =
        [.. Accounts.SelectMany(account => account.Currencies).Distinct().Order(StringComparer.Ordinal)];
}
