using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>A cookie counts only while its session row stands: signing out, idling and closing act at once.</summary>
public sealed class SessionCookieEvents(SignInCommands sessions, TimeProvider time) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var actor = context.Principal is { } principal ? CurrentActor.From(principal) : Data.Actor.Nobody;
        if (actor is not { UserId: { } user, SessionId: { } session }
            || !await sessions.StandsAsync(user, session, time))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }

    /// <summary>A file that somebody may not have; pages say themselves which right is missing.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
