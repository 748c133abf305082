namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>The states of a refund (document 3.8) and the road from acceptance to its end.</summary>
static class RefundReview
{
    public const string NotAccepted = "TKSUCC0001";
    public const string AwaitingReview = "TKSUCC0002";
    public const string ReviewPassed = "TKSUCC0003";
    public const string Reversed = "TKSUCC0004";
    public const string InProgress = "TKSUCC0005";
    public const string Succeeded = "TKSUCC0006";
    public const string Failed = "TKSUCC0007";
    public const string ReviewRejected = "TKSUCC0008";

    public static bool IsState(string? state) => state is NotAccepted or AwaitingReview or ReviewPassed or Reversed
        or InProgress or Succeeded or Failed or ReviewRejected;

    /// <summary>The state now: one step further each time the review step has passed since acceptance.</summary>
    public static string StateAt(AllinpayRefund refund, DateTimeOffset now)
    {
        if (refund.ForcedState is { } forced) return forced;
        var road = RoadTo(refund.End);
        var steps = (now - refund.AcceptedAt).Ticks / refund.ReviewStep.Ticks;
        return road[(int)Math.Clamp(steps, 0, road.Length - 1)];
    }

    public static bool MoneyMoved(string state) => state == Succeeded;

    /// <summary>Whether the amount counts against the order: all but the refunds that ended without money.</summary>
    public static bool HoldsAmount(string state) => state is not (Reversed or Failed or ReviewRejected);

    static string[] RoadTo(string end) => end switch
    {
        AwaitingReview => [NotAccepted, AwaitingReview],
        ReviewRejected => [NotAccepted, AwaitingReview, ReviewRejected],
        Reversed => [NotAccepted, AwaitingReview, ReviewPassed, Reversed],
        _ => [NotAccepted, AwaitingReview, ReviewPassed, InProgress, end],
    };
}
