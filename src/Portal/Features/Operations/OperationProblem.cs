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

    /// <summary>Sending broke off inside this process.</summary>
    public const string BrokeOff = "BrokeOff";
}
