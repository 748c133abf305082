using Radzen;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>How dialogs that propose a change end.</summary>
public static class ProposedDialogs
{
    /// <summary>Closes the dialog with what is said when the proposal stands.</summary>
    /// <returns>What the dialog has to tell; null when it was closed.</returns>
    public static ChangeMessage? CloseIfDone(this DialogService dialogs, Proposed result, ChangeMessage said)
    {
        if (result is not Proposed.Done)
        {
            return said;
        }

        dialogs.Close(said);
        return null;
    }
}
