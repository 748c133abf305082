using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Ui;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>The sentences of what needs attention and of verdicts.</summary>
public sealed class ResolutionWords(
    IStringLocalizer<ResolutionTexts> texts, IStringLocalizer<OperationTexts> operations, OperationWords words,
    TimeProvider time)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => words;

    /// <summary>How long ago, in the largest unit that fits.</summary>
    public string Age(DateTimeOffset since) => (time.GetUtcNow() - since) switch
    {
        { TotalDays: >= 1 } age => texts["age.days", (int)age.TotalDays],
        { TotalHours: >= 1 } age => texts["age.hours", (int)age.TotalHours],
        var age => texts["age.minutes", Math.Max((int)age.TotalMinutes, 0)],
    };

    /// <summary>Why an operation stands there.</summary>
    public string Why(AttentionLine line)
    {
        var operation = line.Line.Operation;
        var own = operation.Standing switch
        {
            OperationStanding.Reversed => "why.reversed",
            OperationStanding.Disputed => "why.disputed",
            OperationStanding.PendingApproval => "why.undecided",
            OperationStanding.ResolvedFailed => "why.proof",
            _ => null,
        };

        // What once went wrong with the sending explains nothing any more where the standing says it itself.
        return own is not null ? texts[own]
            : OperationWhy.Of(operations, operation.Problem, operation.State)?.What
                ?? texts[operation.Standing.Meaning() == Meaning.Unknown ? "why.no-answer" : "why.slow"];
    }
}
