using System.Text.Json;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>
/// Notifications of payments (document 4.2) and of refunds: 30 tries, two minutes apart, until the merchant answers
/// with ret_code 0000.
/// </summary>
sealed class MobileNotification(MobileLedger ledger, MobileAnswers answers, TimeProvider clock)
{
    public const string Provider = "lianlian-mobile";
    const int Tries = 30;
    static readonly TimeSpan Distance = TimeSpan.FromMinutes(2);

    public CallbackRules Rules() => new(Provider, [.. Enumerable.Repeat(Distance, Tries - 1)], Write)
    {
        ContentType = "application/json",
        IsAcknowledged = IsAcknowledged,
    };

    static bool IsAcknowledged(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("ret_code", out var code)
                && code.ValueKind == JsonValueKind.String && code.ValueEquals("0000");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    string? Write(Callback callback, AnswerShape shape)
    {
        if (ledger.Merchant(callback.MerchantId) is not { } merchant) return null;
        var key = new MobileKey(callback.MerchantId, callback.OrderNo, callback.OrderDatetime);
        var order = ledger.Orders(callback.MerchantId).FirstOrDefault(row => row.Key == key);
        if (order is not null) return answers.Write(merchant, Payment(order, merchant, shape), shape);
        var refund = ledger.Refunds(callback.MerchantId).LastOrDefault(
            row => row.NoRefund == callback.OrderNo && row.DtRefund == callback.OrderDatetime);
        return refund is null ? null : answers.Write(
            merchant,
            [
                .. MobileRefunds.Fields(refund, shape, refund.StateAt(clock.GetUtcNow())),
                new("dt_refund", refund.DtRefund),
            ],
            shape);
    }

    static List<MobileField> Payment(MobileOrder order, MobileMerchant merchant, AnswerShape shape)
    {
        List<MobileField> fields =
        [
            .. MobileQueries.OrderFields(order, shape.OtherOrder ? order.NoOrder + "9" : order.NoOrder),
            new("result_pay", "SUCCESS"),
            new("pay_type", order.Card?.CardType ?? ""),
            new("bank_code", order.Card?.BankCode ?? ""),
            new("no_agree", order.NoAgree),
        ];
        if (merchant.TellsPayer)
        {
            fields.Add(new("acct_name", "测试人"));
            fields.Add(new("id_type", "0"));
            fields.Add(new("id_no", "110101190001010000"));
        }
        return fields;
    }
}
