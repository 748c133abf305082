namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// The payment result that LianLian posts as raw JSON to notify_url (section 4.2): of paid orders only, thirty times,
/// two minutes apart, until it is taken. Every member is signed.
/// </summary>
internal sealed class LianLianMobileNotification(TimeProvider time) : INotifications
{
    public Acknowledgement Taken { get; } =
        new(200, "application/json;charset=utf-8", """{"ret_code":"0000","ret_msg":"交易成功"}""");

    public RetrySchedule Retries { get; } = RetrySchedule.Every(TimeSpan.FromMinutes(2), 30, TimeSpan.FromMinutes(2));

    public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys)
    {
        using var verifier = LianLianMobileVerifier.Open(account.AnswerSignature, keys, time.GetUtcNow(), out var why);
        if (verifier is null)
        {
            return new NotificationVerdict.NoKey { Why = why };
        }

        var told = verifier.Read(LianLianMobileFields.Notification, message.Body.Span);
        return told.Reading switch
        {
            LianLianMobileReading.Genuine => ReadFacts(told, account),
            LianLianMobileReading.OutsideShape => Outside(told, told.Why),
            LianLianMobileReading.Malformed => new NotificationVerdict.Malformed(told.Why),
            _ => new NotificationVerdict.Forged(told.Why),
        };
    }

    public string Show(InboundMessage message) => LianLianMobileShown.Body(message.Body.Span);

    private static NotificationVerdict ReadFacts(LianLianMobileMessage told, ProviderAccount account)
    {
        if (LianLianMobilePayment.Read(told, account, out var why) is not { } facts)
        {
            return Outside(told, why);
        }

        // Only success is notified (4.2); sign_type is a member that has to be there, and fits, or it were forged.
        return told["result_pay"] != "SUCCESS" ? Outside(told, "result_pay of a notification is not SUCCESS.")
            : told[LianLianMobileFields.SignType].Length == 0 ? Outside(told, "sign_type is missing.")
            : new NotificationVerdict.Genuine(facts, LianLianMobilePayment.SemanticKey(facts));
    }

    private static NotificationVerdict.OutsideShape Outside(LianLianMobileMessage told, string why) => new(
        told.Told("no_order") is var number && LianLianMobileText.IsNumber(number) ? number : null, why);
}
