using System.Net;
using MerchantPortal.Sandbox.Control;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>One interface of the document: where it is, what it needs, and how it answers.</summary>
/// <param name="Needs">Fields that have to be there and of their form.</param>
/// <param name="Money">The field whose amount orders an outcome; empty where none does.</param>
sealed record MobileInterface(
    string Name,
    IReadOnlyList<string> Paths,
    IReadOnlyList<string> Needs,
    string Money,
    Func<MobileRequest, AnswerShape, string> Answer);

/// <summary>
/// The gateway's addresses. Each call is judged in this order: message, merchant, address of the caller, state of the
/// merchant, signature, permission, parameters; only then its own interface looks at it.
/// </summary>
sealed class MobileGateway(
    MobileLedger ledger,
    MobileAnswers answers,
    MobileQueries queries,
    MobileRefunds refunds,
    MobilePreAuths preAuths,
    FaultBoard faults,
    FaultyExchange exchange,
    CallLog calls,
    TimeProvider clock)
{
    const string ContentType = "application/json;charset=utf-8";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var known in (MobileInterface[])[.. queries.Describe(), .. refunds.Describe(), .. preAuths.Describe()])
        {
            foreach (var path in known.Paths)
                routes.MapPost(path, context => TakeAsync(context, known, path)).DisableAntiforgery();
        }
    }

    async Task TakeAsync(HttpContext context, MobileInterface known, string path)
    {
        var fields = await MobileText.ReadAsync(context.Request);
        var merchant = fields is null ? null : ledger.Merchant(fields.GetValueOrDefault("oid_partner", ""));
        var isSigned = merchant is not null && MobileSigning.Matches(merchant, fields!);
        var shown = (fields ?? []).Where(field => field.Key != "sign").ToDictionary(
            field => field.Key, field => field.Key == "card_no" ? Masked(field.Value) : field.Value);
        var money = MobileText.ParseMoney(shown.GetValueOrDefault(known.Money, ""));
        var fault = faults.Take(
            MobileNotification.Provider,
            known.Name,
            shown.GetValueOrDefault("no_order", ""),
            MobileSigning.Source(shown),
            money is { } fen ? MobileTriggers.FaultOf(fen) : null);
        var call = new ReceivedCall
        {
            At = clock.GetUtcNow(),
            Provider = MobileNotification.Provider,
            Interface = known.Name,
            Path = path,
            Fields = shown,
            SignatureValid = isSigned,
            FaultKind = fault?.Kind,
        };
        calls.Add(call);
        var caller = context.Connection.RemoteIpAddress;
        await exchange.RunAsync(
            context,
            call,
            fault,
            MobileCodes.SystemError,
            shape =>
            {
                if (fields is null) return MobileAnswers.Unsigned(MobileCodes.Malformed);
                if (merchant is null) return MobileAnswers.Unsigned(MobileCodes.UnknownMerchant);
                var request = new MobileRequest(fields, merchant);
                var refusal = Problem(known, request, isSigned, caller)
                    ?? (shape.Refusal is { } code ? new MobileRefusal(code) : null);
                return refusal is null ? known.Answer(request, shape) : answers.Refuse(merchant, refusal, shape);
            },
            ContentType);
    }

    static string Masked(string number) => number.Length > 4 ? "************" + number[^4..] : "";

    static MobileRefusal? Problem(MobileInterface known, MobileRequest request, bool isSigned, IPAddress? caller)
    {
        var merchant = request.Merchant;
        if (merchant.AllowedIps is { Count: > 0 } allowed && !allowed.Contains($"{caller?.MapToIPv4()}"))
            return new(MobileCodes.Ip);
        if (merchant.Paused) return new(MobileCodes.Paused);
        if (!isSigned) return new(MobileCodes.Signature);
        if (merchant.Barred?.Contains(known.Name) == true) return new(MobileCodes.Barred);
        return known.Needs.FirstOrDefault(name => !MobileShapes.Fits(name, request[name])) is { } wrong
            ? new(MobileCodes.Parameter, wrong)
            : null;
    }
}

/// <summary>The forms of fields (tables of document 4).</summary>
static class MobileShapes
{
    public static bool Fits(string name, string value) => name switch
    {
        "oid_partner" => value.Length == 18 && MobileText.IsDigits(value),
        "dt_order" or "dt_refund" => MobileText.ParseTime(value) is not null,
        "money_order" or "money_refund" => MobileText.ParseMoney(value) is not null,
        "no_order" or "no_refund" or "user_id" => value.Length is > 0 and <= 32 && MobileText.IsPlain(value),
        "card_no" => MobileBanks.IsCardNo(value),
        "no_agree" => value.Length == 16 && MobileText.IsDigits(value),
        "offset" => value.Length is > 0 and <= 8 && MobileText.IsDigits(value),
        "busi_partner" => value is "101001" or "109001",
        "pay_type" => value == "F",
        "api_version" => value == "1.0",
        _ => value.Length > 0,
    };
}

/// <summary>Amounts whose last two digits order a known outcome; README.md has the table.</summary>
static class MobileTriggers
{
    public static Fault? FaultOf(long fen) => (fen % 100) switch
    {
        71 => new Fault(FaultKind.Lost),
        72 => new Fault(FaultKind.Dropped),
        73 => new Fault(FaultKind.Error500Done),
        74 => new Fault(FaultKind.Refuse) { Code = MobileCodes.RefundFailed },
        79 => new Fault(FaultKind.WrongSignature),
        _ => null,
    };

    /// <summary>How a refund ends: done, failed, or never.</summary>
    public static string RefundEnd(long fen) => (fen % 100) switch { 75 => "3", 78 => "1", _ => "2" };

    /// <summary>How a capture or a cancellation ends.</summary>
    public static string CaptureEnd(long fen) => (fen % 100) switch { 75 => "failed", 78 => "working", _ => "done" };

    /// <summary>What the app's payment comes to: the order's state and the code of the result.</summary>
    public static (string State, string Code) PaymentEnd(long fen) => (fen % 100) switch
    {
        81 => (MobileState.Failed, MobileCodes.CardBalance),
        82 => (MobileState.Processing, MobileCodes.Processing),
        83 => (MobileState.Failed, MobileCodes.HighRisk),
        84 => (MobileState.Verifying, MobileCodes.Processing),
        _ => (MobileState.Paid, MobileCodes.Done),
    };
}
