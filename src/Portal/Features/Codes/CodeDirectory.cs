using System.Globalization;
using System.Resources;
using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Shell;

namespace MerchantPortal.Portal.Features.Codes;

/// <summary>
/// All codes: ours, and those of every provider in the catalogue under ours. They come with the product, so there is
/// nothing to read from the database and nothing that only some may see.
/// </summary>
public sealed class CodeDirectory(ProviderCatalog catalog)
{
    /// <summary>Codes of ours on one page.</summary>
    public const int PageSize = 20;

    private readonly Lazy<IReadOnlyList<Leaf>> leaves = new(() => Build(catalog));

    /// <summary>The providers, in the order of menus.</summary>
    public IReadOnlyList<ProviderDescriptor> Providers => [.. catalog.All.Select(provider => provider.Descriptor)];

    /// <summary>
    /// A page of what the filter lets through, what is spelt exactly like the query first: from the start, or before
    /// or after a code of ours.
    /// </summary>
    public CodePage Page(CodeFilter filter, int? before = null, int? after = null)
    {
        var spelt = filter.Query is { } query ? Spelt(query).Select(code => code.Key).ToHashSet() : [];
        var found = leaves.Value.Where(leaf => filter.Category is not { } only || leaf.Ours.Category == only)
            .Select(leaf => Group(leaf, filter.Words, spelt)).OfType<CodeGroup>()
            .OrderByDescending(group => IsSpelt(group, filter.Query, spelt)).ToList();
        var counts = found.SelectMany(group => group.Codes).GroupBy(code => code.Provider.Key)
            .ToDictionary(codes => codes.Key, codes => codes.Count());
        var groups = filter.Provider is not { } key ? found : found
            .Select(group => group with { Codes = [.. group.Codes.Where(code => code.Provider.Key == key)] })
            .Where(group => group.Codes.Count > 0).ToList();
        var start = before is { } end
            ? Math.Max(0, Place(groups, end) - PageSize)
            : Place(groups, after) + 1;
        var page = groups.Skip(start).Take(PageSize).ToList();
        return new(page, groups.Count, start > 0, start + page.Count < groups.Count, counts);
    }

    /// <summary>A code of ours with everything behind it, or null when the table does not have it.</summary>
    public CodeGroup? Find(int code) => leaves.Value.FirstOrDefault(leaf => leaf.Ours.Code == code) is { } leaf
        ? new(leaf.Ours, CodeSteps.After(leaf.Ours), [.. leaf.Codes.Select(row => row.Code)])
        : null;

    /// <summary>Those provider codes that are spelt so, by each provider's own rule of spelling.</summary>
    public IReadOnlyList<ProviderCode> Spelt(string text) =>
        [.. from provider in catalog.All
            let entry = Entry(provider, text)
            where entry is not null
            select new ProviderCode(provider.Descriptor, entry)];

    private static CodeGroup? Group(Leaf leaf, IReadOnlyList<string> words, HashSet<string> spelt)
    {
        var isOurs = words.All(word => Holds(leaf.Text, word));
        var codes =
            from row in leaf.Codes
            let isSpelt = spelt.Contains(row.Code.Key)
            let holds = words.All(word => Holds(row.Text, word))
            where isOurs || isSpelt || words.All(word => Holds(row.Text, word) || Holds(leaf.Text, word))
            orderby isSpelt descending, holds descending, row.Rank
            select row.Code;
        var found = codes.ToList();
        return isOurs || found.Count > 0 ? new(leaf.Ours, CodeSteps.After(leaf.Ours), found) : null;
    }

    private static bool IsSpelt(CodeGroup group, string? query, HashSet<string> spelt) =>
        group.Codes.Any(code => spelt.Contains(code.Key))
            || group.Ours.Code.ToString(CultureInfo.InvariantCulture) == query;

    private static int Place(List<CodeGroup> groups, int? code) => groups.FindIndex(group => group.Ours.Code == code);

    private static ErrorEntry? Entry(IPaymentProvider provider, string text) =>
        provider.Errors.Find(text) ?? provider.Errors.Find(text.ToUpperInvariant());

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<Leaf> Build(ProviderCatalog catalog)
    {
        var codes = catalog.All.SelectMany(provider => provider.Errors.Entries
                .Select(entry => new ProviderCode(provider.Descriptor, entry)))
            .ToLookup(code => code.Entry.Normalised);
        return [.. NormalisedCodes.All.Select(ours => new Leaf(ours, OurText(ours), Rows(codes[ours.Code])))];
    }

    private static List<Row> Rows(IEnumerable<ProviderCode> codes) =>
        [.. codes.GroupBy(code => code.Provider.Key)
            .SelectMany(ofOne => ofOne.Select((code, rank) => new Row(code, Text(code), rank)))];

    // Whoever searches may do so in another language than that of the page.
    private static string OurText(NormalisedCode code)
    {
        var texts = new ResourceManager(typeof(CodesTexts));
        var step = CodeSteps.After(code).Key;
        string[] keys = [$"name.{code.Code}", $"plain.{code.Code}", $"next.{step}", $"category.{code.Category}"];
        var written = from language in Languages.All
                      from key in keys
                      select texts.GetString(key, CultureInfo.GetCultureInfo(language));
        return string.Join('\n', [code.Code.ToString(CultureInfo.InvariantCulture), .. written]);
    }

    private static string Text(ProviderCode code) => string.Join(
        '\n',
        code.Provider.Name,
        code.Entry.Code,
        code.Entry.Text,
        code.Entry.CustomerText,
        code.Entry.NextStep,
        code.Entry.ChineseText,
        code.Entry.ChineseNextStep);

    private sealed record Leaf(NormalisedCode Ours, string Text, IReadOnlyList<Row> Codes);

    /// <param name="Rank">Its place among those of its provider: the first of each come before all second ones.</param>
    private sealed record Row(ProviderCode Code, string Text, int Rank);
}
