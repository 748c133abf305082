namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Problems of our own, beside the providers' error vocabulary.</summary>
public static class OperationProblem
{
    /// <summary>The row does not fit its seal, or an invariant fails: it is never sent.</summary>
    public const string Tampered = "Tampered";

    /// <summary>Not refused by anybody: the requester took it back.</summary>
    public const string Withdrawn = "Withdrawn";

    /// <summary>Taken back after approval, before anything was sent.</summary>
    public const string Recalled = "Recalled";

    /// <summary>The amount was no longer held when its capture or cancellation was due: refused here.</summary>
    public const string HoldEnded = "HoldEnded";

    /// <summary>
    /// The provider knows of no card and names no payer in saying so: that is nobody's word about this payer.
    /// </summary>
    public const string PayerNotNamed = "PayerNotNamed";

    /// <summary>Sending broke off inside this process.</summary>
    public const string BrokeOff = "BrokeOff";
}
