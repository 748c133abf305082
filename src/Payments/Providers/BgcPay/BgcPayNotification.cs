using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// The payment result that BGCPay posts to notify_url (觸發通知類型, 通知推送示例, 商戶伺服器回應回檔): common
/// parameters in the query, business fields as a form. It is never taken unsigned.
/// </summary>
internal sealed class BgcPayNotification(IMessageSigning signing) : INotifications
{
    private static readonly (string Name, int Longest, bool Required)[] Members =
    [
        ("charset", 10, false), ("method", 128, true), ("format", 40, false), ("app_id", 32, true),
        ("version", 3, false), ("sign_type", 10, false), ("timestamp", 19, true), ("trade_no", 64, true),
        ("out_trade_no", 64, true), ("currency", 64, true), ("total_amount", 20, true), ("subject", 256, true),
        ("extend_params", 8192, false), ("payer_id", 100, false), ("trade_status", 32, true), ("trade_date", 32, false),
        ("pay_date", 32, false),
    ];

    public Acknowledgement Taken { get; } = new(200, "text/plain; charset=utf-8", "SUCCESS");

    /// <summary>
    /// The first within 30 seconds, the second a minute after, the third a minute and a half after that, and so on
    /// each 30 seconds longer, 100 in all: about 42 hours.
    /// </summary>
    public RetrySchedule Retries { get; } = new(
        [.. Enumerable.Range(1, 100).Select(n => TimeSpan.FromSeconds(30 * ((n * (n + 1) / 2) - 1)))],
        TimeSpan.FromMinutes(5),
        Documented: true);

    public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys)
    {
        if (keys.SharedSecret is not { } secret)
        {
            return new NotificationVerdict.NoKey { Why = "No MD5 key is configured." };
        }

        if (!BgcPayForm.TryRead(message.Query, message.Body.Span, message.ContentType, out var form, out var why))
        {
            return new NotificationVerdict.Malformed(why);
        }

        using var key = SignatureKey.Shared(secret);
        var reading = signing.Read(
            BgcPaySigning.Notification, form.ToJson(), key.Kind, BgcPayOptions.Choices(account));
        if (reading is not TextReading.Readable { Texts: var texts })
        {
            return Shifted(form, account, key, reading);
        }

        var verdict = MessageSignature.Verify(texts, form["sign"], key);
        return verdict.Valid ? Judge(form, account) : new NotificationVerdict.Forged(verdict.Why);
    }

    public string Show(InboundMessage message) =>
        BgcPayForm.TryRead(message.Query, message.Body.Span, message.ContentType, out var form, out var why)
            ? BgcPayShown.Text(form.Names.Select(name => (name, form[name])))
            : $"({message.Body.Length} bytes: {why})";

    /// <summary>
    /// A value holds what separates fields, so no text says which fields were signed. Whoever knows the key still gets
    /// the order asked about; anybody else gets nothing.
    /// </summary>
    private static NotificationVerdict Shifted(
        BgcPayForm form, ProviderAccount account, SignatureKey key, TextReading reading)
    {
        var why = reading is TextReading.Unusable unusable ? unusable.Why : "The message has no text.";
        var pieces = form.Names.Where(name => !MessageMembers.IsSignature(name) && form[name].Length > 0)
            .Order(StringComparer.Ordinal).Select(name => $"{name}={form[name]}");
        var isSigned = BgcPaySigning.Algorithm(BgcPayOptions.Choices(account))
            .Verify(string.Join('&', pieces), form["sign"], key);
        return isSigned && BgcPaySigning.Contradiction(form["sign_type"]).Length == 0
            ? new NotificationVerdict.OutsideShape(OrderNumber(form), why)
            : new NotificationVerdict.Forged(why);
    }

    private static NotificationVerdict Judge(BgcPayForm form, ProviderAccount account)
    {
        var outside = FirstOutside(form, account);
        var facts = outside.Length > 0 ? null : BgcPayTrade.Read(name => form[name], account, out outside);
        return facts is null
            ? new NotificationVerdict.OutsideShape(OrderNumber(form), outside)
            : new NotificationVerdict.Genuine(
                facts,
                string.Join('|', facts.ProviderNumber, facts.RawState, facts.Amount.ToDecimalText(),
                    facts.Amount.Currency.Code));
    }

    private static string FirstOutside(BgcPayForm form, ProviderAccount account)
    {
        foreach (var name in form.Names)
        {
            if (name != "sign" && !Array.Exists(Members, member => member.Name == name))
            {
                return "A member is not in the document.";
            }
        }

        foreach (var (name, longest, required) in Members)
        {
            if (form[name].Length > longest || (required && form[name].Length == 0))
            {
                return $"{name} is missing or too long.";
            }
        }

        // The sample prints Alipay's method, which this interface descends from; both are taken.
        return form["app_id"] != account.MerchantId ? "It is for another application."
            : form["method"] is not ("alipay.trade.notify" or "bgcpay.trade.notify")
                ? "The method is not a notification's."
            : form["version"] is not ("" or "1.0") ? "The version is not 1.0."
            : !form["charset"].Equals("UTF-8", StringComparison.OrdinalIgnoreCase) && form["charset"].Length > 0
                ? "The charset is not UTF-8."
            : !form["format"].Equals("JSON", StringComparison.OrdinalIgnoreCase) && form["format"].Length > 0
                ? "The format is not JSON."
            : !BgcPayShape.TryReadTime(form["timestamp"], account, out _)
                ? "The timestamp is not of the document's form."
            : "";
    }

    private static string? OrderNumber(BgcPayForm form) =>
        BgcPayShape.IsNumber(form["out_trade_no"]) ? form["out_trade_no"] : null;
}
