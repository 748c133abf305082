using System.Text.Json;
using MerchantPortal.Sandbox.Control;
using MerchantPortal.Sandbox.Faults;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>One interface: its name in faults and calls, and what answers it.</summary>
sealed record LianLianGlobalInterface(
    string Name, Func<LianLianGlobalRequest, AnswerShape, LianLianGlobalAnswer> Answer);

/// <summary>
/// The gateway under /v3 and /v4: headers and signature first, then the interface; every answer is signed over its
/// whole body in the header signature.
/// </summary>
sealed class LianLianGlobalGateway(
    LianLianGlobalLedger ledger,
    PaymentInterfaces payments,
    RefundInterfaces refunds,
    FaultBoard faults,
    FaultyExchange exchange,
    CallLog calls,
    TimeProvider clock)
{
    const int MaxBytes = 64 * 1024;
    const string ContentType = "application/json;charset=UTF-8";
    static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(15);
    static readonly JsonElement NoBody = JsonDocument.Parse("{}").RootElement;

    public void Map(IEndpointRouteBuilder routes)
    {
        var create = new LianLianGlobalInterface("payment", payments.Create);
        var query = new LianLianGlobalInterface("payment-query", payments.Query);
        var cancel = new LianLianGlobalInterface("payment-cancel", payments.Cancel);
        var refund = new LianLianGlobalInterface("refund", refunds.Refund);
        var refundQuery = new LianLianGlobalInterface("refund-query", refunds.Query);
        foreach (var version in (string[])["v3", "v4"])
        {
            var group = routes.MapGroup($"/{version}/merchants/{{merchantId}}");
            group.MapPost("/payments", context => TakeAsync(context, create));
            group.MapGet("/payments/{id}", context => TakeAsync(context, query));
            group.MapGet("/payments/{id}/cancelpay", context => TakeAsync(context, cancel));
            group.MapPost("/payments/{id}/refunds", context => TakeAsync(context, refund));
            group.MapGet("/refunds/{id}", context => TakeAsync(context, refundQuery));
            routes.Map($"/{version}/{{**rest}}", context => TakeAsync(context, null));
        }
    }

    async Task TakeAsync(HttpContext context, LianLianGlobalInterface? known)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method);
        using var json = isGet ? null : await ReadAsync(context);
        var pairs = json is null ? null : LianLianGlobalSigning.Flatten(json.RootElement);
        var (merchantId, id) = (Routed(context, "merchantId"), Routed(context, "id"));
        if (known?.Name == "payment" && json is not null)
            id = LianLianGlobalText.Member(json.RootElement, "merchant_transaction_id", 64) ?? "";
        var merchant = ledger.Merchant(merchantId);
        var text = isGet ? LianLianGlobalSigning.TextOfIds(merchantId, id)
            : pairs is null ? null : LianLianGlobalSigning.Text(pairs);
        var isSigned = merchant is not null && text is not null
            && LianLianGlobalSigning.Matches(text, Header(context, "signature"), merchant.PublicKey);
        var name = known?.Name ?? "unknown";
        var fault = known is null ? null : faults.Take(
            LianLianGlobalNotification.Provider, name, id, CallKey(merchantId, id, json), TriggerOf(name, json));
        var call = new ReceivedCall
        {
            At = clock.GetUtcNow(),
            Provider = LianLianGlobalNotification.Provider,
            Interface = name,
            Path = context.Request.Path,
            Fields = (pairs ?? []).GroupBy(pair => pair.Name).ToDictionary(same => same.Key, same => same.Last().Value),
            SignatureValid = isSigned,
            FaultKind = fault?.Kind,
        };
        calls.Add(call);
        await exchange.RunAsync(
            context, call, fault, LianLianGlobalErrors.SystemBusy, shape => Write(context, merchant, shape, Judge()),
            ContentType);

        Func<AnswerShape, LianLianGlobalAnswer> Judge()
        {
            var refusal = known is null ? new("HTTP_NOT_FOUND")
                : MerchantFault(merchant)
                ?? HeaderFault(context)
                ?? (text is null ? LianLianGlobalAnswer.Invalid("body") : null)
                ?? (isSigned ? null : new LianLianGlobalAnswer("INVALID_SIGNATURE"));
            var request = new LianLianGlobalRequest(
                merchant!, id, json?.RootElement ?? NoBody, clock.GetUtcNow());
            return shape => refusal ?? known!.Answer(request, shape);
        }
    }

    string Write(
        HttpContext context, LianLianGlobalMerchant? merchant, AnswerShape shape,
        Func<AnswerShape, LianLianGlobalAnswer> answer)
    {
        var told = answer(shape);
        var code = LianLianGlobalErrors.Of(told.Code);
        var message = shape.WrongCharset ? AnswerShape.ForeignText
            : code.Message.Replace("{0}", told.About, StringComparison.Ordinal);
        // The clients for v3 read return_message, the document for v4 prints return_msg.
        var isV3 = context.Request.Path.StartsWithSegments("/v3", StringComparison.Ordinal);
        var body = LianLianGlobalText.Object(
            ("return_code", code.Code),
            (isV3 ? "return_message" : "return_msg", message),
            ("trace_id", $"{Guid.CreateVersion7():N}"));
        if (told.Code == "CUSTOMER_HAS_RESTRICTIONS") body["decline_code"] = "do_not_honor";
        if (told.Order is { } order && merchant is { FlatAnswers: true })
        {
            foreach (var (name, value) in order) body[name] = value?.DeepClone();
        }
        else if (told.Order is not null)
        {
            body["order"] = told.Order;
        }
        var text = body.ToJsonString(Journal.Json);
        var isUnsigned = merchant is { UnsignedErrors: true } && told.Code != LianLianGlobalAnswer.Success;
        context.Response.StatusCode = code.Status;
        context.Response.Headers["signature"] = isUnsigned
            ? default
            : LianLianGlobalSigning.OfBody(text, ledger.Keys(), shape.Signature);
        return text;
    }

    LianLianGlobalAnswer? HeaderFault(HttpContext context)
    {
        if (Header(context, "sign-type") is not ("" or "RSA")) return LianLianGlobalAnswer.Invalid("sign-type");
        var at = LianLianGlobalText.ParseTimestamp(Header(context, "timestamp"), Header(context, "timezone"));
        return at is { } told && (clock.GetUtcNow() - told).Duration() <= ClockTolerance
            ? null
            : LianLianGlobalAnswer.Invalid("timestamp");
    }

    static LianLianGlobalAnswer? MerchantFault(LianLianGlobalMerchant? merchant) => merchant switch
    {
        null => new("INVALID_MERCHANT"),
        { Inactive: true } => new("INACTIVE_MERCHANT"),
        { IpRefused: true } => new("IP_NOT_AUTHORIZED"),
        _ => null,
    };

    static Fault? TriggerOf(string name, JsonDocument? json)
    {
        if (json is null) return null;
        if (name == "payment")
        {
            return LianLianGlobalText.ParseAmount(LianLianGlobalText.Member(json.RootElement, "transaction_amount", 15))
                is { } ordered ? LianLianGlobalTriggers.FaultOfPayment(ordered) : null;
        }
        return json.RootElement.TryGetProperty("refund_data", out var data)
            && LianLianGlobalText.ParseAmount(LianLianGlobalText.Member(data, "refund_amount", 15)) is { } amount
            ? LianLianGlobalTriggers.FaultOfRefund(amount)
            : null;
    }

    // What stays the same when a caller sends the same thing again, so that chance is fair to repeats.
    static string CallKey(string merchantId, string id, JsonDocument? json) => string.Join(
        '/', merchantId, id,
        json is null ? "" : LianLianGlobalText.Member(json.RootElement, "merchant_transaction_id", 64) ?? "");

    static string Header(HttpContext context, string name) =>
        context.Request.Headers[name] is [{ } only] ? only : "";

    static string Routed(HttpContext context, string name) => $"{context.Request.RouteValues[name]}";

    /// <summary>The body as one JSON object sent as JSON; null for anything else.</summary>
    static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType()) return null;
        var bytes = new byte[MaxBytes + 1];
        var length = 0;
        while (length < bytes.Length)
        {
            var read = await context.Request.Body.ReadAsync(bytes.AsMemory(length), context.RequestAborted);
            if (read == 0) return LianLianGlobalSigning.Parse(bytes.AsMemory(0, length));
            length += read;
        }
        return null;
    }
}
