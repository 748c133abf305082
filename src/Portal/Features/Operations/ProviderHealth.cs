namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What an exchange tells of whether its provider is there.</summary>
internal enum Heard
{
    /// <summary>Nothing left this process, so nothing is learnt.</summary>
    Nothing,

    /// <summary>The provider answered, whatever it said.</summary>
    Answer,

    /// <summary>No answer of the provider itself: no connection, no time, cut off, or a fault page.</summary>
    Silence,
}

/// <summary>
/// How a provider has answered lately: one row each, shared by all processes and changed by conditional updates.
/// </summary>
public sealed class ProviderHealth
{
    /// <summary>So many requests in a row without an answer close the provider for a while.</summary>
    public const int MostFailures = 5;

    private const int WidestRamp = 8;

    /// <summary>A clock difference beyond this is shown and logged.</summary>
    public static readonly TimeSpan ClockAlarm = TimeSpan.FromSeconds(60);

    /// <summary>A clock difference beyond this stops every send to the provider.</summary>
    public static readonly TimeSpan ClockStop = TimeSpan.FromMinutes(5);

    /// <summary>Within this time the holder of a trial answers, or it is anybody's again.</summary>
    private static readonly TimeSpan TrialLease = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Remeasured = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10),
    ];

    /// <summary>Key of the provider.</summary>
    public string Provider { get; init; } = "";

    /// <summary>How many requests in a row had no answer.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of them ended; null while it answers.</summary>
    public DateTimeOffset? SilentSince { get; set; }

    /// <summary>How often it was closed since it was last free: the next pause is longer.</summary>
    public int Pauses { get; set; }

    /// <summary>Nothing goes there before; once it is over, one trial at a time. Null while open.</summary>
    public DateTimeOffset? OpenUntil { get; set; }

    /// <summary>How many sends may be under way at once after an outage; 0 when any number may.</summary>
    public int Ramp { get; set; }

    /// <summary>How many sends were answered at this width.</summary>
    public int RampAnswers { get; set; }

    /// <summary>The provider's clock less ours, in milliseconds, when it was last told.</summary>
    public long ClockOffsetMs { get; set; }

    /// <summary>When the provider last told its clock; null before.</summary>
    public DateTimeOffset? MeasuredAt { get; set; }

    /// <summary>When a question last went in spite of the clock, to measure it again.</summary>
    public DateTimeOffset? ProbedAt { get; set; }

    public int Version { get; set; }

    /// <summary>How far the provider's clock is from ours, either way.</summary>
    public TimeSpan ClockOff => TimeSpan.FromMilliseconds(ClockOffsetMs).Duration();

    /// <summary>Sends wait until an answer shows that the clocks agree again.</summary>
    public bool ClockStopsSends => ClockOff > ClockStop;

    /// <summary>
    /// Nothing goes there now. A pause that ends later than any pause can is of a clock that was set back.
    /// </summary>
    public bool IsPaused(DateTimeOffset now) => OpenUntil > now && OpenUntil <= now + Waits[^1];

    /// <summary>The pause is over and nobody has had an answer yet: one trial may go.</summary>
    public bool WantsTrial(DateTimeOffset now) => OpenUntil is not null && !IsPaused(now);

    /// <summary>How many sends may be under way at once; null for any number.</summary>
    public int? Width(DateTimeOffset now) => WantsTrial(now) ? 1 : Ramp > 0 ? Ramp : null;

    /// <summary>Whether a provider that refuses questions beyond a clock difference would refuse one now.</summary>
    public bool RefusesByClock(TimeSpan? tolerance) => tolerance is { } most && ClockOff > most;

    /// <summary>Whether a question went only just now to measure the clock.</summary>
    public bool ProbedLately(DateTimeOffset now) => ProbedAt <= now && ProbedAt > now - Remeasured;

    internal void StartTrial(DateTimeOffset now) => OpenUntil = now + TrialLease;

    /// <summary>The provider answered: whatever was paused goes on, sends one at a time at first.</summary>
    internal void Answered(bool isSend)
    {
        Failures = 0;
        SilentSince = null;
        if (OpenUntil is not null)
        {
            OpenUntil = null;
            Ramp = 1;
            RampAnswers = 0;
        }

        if (Ramp == 0 || !isSend || ++RampAnswers < Ramp)
        {
            return;
        }

        Ramp = Ramp >= WidestRamp ? 0 : Ramp * 2;
        RampAnswers = 0;
        Pauses = Ramp == 0 ? 0 : Pauses;
    }

    /// <summary>
    /// No answer: after too many in a row, and at once for a trial or a canary, the provider is closed.
    /// </summary>
    /// <param name="now">When it ended.</param>
    /// <param name="isTrial">It was the one that a pause let through, or a send on the ramp.</param>
    internal void WasSilent(DateTimeOffset now, bool isTrial)
    {
        Failures++;
        SilentSince ??= now;
        if (isTrial || (Failures >= MostFailures && OpenUntil is null))
        {
            OpenUntil = now + Waits[Math.Min(Pauses, Waits.Length - 1)];
            Pauses++;
            Ramp = 1;
            RampAnswers = 0;
        }
    }

    /// <summary>The provider told its clock.</summary>
    internal void Measured(DateTimeOffset now, TimeSpan ahead)
    {
        ClockOffsetMs = (long)ahead.TotalMilliseconds;
        MeasuredAt = now;
    }

    /// <summary>Whether a new measurement tells anything that the row does not say yet.</summary>
    internal bool IsNews(DateTimeOffset now, TimeSpan ahead) =>
        MeasuredAt is not { } at || at > now || now - at >= Remeasured
        || (ahead - TimeSpan.FromMilliseconds(ClockOffsetMs)).Duration() > TimeSpan.FromSeconds(2);
}
