using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>
/// Notes what a person does, for the idle lock. Only events of the page count: the connection's own keep-alive would
/// keep a forgotten page open for ever.
/// </summary>
public sealed class SessionActivity(
    AuthenticationStateProvider authentication, SignInCommands sessions, TimeProvider time) : CircuitHandler
{
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);
    private long lastNoted;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        await NoteAsync();
        await next(context);
    };

    private async Task NoteAsync()
    {
        var last = Interlocked.Read(ref lastNoted);
        if (last != 0 && time.GetElapsedTime(last) < Grain)
        {
            return;
        }

        Interlocked.Exchange(ref lastNoted, time.GetTimestamp());
        if (CurrentActor.From((await authentication.GetAuthenticationStateAsync()).User) is { SessionId: { } session })
        {
            await sessions.TouchAsync(session);
        }
    }
}
