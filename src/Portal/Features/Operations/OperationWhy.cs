using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>A problem in plain sentences.</summary>
/// <param name="What">What went wrong.</param>
/// <param name="Money">Whether money moved.</param>
/// <param name="Next">What to do.</param>
public sealed record Why(string What, string Money, string Next);

/// <summary>Turns a problem code into sentences.</summary>
public static class OperationWhy
{
    /// <summary>Every code that a row or a piece of evidence can carry.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        .. Enum.GetNames<ProviderError>().Where(name => name != nameof(ProviderError.None)),
        OperationProblem.Tampered, OperationProblem.Withdrawn, OperationProblem.Recalled, OperationProblem.HoldEnded,
        OperationProblem.PayerNotNamed, OperationProblem.BrokeOff,
    ];

    /// <summary>The sentences of a problem, or null where nothing is wrong.</summary>
    public static Why? Of(IStringLocalizer<OperationTexts> texts, string problem, OperationState state) =>
        problem.Length == 0 || problem == nameof(ProviderError.None)
            ? null
            : new(texts[$"why.{problem}"], texts[$"money.{state}"], texts[$"next.{problem}"]);
}
