using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>What verdicts and effects are called and how they look.</summary>
internal static class InboundWords
{
    /// <summary>The name that a row keeps.</summary>
    public static InboundVerdict Name(this NotificationVerdict verdict) => verdict switch
    {
        NotificationVerdict.Genuine => InboundVerdict.Genuine,
        NotificationVerdict.OutsideShape => InboundVerdict.OutsideShape,
        NotificationVerdict.Forged => InboundVerdict.Forged,
        NotificationVerdict.Malformed => InboundVerdict.Malformed,
        _ => InboundVerdict.NoKey,
    };

    /// <summary>A key of the account proved it.</summary>
    public static bool IsSigned(this NotificationVerdict verdict) => verdict.Name().IsAcknowledged();

    /// <summary>It was answered as the document wants, so that the provider tries no more.</summary>
    public static bool IsAcknowledged(this InboundVerdict verdict) =>
        verdict is InboundVerdict.Genuine or InboundVerdict.OutsideShape;

    public static Meaning Meaning(this InboundVerdict verdict) => verdict switch
    {
        InboundVerdict.Genuine => Ui.Meaning.Done,
        InboundVerdict.OutsideShape => Ui.Meaning.Wait,
        _ => Ui.Meaning.Fail,
    };

    public static Meaning Meaning(this InboundEffect effect) => effect switch
    {
        InboundEffect.Applied => Ui.Meaning.Done,
        InboundEffect.Quarantined => Ui.Meaning.Fail,
        _ => Ui.Meaning.Ended,
    };

    /// <summary>Repeats and quarantine have icons of their own.</summary>
    public static IconName? Icon(this InboundEffect effect) => effect switch
    {
        InboundEffect.Repeat => IconName.Duplicate,
        InboundEffect.Quarantined => IconName.Shield,
        _ => null,
    };
}
