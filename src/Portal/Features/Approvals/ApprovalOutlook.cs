using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>What one request would meet if it were made now.</summary>
/// <param name="Rule">How many people, the time to recall it, the time to decide.</param>
/// <param name="Approvers">Names of the people who could approve it, delegates included.</param>
/// <param name="Most">How many approvals it could get at most.</param>
/// <param name="DecideBy">When it would expire.</param>
public sealed record ApprovalProspect(
    ApprovalRule Rule, IReadOnlyList<string> Approvers, int Most, DateTimeOffset DecideBy)
{
    /// <summary>Enough people could approve it.</summary>
    public bool IsPossible => Most >= Rule.Needed;
}

/// <summary>
/// What requests of one person on one account would meet, so that a dialog tells it for the amount being typed.
/// </summary>
public sealed class ApprovalOutlook(Func<OperationKind, Money, ApprovalProspect> at)
{
    /// <summary>The prospect of one request.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="amount">How much; nothing where no money moves.</param>
    public ApprovalProspect For(OperationKind kind, Money amount) => at(kind, amount);
}
