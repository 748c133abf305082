using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Refunds;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Refunds of a third of an order, so that a second one would find the money still there.</summary>
internal abstract class RefundFeed(string merchant, string prefix, int seed) : OrderFeed(merchant, prefix, seed)
{
    // Amounts whose last two digits order an ending from the Sandbox: failed in review, rejected in review.
    private static readonly long[] BadEnds = [75, 76];

    public override string Name => $"{Provider} refund";

    protected override OrderEvent Stocked => OrderEvent.PaymentSucceeded;

    public override async Task<Guid> RequestAsync(Bench bench)
    {
        var order = Next();
        var form = new RefundForm
        {
            CommandId = Guid.CreateVersion7(),
            OrderId = order.Id,
            AmountText = Money(order.Minor / 3).ToDecimalText(),
            SeenRefundable = order.Minor,
            Reason = "Returned",
        };
        var asked = await Bench.PatientlyAsync(() => bench.Get<RefundCommands>().RequestAsync(bench.Clerk, form));
        return asked is RefundRequested.Asked done
            ? done.Id
            : throw new InvalidOperationException($"The refund of {order.Number} was refused: {asked}.");
    }

    public override bool Owns(PortalRow row) => row.Kind == "Refund" && row.Provider == Provider;

    public override string KeyOf(PortalRow row) => row.Number;

    protected override long Minor() => 3 * (Random.Next(100) < 8
        ? (Random.NextInt64(1, 90) * 100) + BadEnds[Random.Next(BadEnds.Length)]
        : Plain());

    protected LedgerEntry Entry(string number, int times, bool moved, bool isOpen) => new(
        Name, number, times,
        moved ? LedgerStanding.Done : isOpen ? LedgerStanding.Open : LedgerStanding.Failed);
}
