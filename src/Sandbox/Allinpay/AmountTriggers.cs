using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Refund amounts whose last two digits order a known outcome; README.md has the table.</summary>
static class AmountTriggers
{
    public static Fault? FaultOf(long amount) => (amount % 100) switch
    {
        71 => new Fault(FaultKind.Lost),
        72 => new Fault(FaultKind.Dropped),
        73 => new Fault(FaultKind.Error500Done),
        74 => new Fault(FaultKind.Refuse) { Code = AllinpayErrors.NotRefundable },
        79 => new Fault(FaultKind.WrongSignature),
        _ => null,
    };

    public static string EndOf(long amount) => (amount % 100) switch
    {
        75 => RefundReview.Failed,
        76 => RefundReview.ReviewRejected,
        77 => RefundReview.Reversed,
        78 => RefundReview.AwaitingReview,
        _ => RefundReview.Succeeded,
    };
}
