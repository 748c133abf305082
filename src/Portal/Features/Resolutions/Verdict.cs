using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>What two people may find about an operation that no question can settle.</summary>
public enum Verdict
{
    /// <summary>It happened.</summary>
    Succeeded,

    /// <summary>It did not happen. What is set aside for it stays so until time has proven it.</summary>
    Failed,

    /// <summary>It did not happen, and the document allows the same number to be sent again.</summary>
    ResendSame,
}

/// <summary>What is proposed.</summary>
public sealed record ResolveTerms(Guid OperationId, Verdict Verdict);

/// <summary>What verdicts mean and how long things take.</summary>
public static class Verdicts
{
    /// <summary>The state that an operation comes into.</summary>
    public static OperationState Next(this Verdict verdict) =>
        OperationLifecycle.Table.On(OperationState.NeedsPerson, verdict.Event()).Next;

    public static OperationEvent Event(this Verdict verdict) => verdict switch
    {
        Verdict.Succeeded => OperationEvent.ResolveSucceeded,
        Verdict.Failed => OperationEvent.ResolveFailed,
        Verdict.ResendSame => OperationEvent.ResendSame,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "No such verdict."),
    };

    /// <summary>The last answer to a question may be so old when people decide.</summary>
    public static TimeSpan FreshFor { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How many whole working days have to pass without a sign of the movement.</summary>
    public const int ProofDays = 3;

    /// <summary>How often the provider is asked again after a verdict.</summary>
    public static TimeSpan BetweenChecks { get; } = TimeSpan.FromHours(6);

    /// <summary>How long after a verdict the provider is asked again.</summary>
    public static TimeSpan Watch { get; } = TimeSpan.FromDays(14);
}
