namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>The managed list of reasons; the texts are in RefundTexts under "Reason" + code.</summary>
public static class RefundReasons
{
    public static IReadOnlyList<string> Codes { get; } =
        ["Returned", "Damaged", "NotReceived", "Cancelled", "PaidTwice", "WrongAmount", "Goodwill", "Other"];
}
