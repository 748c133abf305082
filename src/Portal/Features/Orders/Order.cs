using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>How an order came to us.</summary>
public enum OrderSource
{
    Import,
    Statement,
    Notification,
}

/// <summary>A payment order of one account.</summary>
public sealed class Order
{
    public Guid Id { get; init; }

    /// <summary>Our number: P, two digits each of year, month and day, six letters or digits.</summary>
    public string Number { get; init; } = "";

    public Guid AccountId { get; init; }
    public string Provider { get; init; } = "";

    /// <summary>The shop's number, which the provider knows it by.</summary>
    public string MerchantNumber { get; init; } = "";

    /// <summary>The provider's number; null until the provider has told it.</summary>
    public string? ProviderNumber { get; set; }

    public DateTimeOffset OrderedAt { get; init; }
    public long AmountMinor { get; init; }
    public string Currency { get; init; } = "";
    public OrderState State { get; set; }

    /// <summary>The provider's own word for the state; empty until the provider has told one.</summary>
    public string RawState { get; set; } = "";

    public string Method { get; set; } = "";

    /// <summary>The payer's name as it may be shown; empty when nobody told it.</summary>
    public string Payer { get; set; } = "";

    /// <summary>What the shop says of it ("shipped"); ours to show, never to decide on.</summary>
    public string ShopState { get; set; } = "";

    public DateTimeOffset? PaidAt { get; set; }
    public OrderSource Source { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When the provider was last asked about it.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>When the provider is to be asked about it next; null when nothing is open.</summary>
    public DateTimeOffset? NextQuestionAt { get; set; }

    public int Questions { get; set; }

    public int Version { get; set; }

    public Money Amount => new(AmountMinor, CurrencyTable.Get(Currency));

    public OrderReference Reference => new(MerchantNumber, OrderedAt, ProviderNumber);
}

/// <summary>
/// What is paid, gone back and set aside on an order. Its check constraint is the last line against refunding more
/// than was paid, whatever the interleaving.
/// </summary>
public sealed class OrderBalance
{
    public Guid OrderId { get; init; }
    public long Paid { get; init; }
    public long Refunded { get; init; }
    public long Reserved { get; init; }

    /// <summary>What can still be asked for.</summary>
    public long Refundable => Paid - Refunded - Reserved;
}

/// <summary>A file of orders that was read in.</summary>
public sealed class ImportRun
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset At { get; init; }
    public string By { get; init; } = "";
    public string FileName { get; init; } = "";

    /// <summary>SHA-256 of the file, hex; the same file is not read twice for an account.</summary>
    public string Sha256 { get; init; } = "";

    public int Lines { get; init; }
    public int Added { get; init; }
    public int Known { get; init; }
    public int Quarantined { get; init; }
}

/// <summary>A line of an import that could not be taken, kept with its text and the reason.</summary>
public sealed class QuarantinedLine
{
    public Guid Id { get; init; }
    public Guid RunId { get; init; }
    public int LineNumber { get; init; }
    public string Text { get; init; } = "";

    /// <summary>Key of the reason's text.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The value that the reason is about.</summary>
    public string Value { get; init; } = "";
}
