namespace MerchantPortal.Payments.Providers;

/// <summary>
/// The right to write the body of one request, given with the claim and good for a few seconds: a process that was
/// paused between claiming and sending must not send late (reliability design, D5).
/// </summary>
public sealed class SendPermit
{
    private readonly TimeProvider time;
    private readonly long claimedAt;
    private readonly DateTimeOffset claimedWall;
    private readonly TimeSpan maxAge;

    private SendPermit(TimeProvider time, TimeSpan maxAge)
    {
        this.time = time;
        this.maxAge = maxAge;
        claimedAt = time.GetTimestamp();
        claimedWall = time.GetUtcNow();
    }

    /// <summary>How long a claim may wait for its first byte.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromSeconds(5);

    private static TimeSpan MaxClockJump { get; } = TimeSpan.FromSeconds(2);

    /// <summary>A permit that starts now, taken before the claim is committed.</summary>
    public static SendPermit Start(TimeProvider time) => new(time, MaxAge);

    /// <summary>A permit for questions, which may be asked at any age.</summary>
    public static SendPermit ForQuestions(TimeProvider time) => new(time, TimeSpan.MaxValue);

    /// <summary>Given for questions, which move nothing.</summary>
    public bool IsForQuestions => maxAge == TimeSpan.MaxValue;

    /// <summary>Whether the body may be written at this instant.</summary>
    public bool IsOpen
    {
        get
        {
            if (IsForQuestions)
            {
                return true;
            }

            var age = time.GetElapsedTime(claimedAt);
            var wall = time.GetUtcNow() - claimedWall;
            return age < maxAge && (wall - age).Duration() <= MaxClockJump;
        }
    }
}
