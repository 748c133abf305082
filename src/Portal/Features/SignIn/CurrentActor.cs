using System.Security.Claims;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>Who uses the page. Pages hand the actor to commands and queries, which read the rights afresh.</summary>
public sealed class CurrentActor(
    AuthenticationStateProvider authentication, IDbContextFactory<PortalDb> factory, TimeProvider time)
{
    public async Task<Actor> GetAsync() => From((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>The rights at this instant, for showing and disabling; commands read them again.</summary>
    public async Task<Rights> RightsAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        return await Rights.ReadAsync(db, await GetAsync(), time.GetUtcNow());
    }

    /// <summary>The actor that a cookie names.</summary>
    public static Actor From(ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true
        ? new Actor(
            user.FindFirstValue(ClaimTypes.Name) ?? "",
            Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!),
            Guid.Parse(user.FindFirstValue("person")!),
            Guid.Parse(user.FindFirstValue("session")!))
        : Actor.Nobody;

    /// <summary>The claims of a session's cookie.</summary>
    public static ClaimsPrincipal ToPrincipal(Actor actor, string scheme) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, actor.Name),
            new(ClaimTypes.NameIdentifier, actor.UserId!.Value.ToString()),
            new("person", actor.PersonId!.Value.ToString()),
            new("session", actor.SessionId!.Value.ToString()),
        ],
        scheme));
}
