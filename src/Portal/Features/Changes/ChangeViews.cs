namespace MerchantPortal.Portal.Features.Changes;

/// <summary>The tabs of the list of changes.</summary>
public enum ChangeTab
{
    You,
    All,
    Yours,
    Decided,
}

/// <summary>Why the actor cannot confirm or reject.</summary>
public enum ChangeBar
{
    None,

    /// <summary>The actor proposed it.</summary>
    OwnProposal,

    /// <summary>The actor had a part in what it is about.</summary>
    Involved,

    /// <summary>The right to confirm is missing.</summary>
    NoRight,

    /// <summary>The actor has answered; another person has to.</summary>
    AnsweredBefore,

    /// <summary>It does not wait any more.</summary>
    NotWaiting,
}

/// <summary>One row of the list.</summary>
public sealed record ChangeLine
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required string ProposerName { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required ChangeState State { get; init; }
    public required DateTimeOffset StateAt { get; init; }
    public required ChangeBar Bar { get; init; }

    /// <summary>Sent back with an answer, so that only what was shown is answered.</summary>
    public required int Version { get; init; }
}

/// <summary>One tab.</summary>
/// <param name="Lines">Soonest due first; on the tabs that look back, newest first.</param>
/// <param name="Counts">How many of each tab still wait.</param>
/// <param name="Total">How many the tab holds; more than the lines where the list is long.</param>
public sealed record ChangeList(
    IReadOnlyList<ChangeLine> Lines, IReadOnlyDictionary<ChangeTab, int> Counts, int Total);

/// <summary>One thing as it is and as it will be; both are equal where it only tells what it is about.</summary>
public sealed record ChangedFact(string Name, string Before, string After);

/// <summary>An answer as it is shown.</summary>
public sealed record ChangeVoteLine(
    string By, DateTimeOffset At, ChangeAnswer Answer, string Factors, string Comment);

/// <summary>Everything that somebody looks at before answering.</summary>
public sealed record ChangeSheet
{
    public required ChangeLine Line { get; init; }
    public required IReadOnlyList<ChangedFact> Facts { get; init; }
    public required string Comment { get; init; }
    public required string TermsHash { get; init; }
    public required int Needed { get; init; }
    public required string ConfirmRight { get; init; }
    public required IReadOnlyList<ChangeVoteLine> Votes { get; init; }

    /// <summary>Why it cannot be done as things stand now, as a text key; null when it can.</summary>
    public required string? Hindrance { get; init; }

    /// <summary>The reader has just proven to be there for exactly this.</summary>
    public required bool IsProven { get; init; }

    /// <summary>The reader may take it back.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Number of the operation that it settles; null for most kinds.</summary>
    public required string? OperationNumber { get; init; }

    public required string DocumentName { get; init; }
    public required string DocumentText { get; init; }
    public required long DocumentSize { get; init; }

    /// <summary>Empty where it rests on no document.</summary>
    public required string DocumentSha256 { get; init; }
}

/// <summary>A change of a thing that waits, for the thing's own page.</summary>
public sealed record WaitingChange(string Number, string Target, string ProposerName, DateTimeOffset ExpiresAt);
