using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>What the policy wants of one operation, fixed with its row when it is asked for.</summary>
/// <param name="Needed">How many people have to approve; at least one.</param>
/// <param name="CoolingOffMinutes">How long it can be recalled after the last approval.</param>
/// <param name="TimeToDecide">How long reviewers have before it expires.</param>
public sealed record ApprovalRule(int Needed, int CoolingOffMinutes, TimeSpan TimeToDecide)
{
    /// <summary>One second person, no cooling-off, a day.</summary>
    public static ApprovalRule Usual { get; } = new(1, 0, TimeSpan.FromHours(24));
}

/// <summary>Finds the rule that an operation is asked for under.</summary>
public sealed class ApprovalPolicies
{
    /// <summary>The rule for an operation of this kind, account and amount at this moment.</summary>
    public Task<ApprovalRule> ForAsync(PortalDb db, OperationKind kind, Account account, Money amount) =>
        Task.FromResult(ApprovalRule.Usual);
}
