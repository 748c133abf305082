using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>The managed list of reasons; the texts are in TransferTexts under "reason." + code.</summary>
public static class TransferReasons
{
    public static IReadOnlyList<string> Codes { get; } =
        ["Supplier", "Commission", "Payout", "Wages", "Reimbursement", "Correction", "Other"];

    private static readonly ReasonCodes Written = new(typeof(TransferTexts), Codes);

    /// <summary>The code of a reason as files write it: its code, or its words in any language; else null.</summary>
    public static string? Find(string written) => Written.Find(written);
}
