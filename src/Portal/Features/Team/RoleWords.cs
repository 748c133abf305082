using MerchantPortal.Portal.Security;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Team;

/// <summary>What roles may do, in words.</summary>
internal static class RoleWords
{
    /// <summary>The rights of a role as one sentence.</summary>
    public static string May(Role role, IStringLocalizer texts) =>
        string.Join(texts["may.comma"], Roles.Of(role).Select(permission => texts[$"may.{permission}"].Value));
}

/// <summary>A link that was just made and is shown this once.</summary>
public sealed record FreshLink(string Email, string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Roles that came with the invitation and wait for a second person.</summary>
    public IReadOnlyList<WaitingRole> Waiting { get; init; } = [];
}
