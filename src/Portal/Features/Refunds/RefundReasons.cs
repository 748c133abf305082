using System.Globalization;
using System.Resources;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>The managed list of reasons; the texts are in RefundTexts under "reason." + code.</summary>
public static class RefundReasons
{
    private static readonly ResourceManager Texts = new(typeof(RefundTexts));

    private static readonly Lazy<Dictionary<string, string>> ByWords = new(ReadWords);

    public static IReadOnlyList<string> Codes { get; } =
        ["Returned", "Damaged", "NotReceived", "Cancelled", "PaidTwice", "WrongAmount", "Goodwill", "Other"];

    /// <summary>The code of a reason as files write it: its code, or its words in any language; else null.</summary>
    public static string? Find(string written) => ByWords.Value.GetValueOrDefault(written.Trim());

    private static Dictionary<string, string> ReadWords()
    {
        var words = Codes.ToDictionary(code => code, StringComparer.OrdinalIgnoreCase);
        foreach (var culture in Shell.Languages.All)
        {
            foreach (var code in Codes)
            {
                var text = Texts.GetString($"reason.{code}", CultureInfo.GetCultureInfo(culture));
                words.TryAdd(text ?? code, code);
            }
        }

        return words;
    }
}
