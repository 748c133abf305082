using Microsoft.Extensions.Localization;
using Radzen;

namespace MerchantPortal.Portal.Ui;

/// <summary>Opens confirmations.</summary>
public static class ConfirmDialogs
{
    /// <summary>Asks and waits. Null means the person went back.</summary>
    public static async Task<ConfirmAnswer?> ConfirmAsync(this DialogService dialogs, ConfirmQuestion question,
        IStringLocalizer<UiTexts> texts)
    {
        var typed = "";
        var options = Options(texts);
        // Esc and the cross must not throw away a reason that somebody wrote; Cancel may.
        options.CanClose = () => Task.FromResult(typed.Length == 0);
        object? answer = await dialogs.OpenAsync<ConfirmDialog>(question.Title,
            new Dictionary<string, object?>
            {
                [nameof(ConfirmDialog.Question)] = question,
                [nameof(ConfirmDialog.Typed)] = (Action<string>)(text => typed = text),
            },
            options);
        return answer as ConfirmAnswer;
    }

    /// <summary>How every dialog of the portal stands: 620 px, no closing by a click outside.</summary>
    public static DialogOptions Options(IStringLocalizer<UiTexts> texts) => new()
    {
        Width = "620px",
        CssClass = "p-dialog",
        CloseDialogOnOverlayClick = false,
        CloseDialogOnEsc = true,
        CloseAriaLabel = texts["dialog.close"],
        AutoFocusFirstElement = false,
    };
}
