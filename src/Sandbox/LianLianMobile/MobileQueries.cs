using System.Globalization;
using System.Text.Json.Nodes;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>Order query (document 4.3), card BIN (4.4), signed cards (4.5) and unbinding (4.6).</summary>
sealed class MobileQueries(MobileLedger ledger, MobileAnswers answers, TimeProvider clock)
{
    public IEnumerable<MobileInterface> Describe() =>
    [
        new("order-query", ["/queryapi/orderquery.htm"], ["oid_partner"], "", FindOrder),
        new(
            "card-bin",
            ["/queryapi/bankcardquery.htm", "/queryapi/bankcardbin.htm"],
            ["oid_partner", "card_no"],
            "",
            FindCard),
        new(
            "signed-cards",
            ["/queryapi/userbankcard.htm", "/queryapi/bankcardbindlist.htm"],
            ["oid_partner", "user_id", "offset"],
            "",
            ListCards),
        new("unbind", ["/traderapi/bankcardunbind.htm"], ["oid_partner", "user_id", "no_agree"], "", Unbind),
    ];

    string FindOrder(MobileRequest request, AnswerShape shape)
    {
        var now = clock.GetUtcNow();
        var version = request["query_version"];
        if (request["oid_paybill"].Length == 0 && !MobileShapes.Fits("no_order", request["no_order"]))
            return answers.Refuse(request.Merchant, new(MobileCodes.Parameter, "no_order"), shape);
        if (version is not ("" or "1.0" or "1.1"))
            return answers.Refuse(request.Merchant, new(MobileCodes.Parameter, "query_version"), shape);
        if (ledger.Find(request) is not { } order || IsTooNew(order, shape, now))
            return answers.Refuse(request.Merchant, new(MobileCodes.NoRecord), shape);

        List<MobileField> fields =
        [
            new("result_pay", ResultOf(order, now)),
            .. OrderFields(order, AnotherNo(order, shape)),
            new("pay_type", order.Card?.CardType ?? ""),
            new("bank_code", order.Card?.BankCode ?? ""),
        ];
        if (version == "1.1")
        {
            fields.Add(new("bank_name", order.Card?.BankName ?? "", IsSigned: false));
            fields.Add(new("card_no", order.Card?.Masked ?? "", IsSigned: false));
            fields.Add(new("memo", order.Memo, IsSigned: !request.Merchant.MemoUnsigned));
        }
        return answers.Done(request.Merchant, fields, shape);
    }

    string FindCard(MobileRequest request, AnswerShape shape) => MobileBanks.Find(request["card_no"]) is { } card
        ? answers.Done(
            request.Merchant,
            [
                new("oid_partner", request.Merchant.OidPartner),
                new("card_no", request["card_no"]),
                new("bank_code", card.BankCode),
                new("bank_name", card.BankName),
                new("card_type", card.CardType),
            ],
            shape)
        : answers.Refuse(request.Merchant, new(MobileCodes.CardBin), shape);

    string ListCards(MobileRequest request, AnswerShape shape)
    {
        if (request["pay_type"] is not ("" or MobileBanks.Debit or MobileBanks.Credit))
            return answers.Refuse(request.Merchant, new(MobileCodes.Parameter, "pay_type"), shape);
        var card = request["card_no"].Length > 0 ? MobileBanks.Digest(request["card_no"]) : null;
        var page = ledger.Agreements(request.Merchant.OidPartner, request["user_id"])
            .Where(row => request["pay_type"].Length == 0 || row.Card.CardType == request["pay_type"])
            .Where(row => request["no_agree"].Length == 0 || row.NoAgree == request["no_agree"])
            .Where(row => card is null || row.CardDigest == card)
            .Skip(int.Parse(request["offset"], CultureInfo.InvariantCulture))
            .Take(request.Merchant.PageSize)
            .ToList();
        if (page.Count == 0) return answers.Refuse(request.Merchant, new(MobileCodes.NoRecord), shape);
        return answers.Done(
            request.Merchant,
            [
                new("user_id", shape.OtherOrder ? request["user_id"] + "9" : request["user_id"]),
                new("count", page.Count.ToString(CultureInfo.InvariantCulture)),
            ],
            shape,
            list: new JsonArray([.. page.Select(Row)]));
    }

    static JsonObject Row(MobileAgreement row) => new()
    {
        ["no_agree"] = row.NoAgree,
        ["card_no"] = row.Card.LastFour,
        ["bank_code"] = row.Card.BankCode,
        ["bank_name"] = row.Card.BankName,
        ["card_type"] = row.Card.CardType,
        ["bind_mobile"] = row.BindMobile,
    };

    string Unbind(MobileRequest request, AnswerShape shape)
    {
        var partner = request.Merchant.OidPartner;
        if (!request.Merchant.RedoesRepeats && ledger.Agreements(partner, request["user_id"]).Count == 0)
            return answers.Refuse(request.Merchant, new(MobileCodes.NoUser), shape);
        return ledger.Unbind(partner, request["user_id"], request["no_agree"])
            ? answers.Done(request.Merchant, [], shape)
            : answers.Refuse(request.Merchant, new(MobileCodes.UnbindFailed), shape);
    }

    /// <summary>What every answer about an order says of it.</summary>
    public static IEnumerable<MobileField> OrderFields(MobileOrder order, string noOrder) =>
    [
        new("oid_partner", order.OidPartner),
        new("dt_order", order.DtOrder),
        new("no_order", noOrder),
        new("oid_paybill", order.OidPaybill),
        new("money_order", MobileText.Money(order.Money)),
        new("settle_date", order.PaidAt is { } paid ? MobileText.Day(paid) : ""),
        new("info_order", order.InfoOrder),
    ];

    /// <summary>The order's own number, or some other's when the answer is to belong to another call.</summary>
    public string AnotherNo(MobileOrder order, AnswerShape shape) => !shape.OtherOrder ? order.NoOrder
        : ledger.Orders(order.OidPartner).LastOrDefault(row => row.NoOrder != order.NoOrder)?.NoOrder
            ?? order.NoOrder + "9";

    /// <summary>Whether a query that answers as of some time ago does not know the order yet.</summary>
    public static bool IsTooNew(MobileOrder order, AnswerShape shape, DateTimeOffset now) => shape.StaleBy is { } age
        && (age == TimeSpan.MaxValue || order.CreatedAt > now - age);

    public string ResultOf(MobileOrder order, DateTimeOffset now)
    {
        if (order.IsPreAuth)
        {
            return MobilePreAuths.StateOf(order, now) switch
            {
                "PR11" => "SUCCESS",
                "PR10" or "2006" => "FAILURE",
                "PR14" => "REFUND",
                "2003" or "PR08" => "WAITING",
                _ => "PROCESSING",
            };
        }
        var isRefunded = ledger.Refunds(order.OidPartner)
            .Where(refund => refund.Order == order.Key && refund.StateAt(now) == "2")
            .Sum(refund => refund.Money) == order.Money;
        return order.State switch
        {
            MobileState.Paid => isRefunded ? "REFUND" : "SUCCESS",
            MobileState.Failed => "FAILURE",
            MobileState.Processing => "PROCESSING",
            _ => order.IsExpired(now) ? "FAILURE" : "WAITING",
        };
    }
}
