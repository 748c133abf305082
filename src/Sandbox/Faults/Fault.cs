namespace MerchantPortal.Sandbox.Faults;

/// <summary>The ways in which a provider can misbehave; README.md says what each does.</summary>
static class FaultKind
{
    public const string Late = "late";
    public const string Lost = "lost";
    public const string Dropped = "dropped";
    public const string ResetAfter = "reset-after";
    public const string Error500 = "error-500";
    public const string Error500Done = "error-500-done";
    public const string UnknownDone = "unknown-done";
    public const string WrongSignature = "wrong-signature";
    public const string NoSignature = "no-signature";
    public const string WrongCharset = "wrong-charset";
    public const string SlowDrip = "slow-drip";
    public const string Truncated = "truncated";
    public const string CutOff = "cut-off";
    public const string Empty200 = "empty-200";
    public const string Html200 = "html-200";
    public const string Redirect307 = "redirect-307";
    public const string OtherOrder = "duplicate-answer-other-order";
    public const string Refuse = "refuse";
    public const string Oversized = "oversized";
    public const string Stale = "stale";
    public const string Twice = "twice";

    public static readonly IReadOnlySet<string> OfAnswers = new HashSet<string>
    {
        Late, Lost, Dropped, ResetAfter, Error500, Error500Done, UnknownDone, WrongSignature, NoSignature,
        WrongCharset, SlowDrip, Truncated, CutOff, Empty200, Html200, Redirect307, OtherOrder, Refuse, Oversized,
        Stale,
    };

    public static readonly IReadOnlySet<string> OfNotifications = new HashSet<string>
    {
        Late, Lost, Dropped, WrongSignature, NoSignature, WrongCharset, OtherOrder, Oversized, Twice,
    };

    /// <summary>Faults that may strike before the effect as well as after it.</summary>
    public static readonly IReadOnlySet<string> EitherSideOfEffect = new HashSet<string>
    {
        Late, Lost, ResetAfter, Empty200, Html200,
    };
}

/// <summary>One misbehaviour, as ordered for a call.</summary>
sealed record Fault(string Kind)
{
    public TimeSpan? Delay { get; init; }
    public bool BeforeEffect { get; init; }
    public string? Code { get; init; }
    public string? Location { get; init; }
}

/// <summary>A standing order for faults: the next <see cref="Times"/> matching calls get one.</summary>
sealed record FaultOrder
{
    public int Id { get; init; }
    public required string Provider { get; init; }
    public required string Interface { get; init; }
    public required string Kind { get; init; }
    public int Times { get; init; } = 1;
    public int? DelayMs { get; init; }
    public string? OrderNo { get; init; }
    public bool BeforeEffect { get; init; }
    public string? Code { get; init; }
    public string? Location { get; init; }

    public string? Problem()
    {
        var kinds = Interface == FaultBoard.Notification ? FaultKind.OfNotifications : FaultKind.OfAnswers;
        if (!kinds.Contains(Kind)) return $"{Interface} knows no fault {Kind}";
        if (Times < 1) return "times must be at least 1";
        if (DelayMs is < 0) return "delayMs must not be negative";
        if (BeforeEffect && !FaultKind.EitherSideOfEffect.Contains(Kind)) return $"{Kind} has no beforeEffect";
        if (Kind == FaultKind.Refuse && string.IsNullOrEmpty(Code)) return "refuse needs a code";
        return null;
    }

    public Fault ToFault() => new(Kind)
    {
        Delay = DelayMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        BeforeEffect = BeforeEffect,
        Code = Code,
        Location = Location,
    };
}
