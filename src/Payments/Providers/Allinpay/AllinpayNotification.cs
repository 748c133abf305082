namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The payment result that Allinpay posts to receiveUrl (section 2.2.3). The document only says that it stops once
/// the connection succeeded; the text of the acknowledgement is ours.
/// </summary>
internal sealed class AllinpayNotification(TimeProvider time) : INotifications
{
    public Acknowledgement Taken { get; } = new(200, "text/plain; charset=utf-8", "success");

    /// <summary>Three more tries, the times not told: after a quarter of an hour nobody should wait.</summary>
    public RetrySchedule Retries { get; } = new(
        [TimeSpan.Zero, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10)],
        TimeSpan.FromMinutes(5),
        Documented: false);

    public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys)
    {
        using var verifier = AllinpayVerifier.Open(account.AnswerSignature, keys, time.GetUtcNow(), out var why);
        if (verifier is null)
        {
            return new NotificationVerdict.NoKey { Why = why };
        }

        if (!AllinpayForm.TryRead(message.Body.Span, out var form, out why))
        {
            return new NotificationVerdict.Malformed(why);
        }

        var payment = AllinpayPayment.Read(form, account, verifier);
        return payment switch
        {
            { Facts: { } facts } => new NotificationVerdict.Genuine(facts, payment.SemanticKey),
            { Reading: AllinpayPaymentReading.OutsideShape } =>
                new NotificationVerdict.OutsideShape(OrderNumber(form), payment.Why),
            _ => new NotificationVerdict.Forged(payment.Why),
        };
    }

    public string Show(InboundMessage message) => AllinpayForm.TryRead(message.Body.Span, out var form, out var why)
        ? AllinpayPayment.Show(form)
        : $"({message.Body.Length} bytes: {why})";

    private static string? OrderNumber(AllinpayForm form) =>
        AllinpayShape.IsNumber(form["orderNo"]) ? form["orderNo"] : null;
}
