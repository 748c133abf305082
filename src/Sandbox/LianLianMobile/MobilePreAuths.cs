using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>
/// Completing, cancelling and asking about pre-authorisations. An answer 0000 says that the work has begun; how it
/// ended is the code of a query's answer.
/// </summary>
sealed class MobilePreAuths(MobileLedger ledger, MobileAnswers answers, MobileQueries queries, TimeProvider clock)
{
    static readonly TimeSpan Held = TimeSpan.FromDays(30);

    public IEnumerable<MobileInterface> Describe()
    {
        string[] needs =
            ["oid_partner", "user_id", "pay_type", "api_version", "money_order", "no_order", "dt_order"];
        return
        [
            new(
                "preauth-complete", ["/traderapi/preauthComplete.htm"], needs, "money_order",
                (request, shape) => End(request, shape, isCancel: false)),
            new(
                "preauth-cancel", ["/traderapi/preauthCancel.htm"], needs, "money_order",
                (request, shape) => End(request, shape, isCancel: true)),
            new(
                "preauth-query",
                ["/queryapi/preauthquery.htm"],
                ["oid_partner", "pay_type", "api_version", "no_order", "dt_order"],
                "",
                Find),
        ];
    }

    /// <summary>The state in the provider's own code.</summary>
    public static string StateOf(MobileOrder order, DateTimeOffset now)
    {
        if (order.Capture is { } capture)
        {
            var end = now < capture.At + capture.Step ? "working" : capture.End;
            return (capture.IsCancel, end) switch
            {
                (false, "done") => "PR11",
                (false, "failed") => "PR13",
                (false, _) => "PR12",
                (true, "done") => "PR14",
                (true, "failed") => "PR16",
                _ => "PR15",
            };
        }
        if (order.IsExpired(now)) return "2006";
        return order.State switch
        {
            MobileState.Authorised => order.PaidAt + Held < now ? "2006" : "PR07",
            MobileState.Verifying => "PR08",
            MobileState.Processing => "PR09",
            MobileState.Failed => "PR10",
            _ => "2003",
        };
    }

    string End(MobileRequest request, AnswerShape shape, bool isCancel)
    {
        var now = clock.GetUtcNow();
        var money = MobileText.ParseMoney(request["money_order"])!.Value;
        var refusal = MobileCodes.NoOrder;
        var order = ledger.Change(request.OrderKey, standing =>
        {
            refusal = Refusal(standing, request, money, isCancel, now);
            return refusal.Length > 0 ? null : standing! with
            {
                Capture = standing.Capture is { } before
                    ? before with { Times = before.Times + 1 }
                    : new(isCancel, money, now, ledger.Step, MobileTriggers.CaptureEnd(money)),
            };
        });
        return order is null
            ? answers.Refuse(request.Merchant, new(refusal), shape)
            : answers.Done(request.Merchant, Fields(order, shape, money), shape);
    }

    static string Refusal(
        MobileOrder? order, MobileRequest request, long money, bool isCancel, DateTimeOffset now)
    {
        if (order is not { IsPreAuth: true }) return MobileCodes.NoOrder;
        if (order.UserId != request["user_id"]) return MobileCodes.NoUser;
        if (order.Capture is { } before)
            return request.Merchant.RedoesRepeats && before.IsCancel == isCancel ? "" : MobileCodes.Submitted;
        var state = StateOf(order, now);
        if (state != "PR07") return state == "2006" ? MobileCodes.Expired : MobileCodes.NotPaid;
        return money > order.Money || (isCancel && money != order.Money) ? MobileCodes.RefundAmount : "";
    }

    string Find(MobileRequest request, AnswerShape shape)
    {
        var now = clock.GetUtcNow();
        if (ledger.Find(request) is not { IsPreAuth: true } order || MobileQueries.IsTooNew(order, shape, now))
            return answers.Refuse(request.Merchant, new(MobileCodes.NoRecord), shape);
        var money = order.Capture?.Money ?? order.Money;
        return answers.Done(request.Merchant, Fields(order, shape, money), shape, StateOf(order, now));
    }

    IEnumerable<MobileField> Fields(MobileOrder order, AnswerShape shape, long money) => MobileQueries
        .OrderFields(order, queries.AnotherNo(order, shape))
        .Select(field => field.Name == "money_order" ? field with { Value = MobileText.Money(money) } : field);
}
