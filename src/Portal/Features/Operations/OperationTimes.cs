namespace MerchantPortal.Portal.Features.Operations;

/// <summary>The waits of the send path (reliability design, sections 4.4 and 4.5).</summary>
internal static class OperationTimes
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <summary>An accepted operation is watched this long; Allinpay forgets refunds after about a month.</summary>
    public static TimeSpan AcceptedWatch { get; } = TimeSpan.FromDays(25);

    /// <summary>How long questions about a card that was taken away go on by themselves.</summary>
    public static TimeSpan CardSettleTime { get; } = TimeSpan.FromMinutes(30);

    /// <summary>How often the same number may go again by itself, where the document allows it.</summary>
    public const int MostRepeats = 3;

    /// <summary>How often, at least, the provider has to have shown nothing done before a repeat.</summary>
    public const int LeastShown = 3;

    /// <summary>For how long the provider has to have shown nothing done before a repeat.</summary>
    public static TimeSpan ShownFor { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The least time between two repeats.</summary>
    public static TimeSpan BetweenRepeats { get; } = TimeSpan.FromHours(1);

    /// <summary>Wait before question number <paramref name="asked"/> + 1.</summary>
    public static TimeSpan Question(int asked) => Waits[Math.Min(asked, Waits.Length - 1)];

    /// <summary>When to ask again; never past the settle time, so that people are called when it is over.</summary>
    public static DateTimeOffset NextQuestion(DateTimeOffset now, Operation operation)
    {
        var next = now + Question(operation.Questions);
        return operation.SettleAfter is { } settle && now < settle && settle < next ? settle : next;
    }

    /// <summary>Wait after attempt number <paramref name="attempt"/> that was proven not to have left.</summary>
    public static TimeSpan AfterNotSent(int attempt) => Waits[Math.Min(attempt - 1, Waits.Length - 1)];
}
