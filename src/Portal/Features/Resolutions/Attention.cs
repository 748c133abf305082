using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>The tabs of what needs attention.</summary>
public enum AttentionTab
{
    /// <summary>Past approval and not ended: unknown, with people, disputed, halted or slow.</summary>
    Open,

    /// <summary>Only people can go on with it.</summary>
    People,

    /// <summary>Nobody has decided for more than ten minutes.</summary>
    Undecided,

    /// <summary>People found that it did not happen, and time has to prove it.</summary>
    Proof,
}

/// <summary>How long an outcome has been unknown (reliability design, D13).</summary>
public enum AttentionLevel
{
    None,

    /// <summary>More than a day.</summary>
    Alarm,

    /// <summary>More than three days.</summary>
    Escalated,

    /// <summary>25 days: the provider forgets it, and the order takes nothing new before it is decided.</summary>
    MustDecide,
}

/// <summary>Tells levels.</summary>
public static class AttentionLevels
{
    public static TimeSpan AlarmAfter { get; } = TimeSpan.FromDays(1);

    public static TimeSpan EscalateAfter { get; } = TimeSpan.FromDays(3);

    /// <summary>The level of an operation that was first sent at an instant.</summary>
    public static AttentionLevel Of(OperationState state, DateTimeOffset? sentAt, DateTimeOffset now) =>
        !state.IsAskedAbout() || sentAt is not { } at ? AttentionLevel.None
        : now - at >= OpenVerdicts.MustDecideAfter ? AttentionLevel.MustDecide
        : state == OperationState.Accepted ? AttentionLevel.None
        : now - at >= EscalateAfter ? AttentionLevel.Escalated
        : now - at >= AlarmAfter ? AttentionLevel.Alarm
        : AttentionLevel.None;

    /// <summary>Colour of a level.</summary>
    public static Meaning Meaning(this AttentionLevel level) =>
        level == AttentionLevel.Alarm ? Ui.Meaning.Wait : Ui.Meaning.Fail;
}

/// <summary>A verdict that waits for its second person.</summary>
public sealed record WaitingVerdict(string Number, string ProposerName, DateTimeOffset ExpiresAt);

/// <summary>One operation that needs attention.</summary>
/// <param name="Line">The operation with the numbers of its order.</param>
public sealed record AttentionLine(OperationLine Line)
{
    /// <summary>When its outcome became unknown, or when it came into its state.</summary>
    public required DateTimeOffset Since { get; init; }

    public required AttentionLevel Level { get; init; }

    /// <summary>What somebody proposed about it; null when nobody did.</summary>
    public required WaitingVerdict? Waiting { get; init; }

    /// <summary>When a failed verdict counts as proven; null where none waits for that.</summary>
    public required DateTimeOffset? ProvenAt { get; init; }
}

/// <summary>One page.</summary>
/// <param name="Lines">Oldest first.</param>
/// <param name="Counts">How many each tab holds.</param>
/// <param name="HasEarlier">There is a page of older ones.</param>
/// <param name="HasLater">There is a page of younger ones.</param>
public sealed record AttentionPage(
    IReadOnlyList<AttentionLine> Lines, IReadOnlyDictionary<AttentionTab, int> Counts, bool HasEarlier, bool HasLater);
