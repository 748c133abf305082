using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>Amounts whose last two digits order a known outcome; README.md has the table.</summary>
static class BgcPayTriggers
{
    /// <summary>How long the query does not know a transfer that is "still processing".</summary>
    public static readonly TimeSpan Processing = TimeSpan.FromMinutes(10);

    public static Fault? FaultOf(long? amount, string refusal, string system) => (amount % 100) switch
    {
        71 => new Fault(FaultKind.Lost),
        72 => new Fault(FaultKind.Dropped),
        73 => new Fault(FaultKind.Error500Done),
        74 => new Fault(FaultKind.Refuse) { Code = refusal },
        75 => new Fault(FaultKind.UnknownDone),
        76 => new Fault(FaultKind.Refuse) { Code = system },
        79 => new Fault(FaultKind.WrongSignature),
        _ => null,
    };

    public static bool IsKnownLate(long amount) => amount % 100 == 77;
}
