using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>Where a provider's tries to tell us something stand at one instant.</summary>
/// <param name="Left">Tries still to come, at most.</param>
/// <param name="All">Tries altogether.</param>
/// <param name="ClosesAt">From then on only a question can tell.</param>
/// <param name="IsOver">It is past that.</param>
/// <param name="Documented">Whether the document gives the times; false where it only counts the tries.</param>
public sealed record RetryStanding(int Left, int All, DateTimeOffset ClosesAt, bool IsOver, bool Documented)
{
    /// <summary>Counted from the first try, or from the earliest instant it can have been.</summary>
    public static RetryStanding Of(RetrySchedule schedule, DateTimeOffset first, DateTimeOffset now) => new(
        schedule.Left(now - first),
        schedule.Tries.Count,
        first + schedule.Window,
        schedule.IsOver(now - first),
        schedule.Documented);
}
