using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>The managed list of reasons; the texts are in RefundTexts under "reason." + code.</summary>
public static class RefundReasons
{
    public static IReadOnlyList<string> Codes { get; } =
        ["Returned", "Damaged", "NotReceived", "Cancelled", "PaidTwice", "WrongAmount", "Goodwill", "Other"];

    private static readonly ReasonCodes Written = new(typeof(RefundTexts), Codes);

    /// <summary>The code of a reason as files write it: its code, or its words in any language; else null.</summary>
    public static string? Find(string written) => Written.Find(written);
}
