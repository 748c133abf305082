using MerchantPortal.Sandbox.Control;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>One interface of the document.</summary>
/// <param name="Name">Its name in faults and calls.</param>
/// <param name="Method">The method parameter.</param>
/// <param name="Number">The member of biz_content that faults find it by.</param>
/// <param name="System">Its code for a fault of the system's own.</param>
/// <param name="Answer">Does the work and answers.</param>
sealed record BgcPayInterface(
    string Name, string Method, string Number, string System, Func<BgcPayCall, AnswerShape, BgcPayAnswer> Answer)
{
    /// <summary>The faults that an amount orders.</summary>
    public Func<BgcPayCall, Fault?> Trigger { get; init; } = _ => null;

    public string Wrapper => Method.Replace('.', '_') + "_response";
}

/// <summary>The gateway's one address; the method parameter tells the interfaces apart.</summary>
sealed class BgcPayGateway(
    BgcPayLedger ledger,
    IEnumerable<BgcPayInterface> interfaces,
    FaultBoard faults,
    FaultyExchange exchange,
    CallLog calls,
    TimeProvider clock)
{
    public const string Path = "/gateway.do";
    const string ErrorWrapper = "error_response";
    const int MaxUrl = 256;

    readonly Dictionary<string, BgcPayInterface> interfaces = interfaces.ToDictionary(known => known.Method);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (RequestDelegate)TakeAsync).DisableAntiforgery();

    async Task TakeAsync(HttpContext context)
    {
        var parameters = await BgcPayParameters.ReadAsync(context.Request, context.RequestAborted);
        var app = ledger.App(parameters["app_id"]);
        var known = interfaces.GetValueOrDefault(parameters["method"]);
        var refusal = Fault(parameters, app, known);
        var call = refusal is null
            ? new BgcPayCall(app!, BgcPayCall.Members(parameters["biz_content"])!, NotifyUrl(parameters))
            : null;
        var name = known?.Name ?? "unknown";
        var number = call is null ? "" : call[known!.Number];
        var key = $"{parameters["app_id"]}/{number}/{parameters["biz_content"]}";
        var fault = known is null
            ? null
            : faults.Take(BgcPayNotification.Provider, name, number, key, call is null ? null : known.Trigger(call));
        var received = new ReceivedCall
        {
            At = clock.GetUtcNow(),
            Provider = BgcPayNotification.Provider,
            Interface = name,
            Path = Path,
            Fields = parameters.All.Where(field => field.Key != "sign").ToDictionary(),
            SignatureValid = app is not null && BgcPaySigning.Matches(parameters.Source, parameters["sign"], app),
            FaultKind = fault?.Kind,
        };
        calls.Add(received);
        await exchange.RunAsync(
            context,
            received,
            fault,
            known?.System ?? BgcPayErrors.GatewayUnknown,
            shape => BgcPayText.Write(
                call is null ? BgcPayErrors.Answer(refusal!)
                    : shape.Refusal is { } code ? BgcPayErrors.Answer(code)
                    : known!.Answer(call, shape),
                known?.Wrapper ?? ErrorWrapper,
                app,
                shape),
            BgcPayText.JsonType);
    }

    /// <summary>What is wrong with the common parameters, in the order of the document's table.</summary>
    static string? Fault(BgcPayParameters given, BgcPayApp? app, BgcPayInterface? known) =>
        Missing(given, app) ?? Invalid(given, app, known) ?? (
            !BgcPaySigning.Matches(given.Source, given["sign"], app!) ? BgcPayErrors.InvalidSignature
            : BgcPayCall.Members(given["biz_content"]) is null ? BgcPayErrors.InvalidParameter
            : app!.Refusals.GetValueOrDefault(known!.Method));

    static string? Missing(BgcPayParameters given, BgcPayApp? app) =>
        given["method"].Length == 0 ? BgcPayErrors.MissingMethod
        : given["sign"].Length == 0 ? BgcPayErrors.MissingSignature
        : app is { RequireAll: true } && given["sign_type"].Length == 0 ? BgcPayErrors.MissingSignatureType
        : given["app_id"].Length == 0 ? BgcPayErrors.MissingAppId
        : given["timestamp"].Length == 0 ? BgcPayErrors.MissingTimestamp
        : app is { RequireAll: true } && given["version"].Length == 0 ? BgcPayErrors.MissingVersion
        : null;

    static string? Invalid(BgcPayParameters given, BgcPayApp? app, BgcPayInterface? known) =>
        given.Repeated || known is null ? BgcPayErrors.InvalidParameter
        : !IsOneOf(given["format"], "JSON") ? BgcPayErrors.InvalidFormat
        : !IsOneOf(given["sign_type"], "MD5") ? BgcPayErrors.InvalidSignatureType
        : !IsOneOf(given["charset"], "UTF-8") ? BgcPayErrors.InvalidCharset
        : app is null ? BgcPayErrors.InvalidAppId
        : app.Md5Key.Length == 0 ? BgcPayErrors.MissingKey
        : !BgcPayText.IsTime(given["timestamp"]) ? BgcPayErrors.InvalidTimestamp
        : !IsOneOf(given["version"], "1.0") || !IsOneOf(given["lang"], "en", "zh-Hans", "zh-Hant")
            || !IsAddress(given["notify_url"]) || !IsAddress(given["return_url"]) ? BgcPayErrors.InvalidParameter
        : null;

    static bool IsOneOf(string value, params string[] choices) =>
        value.Length == 0 || choices.Contains(value, StringComparer.OrdinalIgnoreCase);

    static bool IsAddress(string value) => value.Length == 0 || (value.Length <= MaxUrl
        && Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");

    static string? NotifyUrl(BgcPayParameters given) =>
        given["notify_url"] is { Length: > 0 } url ? url : null;
}
