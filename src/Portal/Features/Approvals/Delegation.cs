namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>Somebody may approve in a reviewer's place for a time. Revoking is a date, not a deletion.</summary>
public sealed class Delegation
{
    public Guid Id { get; init; }

    /// <summary>The reviewer whose place it is.</summary>
    public Guid DelegatorPersonId { get; init; }

    public string DelegatorName { get; init; } = "";

    /// <summary>Who may take it.</summary>
    public Guid DelegatePersonId { get; init; }

    public string DelegateName { get; init; } = "";
    public DateTimeOffset From { get; init; }
    public DateTimeOffset Until { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public string AddedBy { get; init; } = "";
    public DateTimeOffset? RevokedAt { get; set; }
    public string RevokedBy { get; set; } = "";
}
