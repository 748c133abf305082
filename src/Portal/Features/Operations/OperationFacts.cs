using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What pages show of an operation.</summary>
public sealed record OperationFacts
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required Guid AccountId { get; init; }
    public required string Provider { get; init; }
    public required OperationKind Kind { get; init; }

    /// <summary>Null for transfers and cards.</summary>
    public required Guid? OrderId { get; init; }
    public required Money Amount { get; init; }
    public required string Payee { get; init; }
    public required string Target { get; init; }
    public required string Details { get; init; }
    public required Guid? BatchId { get; init; }
    public required int Needed { get; init; }
    public required int CoolingOffMinutes { get; init; }

    /// <summary>The persons whom the policy names; empty for everybody with the right.</summary>
    public required string ApproverIds { get; init; }
    public required string Reason { get; init; }
    public required string Comment { get; init; }
    public required Guid RequesterPersonId { get; init; }
    public required string RequesterName { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required OperationState State { get; init; }
    public required OperationStanding Standing { get; init; }
    public required DateTimeOffset StateAt { get; init; }
    public required string RawState { get; init; }
    public required string ProviderNumber { get; init; }
    public required string Problem { get; init; }
    public required DateTimeOffset NotBefore { get; init; }
    public required int Attempts { get; init; }
    public required int Questions { get; init; }
    public required DateTimeOffset? NextQuestionAt { get; init; }
    public required DateTimeOffset? SettleAfter { get; init; }
    public required DateTimeOffset? DisputedAt { get; init; }

    /// <summary>Sent back with a decision, so that only what was shown is decided on.</summary>
    public required int Version { get; init; }

    /// <summary>Digest of the terms that were shown.</summary>
    public required string TermsHash { get; init; }

    public static OperationFacts From(Operation row) => new()
    {
        Id = row.Id,
        Number = row.Number,
        AccountId = row.AccountId,
        Provider = row.Provider,
        Kind = row.Kind,
        OrderId = row.OrderId,
        Amount = row.Amount,
        Payee = row.Payee,
        Target = row.Target,
        Details = row.Details,
        BatchId = row.BatchId,
        Needed = row.Needed,
        CoolingOffMinutes = row.CoolingOffMinutes,
        ApproverIds = row.ApproverIds,
        Reason = row.Reason,
        Comment = row.Comment,
        RequesterPersonId = row.RequesterPersonId,
        RequesterName = row.RequesterName,
        RequestedAt = row.RequestedAt,
        DueAt = row.DueAt,
        State = row.State,
        Standing = OperationStandings.Of(row),
        StateAt = row.StateAt,
        RawState = row.RawState,
        ProviderNumber = row.ProviderNumber,
        Problem = row.Problem,
        NotBefore = row.NotBefore,
        Attempts = row.Attempts,
        Questions = row.Questions,
        NextQuestionAt = row.NextQuestionAt,
        SettleAfter = row.SettleAfter,
        DisputedAt = row.DisputedAt,
        Version = row.Version,
        TermsHash = row.TermsHash,
    };
}

/// <summary>An operation with the numbers of its order, for lists; they are empty where it is about none.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="OrderNumber">Our number of the order.</param>
/// <param name="ShopNumber">The shop's number of it.</param>
/// <param name="ProviderNumber">The provider's number of it.</param>
/// <param name="AccountName">What the team calls the account.</param>
/// <param name="Reviewer">Who decided; null while nobody has.</param>
public sealed record OperationLine(
    OperationFacts Operation, string OrderNumber, string ShopNumber, string? ProviderNumber, string AccountName,
    string? Reviewer);

/// <summary>What the actor may see.</summary>
internal static class OperationScope
{
    /// <summary>The operations of the accounts whose orders the rights show.</summary>
    public static IQueryable<Operation> SeenBy(this IQueryable<Operation> rows, Rights rights)
    {
        if (!rights.Allows(Permission.OrdersRead))
        {
            return rows.Where(_ => false);
        }

        return rights.AccountsFor(Permission.OrdersRead) is { } accounts
            ? rows.Where(row => accounts.Contains(row.AccountId))
            : rows;
    }
}
