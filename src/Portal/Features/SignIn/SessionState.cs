using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>Looks every few seconds whether the session behind an open page still stands.</summary>
public sealed class SessionState(ILoggerFactory loggers, IServiceScopeFactory scopes, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var actor = CurrentActor.From(authenticationState.User);
        await using var scope = scopes.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<SignInCommands>();
        return actor is { UserId: { } user, SessionId: { } session } && await sessions.StandsAsync(user, session, time);
    }
}
