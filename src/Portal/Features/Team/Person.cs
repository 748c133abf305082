using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>A human being. Four eyes are counted here, not by sign-ins.</summary>
public sealed class Person
{
    public Guid Id { get; init; }

    /// <summary>The name as the person writes it: "陈伟 Chen Wei".</summary>
    public string Name { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
}

/// <summary>A role given to a sign-in, for one account or for all. Taking it away is a date, not a deletion.</summary>
public sealed class RoleGrant
{
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public Role Role { get; init; }

    /// <summary>The account it holds for; null for all.</summary>
    public Guid? AccountId { get; init; }

    public DateTimeOffset GrantedAt { get; init; }
    public string GrantedBy { get; init; } = "";

    /// <summary>From when on the role's money rights count.</summary>
    public DateTimeOffset MoneyFrom { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
    public string RevokedBy { get; set; } = "";
}

/// <summary>A one-time link that lets a new person set a password and a second factor.</summary>
public sealed class SetupLink
{
    public Guid Id { get; init; }

    /// <summary>SHA-256 of the token; the token itself is shown once and kept nowhere.</summary>
    public byte[] TokenHash { get; init; } = [];

    /// <summary>The sign-in it sets up; null for the first admin, who does not exist yet.</summary>
    public Guid? UserId { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
