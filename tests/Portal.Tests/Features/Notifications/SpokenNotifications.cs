using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests.Features;

/// <summary>
/// A protocol that is easy to speak in tests: the body is "order amount event", the header signature says "good", and
/// the query may say "outside". It repeats every ten minutes, six times.
/// </summary>
internal sealed class SpokenNotifications : INotifications
{
    public Acknowledgement Taken { get; } = new(200, "text/plain", "taken");

    public RetrySchedule Retries { get; } =
        RetrySchedule.Every(TimeSpan.FromMinutes(10), 6, TimeSpan.FromMinutes(10));

    public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys)
    {
        if (message.Headers.GetValueOrDefault("signature") != "good")
        {
            return new NotificationVerdict.Forged("The signature is not good.");
        }

        var words = Encoding.UTF8.GetString(message.Body.Span).Split(' ');
        if (message.Query == "outside=1")
        {
            return new NotificationVerdict.OutsideShape(words[0], "member outside");
        }

        var amount = Money.TryParse(words[1], account.Currencies[0], out var money) ? money : default;
        var happened = Enum.Parse<OrderEvent>(words[2]);
        var facts = new OrderFacts
        {
            MerchantId = account.MerchantId,
            MerchantNumber = words[0],
            ProviderNumber = $"SP-{words[0]}",
            OrderedAt = null,
            Amount = amount,
            Paid = happened == OrderEvent.PaymentSucceeded ? amount : null,
            Event = happened,
            RawState = words[2],
        };
        return new NotificationVerdict.Genuine(facts, string.Join('|', words));
    }

    public string Show(InboundMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    /// <summary>A message of this protocol.</summary>
    public static InboundMessage Message(string words, string signature = "good", string query = "") => new(
        Encoding.UTF8.GetBytes(words), "text/plain",
        new Dictionary<string, string> { ["signature"] = signature, ["timestamp"] = "20261120120000" }, query);
}
