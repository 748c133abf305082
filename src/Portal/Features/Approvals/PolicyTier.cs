using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>
/// One line of the approval policy: what is asked for under it needs so many people. Lines are added and retired, never
/// changed, so that it stays known under which an operation was asked for.
/// </summary>
public sealed class PolicyTier
{
    public Guid Id { get; init; }

    /// <summary>The kind it is for; null for all.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>The provider it is for; empty for all.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The currency it is for; empty for all, and then from any amount.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The least amount it is for, in minor units.</summary>
    public long FromMinor { get; init; }

    /// <summary>How many people have to approve.</summary>
    public int Needed { get; init; }

    /// <summary>How long it can be recalled after the last approval.</summary>
    public int CoolingOffMinutes { get; init; }

    /// <summary>How long reviewers have.</summary>
    public int HoursToDecide { get; init; }

    /// <summary>
    /// The persons who may approve, ids of 32 letters parted by commas; empty for everybody with the right.
    /// </summary>
    public string ApproverIds { get; init; } = "";

    /// <summary>What it wants of an operation.</summary>
    public ApprovalRule Rule =>
        new(Needed, CoolingOffMinutes, TimeSpan.FromHours(HoursToDecide)) { ApproverIds = ApproverIds };

    public DateTimeOffset AddedAt { get; init; }
    public string AddedBy { get; init; } = "";
    public DateTimeOffset? RetiredAt { get; set; }
    public string RetiredBy { get; set; } = "";
}
