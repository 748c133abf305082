namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>The managed list of reasons; the texts are in TransferTexts under "reason." + code.</summary>
public static class TransferReasons
{
    public static IReadOnlyList<string> Codes { get; } =
        ["Supplier", "Commission", "Payout", "Wages", "Reimbursement", "Correction", "Other"];
}
