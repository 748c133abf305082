using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Cases;

/// <summary>What happened at a provider that nobody asked for here.</summary>
public enum CaseKind
{
    /// <summary>Money went back to the payer.</summary>
    Refund,

    /// <summary>A held amount was taken.</summary>
    Capture,

    /// <summary>A held amount was let go.</summary>
    Void,
}

/// <summary>Where the news came from.</summary>
public enum CaseSource
{
    /// <summary>A notification or a question about the order.</summary>
    Order,

    /// <summary>A statement.</summary>
    Statement,
}

/// <summary>Whether somebody has explained it.</summary>
public enum CaseState
{
    Open,
    Closed,
}

/// <summary>
/// A fact from outside: a provider shows a movement on an order that no operation of ours accounts for. It stays open
/// until a person explains it, and no refund of the order is asked for meanwhile.
/// </summary>
public sealed class OutsideCase
{
    public Guid Id { get; init; }

    /// <summary>Our number: K, the day, six letters or digits.</summary>
    public string Number { get; init; } = "";

    public Guid AccountId { get; init; }
    public Guid OrderId { get; init; }
    public CaseKind Kind { get; init; }
    public CaseSource Source { get; init; }
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>The provider's own word for it. The same word about the same order is the same case.</summary>
    public string RawState { get; init; } = "";

    /// <summary>What our own operations on the order account for, minor units.</summary>
    public long OursMinor { get; init; }

    public string Currency { get; init; } = "";
    public CaseState State { get; set; }

    /// <summary>Code of the managed explanation; empty while open.</summary>
    public string Explanation { get; set; } = "";

    public string Comment { get; set; } = "";

    /// <summary>What went back outside the portal, as the person found; booked as refunded.</summary>
    public long OutsideMinor { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }
    public Guid? ClosedByPersonId { get; set; }
    public string ClosedBy { get; set; } = "";
    public int Version { get; set; }

    public Money Ours => new(OursMinor, CurrencyTable.Get(Currency));

    public Money Outside => new(OutsideMinor, CurrencyTable.Get(Currency));
}

/// <summary>How a case can be explained.</summary>
public static class CaseExplanations
{
    public static IReadOnlyList<string> Codes { get; } = ["Station", "Shop", "Dispute", "RanOut", "Mistake"];

    /// <summary>Those that can be so: only a hold runs out, and only what was paid is disputed.</summary>
    public static IEnumerable<string> Of(CaseKind kind) =>
        Codes.Where(code => code switch
        {
            "RanOut" => kind == CaseKind.Void,
            "Dispute" => kind == CaseKind.Refund,
            _ => true,
        });
}
