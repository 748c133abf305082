namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Why a hold may be let go: a managed list; its texts are in PreAuthTexts under "reason." + code.</summary>
public static class PreAuthReasons
{
    public static IReadOnlyList<string> Codes { get; } =
        ["Cancelled", "OutOfStock", "PaidTwice", "WrongAmount", "Other"];
}
