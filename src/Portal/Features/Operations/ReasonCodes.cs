using System.Globalization;
using System.Resources;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>A managed list of reasons, read from files as people write them.</summary>
/// <param name="texts">The class whose texts hold them under "reason." + code.</param>
/// <param name="codes">The codes, in the order of the list.</param>
internal sealed class ReasonCodes(Type texts, IReadOnlyList<string> codes)
{
    private readonly Lazy<Dictionary<string, string>> byWords = new(() => ReadWords(texts, codes));

    /// <summary>The code of a reason as files write it: its code, or its words in any language; else null.</summary>
    public string? Find(string written) => byWords.Value.GetValueOrDefault(written.Trim());

    private static Dictionary<string, string> ReadWords(Type texts, IReadOnlyList<string> codes)
    {
        var resources = new ResourceManager(texts);
        var words = codes.ToDictionary(code => code, StringComparer.OrdinalIgnoreCase);
        foreach (var culture in Shell.Languages.All)
        {
            foreach (var code in codes)
            {
                var text = resources.GetString($"reason.{code}", CultureInfo.GetCultureInfo(culture));
                words.TryAdd(text ?? code, code);
            }
        }

        return words;
    }
}
