using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// The payment result that LianLian posts to notification_url (section 4.1.2), flat as in the document or with
/// payment_data as in the third version; signed in a header like an answer.
/// </summary>
internal sealed class LianLianGlobalNotification(TimeProvider time) : INotifications
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxSignature = 1024;

    public Acknowledgement Taken { get; } =
        new(200, "application/json; charset=utf-8", """{"code":"200","msg":"success"}""");

    /// <summary>Fifteen times, ten minutes apart.</summary>
    public RetrySchedule Retries { get; } =
        RetrySchedule.Every(TimeSpan.FromMinutes(10), 15, TimeSpan.FromMinutes(5));

    public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys)
    {
        using var key = keys.OpenProviderPublic("LianLian", time.GetUtcNow(), out var why);
        if (key is null)
        {
            return new NotificationVerdict.NoKey { Why = why };
        }

        if (message.Body.Length > MaxBytes || StrictJson.Decode(message.Body.Span) is not { } text)
        {
            return new NotificationVerdict.Malformed("It is too long or not UTF-8.");
        }

        if (!StrictJson.TryParse(text, out var json, out why))
        {
            return new NotificationVerdict.Malformed(why);
        }

        using (json)
        {
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Judge(account, json.RootElement, message.Headers.GetValueOrDefault("signature", ""), key)
                : new NotificationVerdict.Malformed("The message is not a JSON object.");
        }
    }

    public string Show(InboundMessage message)
    {
        if (StrictJson.Decode(message.Body.Span) is { } text && StrictJson.TryParse(text, out var json, out _))
        {
            using (json)
            {
                return LianLianGlobalMembers.Show(json.RootElement) is { Length: > 0 } shown
                    ? shown
                    : $"({message.Body.Length} bytes)";
            }
        }

        return $"({message.Body.Length} bytes that are no JSON)";
    }

    private static NotificationVerdict Judge(
        ProviderAccount account, JsonElement message, string signature, SignatureKey key)
    {
        if (signature.Length is 0 or > MaxSignature)
        {
            return new NotificationVerdict.Forged("There is no signature header.");
        }

        if (LianLianGlobalSigning.Verify(message, signature, key, out var outside) is { } why)
        {
            return new NotificationVerdict.Forged(why);
        }

        if (outside.Length > 0)
        {
            return new NotificationVerdict.OutsideShape(OrderNumber(message), outside);
        }

        return LianLianGlobalResult.Read(account, message, [], null, out why) is { } facts
            ? new NotificationVerdict.Genuine(facts, LianLianGlobalResult.SemanticKey(facts))
            : new NotificationVerdict.OutsideShape(OrderNumber(message), why);
    }

    private static string? OrderNumber(JsonElement message) =>
        message.TryGetProperty("merchant_transaction_id", out var member) && member.ValueKind == JsonValueKind.String
        && member.GetString() is { } number && LianLianGlobalFormats.IsNumber(number, 64)
            ? number
            : null;
}
