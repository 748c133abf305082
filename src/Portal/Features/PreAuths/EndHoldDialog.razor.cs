using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>The dialog that fills in one capture or void.</summary>
public partial class EndHoldDialog
{
    private HoldMessage? message;
    private bool asking;

    /// <summary>What is filled in; made by the caller, so that it knows whether anything would be lost.</summary>
    [Parameter, EditorRequired]
    public HoldDraft Draft { get; set; } = null!;

    /// <summary>Asks. Called once per click that gets through.</summary>
    [Parameter, EditorRequired]
    public Func<HoldForm, Task<HoldRequested>> Ask { get; set; } = null!;

    /// <summary>Reads the hold's facts again.</summary>
    [Parameter, EditorRequired]
    public Func<Task<HoldSheet?>> Reread { get; set; } = null!;

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    private HoldSheet Sheet => Draft.Sheet;

    private HoldLine Line => Draft.Sheet.Line;

    private bool IsCapture => Draft.Kind == OperationKind.Capture;

    /// <summary>The amount, where it fits.</summary>
    private Money? This => Draft.Amount is { } amount && amount.Minor <= Draft.Authorised.Minor ? amount : null;

    private string? AmountError => Draft.Lack switch
    {
        HoldLack.ReadableAmount => Words.AmountRule(Draft.Authorised.Currency),
        HoldLack.SmallerAmount => Words["amount.too-much", OperationWords.Money(Draft.Authorised)],
        _ => null,
    };

    private string AmountHint => Words[
        "amount.hint", new Money(1, Draft.Authorised.Currency).ToDecimalText(), Draft.Authorised.ToDecimalText()];

    private string? CommentError => Draft.Comment.Length > PreAuthCommands.MaxComment
        ? Words["comment.too-long", PreAuthCommands.MaxComment, Draft.Comment.Length]
        : null;

    private string Consequence => !IsCapture ? Words["consequence.void", OperationWords.Money(Draft.Authorised)]
        : This is { } amount && amount.Minor < Draft.Authorised.Minor
            ? Words["consequence.part", OperationWords.Money(Draft.Authorised - amount)]
        : Words["consequence.full"];

    private string ActText => asking ? Words["ask.sending"]
        : This is { } amount ? Words[$"act.{Draft.Kind}", OperationWords.Money(amount)]
        : Words["act.bare"];

    private string Sub(CaptureChoice choice) => choice switch
    {
        CaptureChoice.Full => OperationWords.Money(Draft.Authorised),
        CaptureChoice.Planned when Line.Planned is { } planned => OperationWords.Money(planned),
        CaptureChoice.Planned => Words["how.Planned.off"],
        _ => Words["how.Part.sub"],
    };

    private static string Joined(string text) => text.Length == 0 ? "" : $" · {text}";

    private async Task SendAsync()
    {
        // The disabled button is for the eye; this is what keeps a second click from being a second request.
        if (asking || Draft.Lack != HoldLack.Nothing)
        {
            return;
        }

        asking = true;
        message = null;
        try
        {
            var result = await Ask(Draft.ToForm());
            if (result is HoldRequested.Asked)
            {
                Dialogs.Close(result);
                return;
            }

            message = Words.Asked(result, Sheet, Zone);
            if (await Reread() is { } fresh)
            {
                Draft.Refresh(fresh);
            }
        }
        finally
        {
            asking = false;
        }
    }
}
