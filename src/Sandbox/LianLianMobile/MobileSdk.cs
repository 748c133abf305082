using System.Globalization;
using System.Text.Json;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>
/// Plays the control in the payer's phone (document 4.1): takes the merchant's signed order, pays or pre-authorises it
/// with a card, and gives back what the app would be told.
/// </summary>
sealed class MobileSdk(MobileLedger ledger, MobileAnswers answers, CallbackQueue callbacks, TimeProvider clock)
{
    static readonly string[] Needs =
        ["oid_partner", "busi_partner", "no_order", "dt_order", "money_order", "notify_url", "risk_item", "user_id"];

    /// <summary>The result for the app as JSON text; null when the order is no order of a known merchant.</summary>
    public string? Run(JsonElement signed, string cardNo, string mobile, bool isPreAuth)
    {
        if (MobileText.Flat(signed) is not { } fields
            || ledger.Merchant(fields.GetValueOrDefault("oid_partner", "")) is not { } merchant)
            return null;
        var request = new MobileRequest(fields, merchant);
        var now = clock.GetUtcNow();
        var refusal = Problem(request, fields, now);
        if (refusal is not null) return answers.Refuse(merchant, refusal, AnswerShape.Plain);
        if (MobileBanks.Find(cardNo) is not { } card)
            return answers.Refuse(merchant, new(MobileCodes.Unsupported), AnswerShape.Plain);

        var wanted = Wanted(request, now, isPreAuth);
        var (state, code) = MobileTriggers.PaymentEnd(wanted.Money);
        var agreement = ledger.Bind(merchant.OidPartner, wanted.UserId, cardNo, card, mobile, now);
        var refused = "";
        var order = ledger.Change(wanted.Key, standing =>
        {
            refused = Refusal(standing, wanted, now);
            return refused.Length > 0 ? null : wanted with
            {
                OidPaybill = standing?.OidPaybill ?? "",
                CreatedAt = standing?.CreatedAt ?? now,
                State = isPreAuth && state == MobileState.Paid ? MobileState.Authorised : state,
                PaidAt = state == MobileState.Paid ? now : null,
                Card = card,
                NoAgree = agreement.NoAgree,
                Memo = state == MobileState.Failed ? MobileCodes.MessageOf(code) : "",
            };
        });
        if (order is null) return answers.Refuse(merchant, new(refused), AnswerShape.Plain);
        if (order.State == MobileState.Paid)
        {
            callbacks.Add(
                MobileNotification.Provider, order.OidPartner, order.NoOrder, order.DtOrder, order.NotifyUrl);
        }
        return Result(order, merchant, code);
    }

    static MobileOrder Wanted(MobileRequest request, DateTimeOffset now, bool isPreAuth) => new()
    {
        OidPartner = request.Merchant.OidPartner,
        NoOrder = request["no_order"],
        DtOrder = request["dt_order"],
        Money = MobileText.ParseMoney(request["money_order"])!.Value,
        IsPreAuth = isPreAuth,
        BusiPartner = request["busi_partner"],
        InfoOrder = request["info_order"],
        NotifyUrl = request["notify_url"],
        UserId = request["user_id"],
        State = MobileState.Waiting,
        CreatedAt = now,
        ValidMinutes = int.TryParse(
            request["valid_order"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? minutes
            : MobileOrder.UsualMinutes,
    };

    static MobileRefusal? Problem(
        MobileRequest request, Dictionary<string, string> fields, DateTimeOffset now)
    {
        if (request.Merchant.Paused) return new(MobileCodes.Paused);
        if (!MobileSigning.Matches(request.Merchant, fields, "user_id", "ap_merchant_id"))
            return new(MobileCodes.Signature);
        if (Needs.FirstOrDefault(name => !MobileShapes.Fits(name, request[name])) is { } wrong)
            return new(MobileCodes.Parameter, wrong);
        if (!MobileText.IsPlain(request["name_goods"]) || !MobileText.IsPlain(request["info_order"]))
            return new(MobileCodes.Parameter, "info_order");
        if (!IsRiskItem(request["risk_item"])) return new(MobileCodes.Parameter, "risk_item");
        // Document 3.2: the merchant's clock may be a day off.
        return (MobileText.ParseTime(request["dt_order"]) - now)!.Value.Duration() > TimeSpan.FromDays(1)
            ? new(MobileCodes.Parameter, "dt_order")
            : null;
    }

    /// <summary>Document 6.2.1: one JSON object with these three at least.</summary>
    static bool IsRiskItem(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && ((string[])["frms_ware_category", "user_info_mercht_userno", "user_info_dt_register"]).All(
                    name => json.RootElement.TryGetProperty(name, out var value)
                        && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static string Refusal(MobileOrder? standing, MobileOrder wanted, DateTimeOffset now)
    {
        if (standing is null) return "";
        if (standing.Money != wanted.Money || standing.IsPreAuth != wanted.IsPreAuth
            || standing.UserId != wanted.UserId)
            return MobileCodes.OtherTerms;
        if (standing.IsExpired(now)) return MobileCodes.Expired;
        return standing.State switch
        {
            MobileState.Paid or MobileState.Authorised => MobileCodes.PaidAlready,
            MobileState.Processing => MobileCodes.Submitted,
            _ => "",
        };
    }

    string Result(MobileOrder order, MobileMerchant merchant, string code) => answers.Write(
        merchant,
        [
            new("ret_code", code, IsSigned: false),
            new("ret_msg", MobileCodes.MessageOf(code), IsSigned: false),
            .. MobileQueries.OrderFields(order, order.NoOrder),
            new("result_pay", order.State switch
            {
                MobileState.Paid or MobileState.Authorised => "SUCCESS",
                MobileState.Failed => "FAILURE",
                _ => "PROCESSING",
            }),
            new("agreementno", order.NoAgree, IsSigned: false),
        ],
        AnswerShape.Plain);
}
