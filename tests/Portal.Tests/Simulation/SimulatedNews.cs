using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>What comes from outside by itself: a provider's calls about refunds, and keys that do not open.</summary>
internal sealed partial class SimulatedRun
{
    private bool areKeysLocked;
    private bool wereKeysLocked;

    /// <summary>
    /// A provider tells that an order was refunded: what we sent, now and then more than once, or what somebody did at
    /// the provider's own station.
    /// </summary>
    private Task NotifyAsync()
    {
        var isOutside = choose.Chance(25);
        var order = choose.Pick(lane.Cast.Paid);
        var went = provider.Ledger.Entries
            .Where(entry => entry.Sent.Order == order.MerchantNumber && entry.Standing == Standing.Done)
            .Sum(entry => entry.Sent.Minor);
        isOutside &= !watch.Look.Operations.Any(row => row.OrderId == order.Id);
        if (went == 0 && !isOutside)
        {
            return Task.CompletedTask;
        }

        if (isOutside)
        {
            watch.ToldOutside.Add(order.Id);
        }

        var happened = went >= order.AmountMinor ? OrderEvent.AllWasRefunded : OrderEvent.PartWasRefunded;
        var node = choose.Pick(nodes);
        var what = $"a call: {(isOutside ? "outside, " : "")}{happened} {order.MerchantNumber}";
        return StartAsync(node, what, async () =>
        {
            var answer = await TakeAsync(node, order, happened);
            if (isOutside && answer.Status == 200)
            {
                watch.AcknowledgedOutside.Add(order.Id);
            }

            return answer.Status.ToString(CultureInfo.InvariantCulture);
        });
    }

    private async Task<Acknowledgement> TakeAsync(Node node, Order order, OrderEvent happened)
    {
        var facts = new OrderFacts
        {
            MerchantId = lane.Cast.Account.MerchantId,
            MerchantNumber = order.MerchantNumber,
            ProviderNumber = order.ProviderNumber!,
            OrderedAt = order.OrderedAt,
            Amount = order.Amount,
            Event = happened,
            RawState = happened.ToString(),
        };
        var message = new InboundMessage(
            Encoding.UTF8.GetBytes(facts.RawState), "text/plain", new Dictionary<string, string>(), "");
        return await node.Portal.GetRequiredService<InboundCommands>()
            .TakeAsync(lane.Cast.Account, new OneCall(facts), message, "model");
    }

    /// <summary>The keys of the account do not open for a while; no request may leave meanwhile.</summary>
    private Task LockKeys()
    {
        // What a sender has opened before is in its memory and may be used.
        if (!areKeysLocked && jobs.Exists(job => job.Name == "sender"))
        {
            return Task.CompletedTask;
        }

        areKeysLocked = !areKeysLocked;
        wereKeysLocked = true;
        TurnKeys();
        Say(areKeysLocked ? "the keys do not open" : "the keys open again");
        return Task.CompletedTask;
    }

    // The last byte belongs to the seal: turned over it does not fit, turned again it does.
    private void TurnKeys()
    {
        using var read = lane.Database.CreateCommand();
        read.CommandText = "SELECT \"Id\", \"Content\" FROM account_keys WHERE \"Usage\" = 'SharedMd5Secret'";
        string key;
        byte[] content;
        using (var row = read.ExecuteReader())
        {
            row.Read();
            key = row.GetString(0);
            content = (byte[])row.GetValue(1);
        }

        content[^1] ^= 0xFF;
        using var write = lane.Database.CreateCommand();
        write.CommandText =
            $"UPDATE account_keys SET \"Content\" = X'{Convert.ToHexString(content)}' WHERE \"Id\" = '{key}'";
        write.ExecuteNonQuery();
    }

    /// <summary>A protocol that has read one genuine call.</summary>
    private sealed class OneCall(OrderFacts facts) : INotifications
    {
        public Acknowledgement Taken { get; } = new(200, "text/plain", "SUCCESS");

        public RetrySchedule Retries { get; } = RetrySchedule.Every(TimeSpan.FromMinutes(10), 15, TimeSpan.Zero);

        public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys) =>
            new NotificationVerdict.Genuine(facts, $"{facts.MerchantNumber} {facts.RawState}");

        public string Show(InboundMessage message) => "";
    }
}
