using Microsoft.AspNetCore.Identity;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>A sign-in. Several sign-ins may belong to one person; decisions count persons.</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>The person behind the sign-in.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The TOTP seed inside its envelope; null until enrolled.</summary>
    public byte[]? TotpSeed { get; set; }

    /// <summary>The last TOTP step that was accepted: a code is good once.</summary>
    public long LastTotpStep { get; set; }

    /// <summary>When and if the sign-in was closed.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Language chosen by the person, a culture name; empty follows the browser.</summary>
    public string Language { get; set; } = "";

    /// <summary>Time zone for display, an IANA name.</summary>
    public string Zone { get; set; } = "Asia/Shanghai";
}

/// <summary>A server-side session. A cookie without its row here is worth nothing.</summary>
public sealed class UserSession
{
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Absolute end, whatever happens in between.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Last action of the person, for the idle lock; kept to the minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Factors proven at sign-in, such as "password+totp".</summary>
    public string Factors { get; init; } = "";

    /// <summary>Address and browser as seen at sign-in, for the person's own list of sessions.</summary>
    public string Origin { get; init; } = "";
}
