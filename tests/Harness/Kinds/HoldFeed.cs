using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Harness.Kinds;

/// <summary>Captures or voids of held amounts. No interface has a number of ours for them: the order is the key.</summary>
internal abstract class HoldFeed(OperationKind kind, string merchant, string prefix, int seed)
    : OrderFeed(merchant, prefix, seed)
{
    public override string Name => $"{Provider} {Kind.Word()}";

    protected OperationKind Kind { get; } = kind;

    /// <summary>The payer as the other side wants it; empty where it wants none.</summary>
    protected abstract string Payer { get; }

    protected override OrderEvent Stocked => OrderEvent.PaymentAuthorised;

    public override Task<Guid> RequestAsync(Bench bench)
    {
        var order = Next();
        return bench.SubmitAsync(new OperationWish
        {
            CommandId = Guid.CreateVersion7(),
            Kind = Kind,
            Account = Account,
            Amount = Kind == OperationKind.Void ? Money(order.Minor) : Part(order),
            Payee = "",
            Details = OperationDetails.Write(new HoldDetails(Payer)),
            Reason = "Returned",
        }, order.Id);
    }

    public override bool Owns(PortalRow row) => row.Kind == Kind.ToString() && row.Provider == Provider;

    public override string KeyOf(PortalRow row) => row.OrderNumber;

    protected override long Minor() => 2 * Plain();

    private Money Part(StockedOrder order) => Money(Random.Next(2) == 0 ? order.Minor : order.Minor / 2);
}
