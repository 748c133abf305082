using MerchantPortal.Sandbox.Control;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>The gateway's three addresses; one of them tells its interfaces apart by the version field.</summary>
sealed class AllinpayGateway(
    AllinpayLedger ledger,
    IEnumerable<AllinpayInterface> interfaces,
    FaultBoard faults,
    FaultyExchange exchange,
    CallLog calls,
    TimeProvider clock)
{
    public const string GatewayPath = "/gateway/index.do";
    public const string BatchQueryPath = "/mchtoq/index.do";
    public const string RefundQueryPath = "/mchtoq/refundQuery";

    readonly Dictionary<(string Path, string Version), AllinpayInterface> interfaces =
        interfaces.ToDictionary(known => (known.Path, known.Version));

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])[GatewayPath, BatchQueryPath, RefundQueryPath])
            routes.MapPost(path, context => TakeAsync(context, path)).DisableAntiforgery();
    }

    async Task TakeAsync(HttpContext context, string path)
    {
        var fields = context.Request.HasFormContentType
            ? AllinpayText.Single(await context.Request.ReadFormAsync(context.RequestAborted))
            : null;
        var known = interfaces.GetValueOrDefault((path, fields?.GetValueOrDefault("version") ?? ""));
        var request = new AllinpayRequest(
            fields ?? [], known?.SignedOrder ?? [], ledger.Merchant(fields?.GetValueOrDefault("merchantId") ?? ""));
        var name = known?.Name ?? "unknown";
        var fault = known is null ? null : faults.Take(
            AllinpayNotification.Provider, name, request["orderNo"], CallKey(request), TriggerOf(known, request));
        var call = new ReceivedCall
        {
            At = clock.GetUtcNow(),
            Provider = AllinpayNotification.Provider,
            Interface = name,
            Path = path,
            Fields = (fields ?? []).Where(field => field.Key != "signMsg").ToDictionary(),
            SignatureValid = request.SignatureValid,
            FaultKind = fault?.Kind,
        };
        calls.Add(call);
        await exchange.RunAsync(context, call, fault, AllinpayErrors.UnknownFailure, shape =>
            known is not null
                ? known.Answer(request, shape)
                : AllinpayErrors.Gateway(
                    fields is null ? AllinpayErrors.Malformed : AllinpayErrors.Version, request.Merchant));
    }

    static Fault? TriggerOf(AllinpayInterface known, AllinpayRequest request) =>
        known.Name == "refund" && AllinpayText.ParseAmount(request["refundAmount"]) is { } amount
            ? AmountTriggers.FaultOf(amount)
            : null;

    // What stays the same when a caller sends the same thing again, so that chance is fair to repeats.
    static string CallKey(AllinpayRequest request) => string.Join(
        '/',
        request["merchantId"],
        request["orderNo"],
        request["mchtRefundOrderNo"],
        request["refundAmount"],
        request["beginDateTime"],
        request["pageNo"]);
}
