using System.Globalization;
using System.Text;
using MerchantPortal.Sandbox.Control;

namespace MerchantPortal.Sandbox.Faults;

/// <summary>Runs one call of a provider's interface and answers it, well or as badly as the fault says.</summary>
sealed class FaultyExchange(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    const string Html = "text/html;charset=UTF-8";
    const int OversizedBytes = 1024 * 1024;
    static readonly TimeSpan HoldOpen = TimeSpan.FromSeconds(60);
    static readonly TimeSpan LateBy = TimeSpan.FromSeconds(5);
    static readonly TimeSpan DripEvery = TimeSpan.FromSeconds(1);

    /// <summary>What an oversized message ends with: one field more in a form, blanks behind JSON.</summary>
    public static string Padding(string contentType) => contentType.Contains("json", StringComparison.Ordinal)
        ? new string(' ', OversizedBytes)
        : "&padding=" + new string('x', OversizedBytes);

    /// <param name="perform">Does the call's work and writes the answer in the shape asked for.</param>
    public async Task RunAsync(
        HttpContext context, ReceivedCall call, Fault? fault, string unknownCode, Func<AnswerShape, string> perform,
        string contentType = Html)
    {
        // The provider's clock, not the machine's: callers measure their own offset by it.
        context.Response.Headers.Date = clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var delay = fault?.Delay;
        switch (fault?.Kind)
        {
            case FaultKind.Dropped:
                context.Abort();
                return;
            case FaultKind.Error500:
                await WriteHtmlAsync(context, StatusCodes.Status500InternalServerError, call);
                return;
            case FaultKind.Redirect307:
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = fault.Location ?? ControlEndpoints.RedirectTarget;
                call.Answered = true;
                return;
            case FaultKind.Late when fault.BeforeEffect:
                // A caller that gave up is no reason to stop: this is how a request takes effect after a timeout.
                if (!await WaitAsync(delay ?? LateBy, lifetime.ApplicationStopping)) return;
                break;
        }

        var shape = AnswerShape.Of(fault);
        var done = fault is not { BeforeEffect: true } || fault.Kind == FaultKind.Late;
        var text = done ? perform(shape) : "";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        switch (fault?.Kind)
        {
            case FaultKind.Lost:
                await WaitAsync(delay ?? HoldOpen, ended.Token);
                context.Abort();
                return;
            case FaultKind.ResetAfter:
                context.Abort();
                return;
            case FaultKind.Error500Done:
                await WriteHtmlAsync(context, StatusCodes.Status500InternalServerError, call);
                return;
            case FaultKind.Html200:
                await WriteHtmlAsync(context, StatusCodes.Status200OK, call);
                return;
            case FaultKind.UnknownDone:
                text = perform(shape with { Refusal = unknownCode });
                break;
            case FaultKind.Late when !fault.BeforeEffect:
                if (!await WaitAsync(delay ?? LateBy, ended.Token)) return;
                break;
        }
        call.Answered = await WriteAsync(context, shape.Charset.GetBytes(text), contentType, fault, ended.Token);
    }

    /// <returns>Whether the whole answer left.</returns>
    async Task<bool> WriteAsync(
        HttpContext context, byte[] body, string contentType, Fault? fault, CancellationToken ended)
    {
        context.Response.ContentType = contentType;
        switch (fault?.Kind)
        {
            case FaultKind.SlowDrip:
                context.Response.ContentLength = body.Length;
                for (var i = 0; i < body.Length; i++)
                {
                    await context.Response.Body.WriteAsync(body.AsMemory(i, 1), ended);
                    await context.Response.Body.FlushAsync(ended);
                    if (!await WaitAsync(fault.Delay ?? DripEvery, ended)) return false;
                }
                return true;
            case FaultKind.CutOff:
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), ended);
                await context.Response.Body.FlushAsync(ended);
                context.Abort();
                return false;
            case FaultKind.Empty200:
                body = [];
                break;
            case FaultKind.Truncated:
                body = body[..(body.Length / 2)];
                break;
            case FaultKind.Oversized:
                body = [.. body, .. Encoding.ASCII.GetBytes(Padding(contentType))];
                break;
        }
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, ended);
        return true;
    }

    static async Task WriteHtmlAsync(HttpContext context, int status, ReceivedCall call)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Html;
        await context.Response.WriteAsync(
            "<html><head><title>Gateway</title></head><body><h1>系统繁忙</h1></body></html>", Encoding.UTF8);
        call.Answered = true;
    }

    async Task<bool> WaitAsync(TimeSpan delay, CancellationToken ended)
    {
        await Task.Delay(delay, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }
}
