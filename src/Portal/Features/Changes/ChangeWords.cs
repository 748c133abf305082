using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>Two sentences: what is so, and what to do.</summary>
public sealed record ChangeMessage(string Lead, string Next);

/// <summary>The sentences of changes.</summary>
public sealed class ChangeWords(IStringLocalizer<ChangeTexts> texts, OperationWords words)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => words;

    /// <summary>What a change does, as a title.</summary>
    public string Title(string kind) => texts[$"kind.{kind}"];

    /// <summary>The name of a fact.</summary>
    public string FactName(string name) => texts[$"fact.{name}"] is { ResourceNotFound: false } named ? named : name;

    /// <summary>A fact's value: known words in the reader's language, everything else as it is.</summary>
    public string Value(string value) => value.Length == 0
        ? texts["value.none"]
        : string.Join(
            texts["comma"],
            value.Split('\n').Select(part =>
                texts[$"value.{part}"] is { ResourceNotFound: false } known ? known.Value : part));

    /// <summary>How an answer ended.</summary>
    public ChangeMessage Ended(Answered result) => result switch
    {
        Answered.Done done => Say($"answered.Done.{done.State}"),
        Answered.NoRight no => Say("answered.NoRight", no.Permission),
        Answered.NotWaiting no => Say("answered.NotWaiting", texts[$"state.{no.State}"].Value),
        Answered.Impossible no => new(texts["answered.Impossible"], Reason(no.Reason)),
        _ => Say($"answered.{result.GetType().Name}"),
    };

    /// <summary>How a proposal ended.</summary>
    public ChangeMessage Ended(Proposed result) => result switch
    {
        Proposed.Done done => Say("proposed.Done", done.Number),
        Proposed.NoRight no => Say("proposed.NoRight", no.Permission),
        Proposed.Impossible no => new(texts["proposed.Impossible"], Reason(no.Reason)),
        Proposed.AnotherWaits no => Say("proposed.AnotherWaits", no.Number),
        Proposed.DocumentWrong no => new(texts["proposed.DocumentWrong"], texts[$"document.{no.Reason}"]),
        _ => Say($"proposed.{result.GetType().Name}"),
    };

    /// <summary>Why it cannot be done.</summary>
    public string Reason(string reason) => texts[$"reason.{reason}"];

    private ChangeMessage Say(string key, params object[] parts) => new(texts[key, parts], texts[$"{key}.next", parts]);
}
