namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>The managed list of reasons to let a hold go; the texts are in PreAuthTexts under "reason." + code.</summary>
public static class PreAuthReasons
{
    public static IReadOnlyList<string> Codes { get; } = ["Cancelled", "OutOfStock", "PaidTwice", "WrongAmount", "Other"];
}
