using System.Text.Json;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Faults;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>The payment notification (document 4.1.2): 15 tries, 10 minutes apart, until 200 comes back.</summary>
sealed class LianLianGlobalNotification(LianLianGlobalLedger ledger, PaymentInterfaces payments, TimeProvider clock)
{
    public const string Provider = "lianlian-global";

    static readonly TimeSpan[] Resends = [.. Enumerable.Repeat(TimeSpan.FromMinutes(10), 14)];

    public CallbackRules Rules() => new(Provider, Resends, Write)
    {
        ContentType = "application/json",
        IsAcknowledged = IsAcknowledged,
        Compose = (callback, shape) => Write(callback, shape) is { } body
            ? new(body)
            {
                Headers =
                [
                    ("signature", LianLianGlobalSigning.OfBody(body, ledger.Keys(), shape.Signature) ?? ""),
                    ("timestamp", LianLianGlobalText.Time(clock.GetUtcNow())),
                    ("timezone", "Asia/Hong_Kong"),
                    ("sign-type", "RSA"),
                ],
            }
            : null,
    };

    string? Write(Callback callback, AnswerShape shape)
    {
        var now = clock.GetUtcNow();
        return ledger.Payment(new(callback.MerchantId, callback.OrderNo)) is { } payment
            && PaymentStates.PaidAt(payment, now) is not null
            ? payments.Facts(payment, payments.Named(payment, shape), now).ToJsonString(Journal.Json)
            : null;
    }

    // The number and the text are both seen in public clients.
    static bool IsAcknowledged(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code) && $"{code}" == "200";
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
