using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.PreAuths;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Captures or voids of held amounts. They have no number of ours: the order is the key.</summary>
internal abstract class HoldFeed(OperationKind kind, string merchant, string prefix, int seed)
    : OrderFeed(merchant, prefix, seed)
{
    public override string Name => $"{Provider} {Kind.Word()}";

    protected OperationKind Kind { get; } = kind;

    /// <summary>The payer as the other side wants it; empty where it wants none.</summary>
    protected abstract string Payer { get; }

    protected override OrderEvent Stocked => OrderEvent.PaymentAuthorised;

    public override async Task<Guid> RequestAsync(Bench bench)
    {
        var order = Next();
        var form = new HoldForm
        {
            CommandId = Guid.CreateVersion7(),
            OrderId = order.Id,
            Kind = Kind,
            AmountText = Part(order).ToDecimalText(),
            SeenState = OrderState.Held,
            SeenAuthorised = order.Minor,
            SeenVersion = 0,
            Reason = Kind == OperationKind.Void ? PreAuthReasons.Codes[0] : "",
            PayerId = Payer,
        };
        var asked = await Bench.PatientlyAsync(() => bench.Get<PreAuthCommands>().RequestAsync(bench.Clerk, form));
        return asked is HoldRequested.Asked done
            ? done.Id
            : throw new InvalidOperationException($"The {Kind} of {order.Number} was refused: {asked}.");
    }

    public override bool Owns(PortalRow row) => row.Kind == Kind.ToString() && row.Provider == Provider;

    public override string KeyOf(PortalRow row) => row.OrderNumber;

    protected override long Minor() => 2 * Plain();

    private Money Part(StockedOrder order) => Money(Random.Next(2) == 0 ? order.Minor : order.Minor / 2);
}
