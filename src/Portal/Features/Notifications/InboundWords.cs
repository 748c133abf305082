using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>How verdicts and effects look.</summary>
internal static class InboundWords
{
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
