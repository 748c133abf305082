using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>What the transfers of one day are summed by. All three are counted within one account.</summary>
public enum LimitScope
{
    /// <summary>To one payee.</summary>
    Payee,

    /// <summary>By one requester.</summary>
    Requester,

    /// <summary>From the account.</summary>
    Account,
}

/// <summary>
/// How much may be asked for in a day. Changed only by two people; without a row the usual one holds.
/// </summary>
public sealed class TransferLimit
{
    public Guid AccountId { get; init; }
    public LimitScope Scope { get; init; }
    public string Currency { get; init; } = "";

    /// <summary>Minor units; 0 lets nothing through.</summary>
    public long Minor { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Who asked for it and who confirmed it.</summary>
    public string ChangedBy { get; set; } = "";

    /// <summary>What holds where nobody has set anything: never boundless.</summary>
    public static Money Usual(LimitScope scope, Currency currency) => new(
        Enumerable.Repeat(10L, currency.Exponent).Aggregate(Whole(scope), (minor, ten) => minor * ten), currency);

    private static long Whole(LimitScope scope) => scope switch
    {
        LimitScope.Payee => 10_000,
        LimitScope.Requester => 50_000,
        _ => 200_000,
    };
}

/// <summary>
/// The row that every request of an account and day locks before sums are read, so that two at once cannot each see
/// room that is there for one.
/// </summary>
public sealed class TransferDay
{
    public Guid AccountId { get; init; }

    /// <summary>The day in the provider's zone.</summary>
    public DateOnly Day { get; init; }

    /// <summary>How many were asked for.</summary>
    public int Asked { get; init; }
}

/// <summary>A limit and what the day has used of it.</summary>
/// <param name="Scope">What is summed.</param>
/// <param name="Limit">How much may be asked for.</param>
/// <param name="Used">What was asked for and not turned down or proven not done.</param>
public sealed record LimitStanding(LimitScope Scope, Money Limit, Money Used)
{
    /// <summary>What is left; never below nothing.</summary>
    public Money Left => Limit.Minor > Used.Minor ? Limit - Used : new(0, Limit.Currency);
}
