using System.Diagnostics.CodeAnalysis;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>An account that the actor may transfer from.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the team calls it.</param>
/// <param name="Provider">Its provider.</param>
public sealed record PayingAccount(Guid Id, string Name, ProviderDescriptor Provider);

/// <summary>What somebody needs to know to ask for a transfer to a payee who was looked at.</summary>
public sealed record TransferOffer
{
    public required Guid CheckId { get; init; }
    public required string AccountName { get; init; }
    public required ProviderDescriptor Provider { get; init; }
    public required string PayeeId { get; init; }
    public required string MaskedName { get; init; }

    /// <summary>Until when it can be asked for with this look.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The account's currencies, the usual one first, with what the day has used of each limit.</summary>
    public required IReadOnlyList<CurrencyStanding> Currencies { get; init; }

    /// <summary>Who could approve it and until when, by the amount.</summary>
    public required ApprovalOutlook Approval { get; init; }

    /// <summary>What a transfer of so much would meet; of the most that the day allows until it is known.</summary>
    public ApprovalProspect Prospect(Money? amount = null) =>
        Approval.For(OperationKind.Transfer, amount ?? Currencies[0].Most);
}

/// <summary>The limits of one currency.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Limits">Payee, requester, account.</param>
public sealed record CurrencyStanding(Currency Currency, IReadOnlyList<LimitStanding> Limits)
{
    /// <summary>The most that fits under every limit now.</summary>
    public Money Most => Limits.Select(limit => limit.Left).MinBy(left => left.Minor);
}

/// <summary>Everything the page of one transfer shows.</summary>
public sealed record TransferSheet : OperationSheet
{
    [SetsRequiredMembers]
    internal TransferSheet(OperationSheet common, TransferDetails details)
        : base(common) => (Title, Remark, Reference) = (details.Title, details.Remark, details.Reference);

    /// <summary>What the payee reads.</summary>
    public string Title { get; }
    public string Remark { get; }

    /// <summary>The requester's own reference; empty for none.</summary>
    public string Reference { get; }
}

/// <summary>One limit of one account, as the list of limits shows it.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="AccountName">What the team calls it.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="Scope">What is summed.</param>
/// <param name="Limit">How much may be asked for in a day.</param>
/// <param name="ChangedAt">When two people set it; null while the usual one holds.</param>
/// <param name="ChangedBy">Who; empty while the usual one holds.</param>
public sealed record LimitLine(
    Guid AccountId, string AccountName, ProviderDescriptor Provider, LimitScope Scope, Money Limit,
    DateTimeOffset? ChangedAt, string ChangedBy)
{
    /// <summary>The actor may propose another.</summary>
    public required bool MayChange { get; init; }
}
