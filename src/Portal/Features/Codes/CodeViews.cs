using System.Globalization;
using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Features.Codes;

/// <summary>One code of one provider.</summary>
public sealed record ProviderCode(ProviderDescriptor Provider, ErrorEntry Entry)
{
    /// <summary>Names it among all codes of all providers.</summary>
    public string Key => $"{Provider.Key}:{Entry.Code}";

    /// <summary>What the document lets the payer read; null where that is the description again.</summary>
    public string? Told => Entry.CustomerText is { Length: > 0 } told && told != Entry.Text ? told : null;

    /// <summary>The document's description, in the reader's language where it has both.</summary>
    public string Text => IsChinese && Entry.ChineseText.Length > 0 ? Entry.ChineseText : Entry.Text;

    /// <summary>What the document tells people to do, likewise; null where it says nothing.</summary>
    public string? Advice => IsChinese && Entry.ChineseNextStep.Length > 0 ? Entry.ChineseNextStep
        : Entry.NextStep is { Length: > 0 } advice ? advice
        : null;

    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
}

/// <summary>A code of ours with those provider codes behind it that a filter lets through.</summary>
/// <param name="Ours">The code of the normalised table.</param>
/// <param name="Step">What to do next.</param>
/// <param name="Codes">The provider codes, the best found first.</param>
public sealed record CodeGroup(NormalisedCode Ours, CodeStep Step, IReadOnlyList<ProviderCode> Codes)
{
    /// <summary>Nobody knows how it ended.</summary>
    public bool IsOpen => NormalisedCodes.LeavesOutcomeOpen(Ours.Code);
}

/// <summary>One page of groups.</summary>
/// <param name="Groups">Those of this page.</param>
/// <param name="Count">How many the filter lets through in all.</param>
/// <param name="HasPrevious">There are some before.</param>
/// <param name="HasNext">There are some behind.</param>
/// <param name="PerProvider">How many codes of each provider the search finds, by key.</param>
public sealed record CodePage(
    IReadOnlyList<CodeGroup> Groups,
    int Count,
    bool HasPrevious,
    bool HasNext,
    IReadOnlyDictionary<string, int> PerProvider);
