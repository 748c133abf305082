using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.Control;

/// <summary>What every provider shares: faults on order, calls received, notifications tried, reset, clock.</summary>
static class ControlEndpoints
{
    /// <summary>Where redirect faults point by default; whatever arrives here followed a redirect.</summary>
    public const string RedirectTarget = "/control/redirect-target";

    public static void MapControl(this WebApplication app, SandboxOptions options)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal),
            control => control.Use(ExplainAsync));
        var routes = app.MapGroup("/control");
        routes.MapGet("/health", () => "ok");
        routes.MapGet("/clock", (TimeProvider clock) => new { now = clock.GetUtcNow(), scale = options.ClockScale });
        routes.MapPost("/faults", (FaultOrder order, FaultBoard faults) => order.Problem() is { } problem
            ? Results.BadRequest(new { error = problem })
            : Results.Ok(new { id = faults.Order(order) }));
        routes.MapGet("/faults", (FaultBoard faults) => faults.Standing());
        routes.MapDelete("/faults", (FaultBoard faults) => faults.Clear());
        routes.MapGet("/calls", (CallLog calls, string? @interface) => calls.Read(@interface));
        routes.MapGet("/callbacks", (CallbackQueue callbacks) => callbacks.Attempts());
        routes.MapGet("/notification", WriteNotification);
        routes.MapPost("/reset", (SandboxLedger ledger, FaultBoard faults, CallLog calls) =>
        {
            ledger.Reset();
            faults.Reset();
            calls.Clear();
        });
        routes.Map("/redirect-target", (HttpContext context, CallLog calls, TimeProvider clock) =>
            RecordRedirected(context, calls, clock));
    }

    /// <summary>The notification of an order or refund as it would be sent now.</summary>
    static IResult WriteNotification(
        string provider, string merchantId, string orderNo, string orderDatetime, IEnumerable<CallbackRules> rules)
    {
        var callback = new Callback
        {
            Id = 0,
            Provider = provider,
            MerchantId = merchantId,
            OrderNo = orderNo,
            OrderDatetime = orderDatetime,
            Url = "",
        };
        var rule = rules.FirstOrDefault(rule => rule.Provider == provider);
        return rule?.Write(callback, AnswerShape.Plain) is { } text
            ? Results.Text(text, rule.ContentType)
            : Results.NotFound();
    }

    static async Task<string> RecordRedirected(HttpContext context, CallLog calls, TimeProvider clock)
    {
        var fields = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        calls.Add(new ReceivedCall
        {
            At = clock.GetUtcNow(),
            Provider = "none",
            Interface = "redirect-target",
            Path = RedirectTarget,
            Fields = (fields ?? FormCollection.Empty).ToDictionary(field => field.Key, field => $"{field.Value}"),
            SignatureValid = false,
            Answered = true,
        });
        return "a redirect was followed";
    }

    static async Task ExplainAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException wrong)
        {
            context.Response.StatusCode = wrong.StatusCode;
            await context.Response.WriteAsJsonAsync(new { error = wrong.InnerException?.Message ?? wrong.Message });
        }
    }
}
