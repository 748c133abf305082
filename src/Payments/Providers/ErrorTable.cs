using System.Collections.Frozen;

namespace MerchantPortal.Payments.Providers;

/// <summary>A provider code with its meaning.</summary>
/// <param name="Code">The code as the provider's document prints it.</param>
/// <param name="Error">Our word for it.</param>
/// <param name="Text">The document's description.</param>
/// <param name="CustomerText">The document's text for customers; the description where it has none.</param>
/// <param name="Normalised">Its place in the normalised table (<see cref="Codes.NormalisedCodes"/>).</param>
public sealed record ErrorEntry(
    string Code, ProviderError Error, string Text, string CustomerText, int Normalised = Codes.NormalisedCodes.Other)
{
    /// <summary>What the document tells people to do, in its own language; empty where it says nothing.</summary>
    public string NextStep { get; init; } = "";

    /// <summary>The Chinese description, where the document has both languages; empty otherwise.</summary>
    public string ChineseText { get; init; } = "";

    /// <summary>The Chinese next step, where the document has both languages; empty otherwise.</summary>
    public string ChineseNextStep { get; init; } = "";

    /// <summary>The HTTP status it comes with, where the document gives one.</summary>
    public int? HttpStatus { get; init; }
}

/// <summary>
/// The codes of one provider's document. What it does not list is <see cref="ProviderError.Unlisted"/>.
/// </summary>
public sealed class ErrorTable
{
    private readonly FrozenDictionary<string, ErrorEntry> entries;
    private readonly Func<string, string> normalise;

    /// <summary>Builds a table; a code printed twice in a document keeps its first row.</summary>
    /// <param name="rows">The rows of the document.</param>
    /// <param name="normalise">Spelling rule of the provider, such as Allinpay's optional ZF prefix.</param>
    public ErrorTable(IEnumerable<ErrorEntry> rows, Func<string, string>? normalise = null)
    {
        this.normalise = normalise ?? (code => code);
        entries = rows.DistinctBy(row => this.normalise(row.Code)).ToFrozenDictionary(row => this.normalise(row.Code));
    }

    /// <summary>All rows, by code.</summary>
    public IReadOnlyList<ErrorEntry> Entries => [.. entries.Values.OrderBy(row => row.Code, StringComparer.Ordinal)];

    /// <summary>The row of a code, or null when the document does not have it.</summary>
    public ErrorEntry? Find(string code) => entries.GetValueOrDefault(normalise(code));

    /// <summary>Our word for a code.</summary>
    public ProviderError Meaning(string code) => Find(code)?.Error ?? ProviderError.Unlisted;
}
