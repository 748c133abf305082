using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>The dialog that fills in one refund.</summary>
public partial class RequestRefundDialog
{
    private RefundMessage? message;
    private bool asking;

    /// <summary>What is filled in; made by the caller, so that it knows whether anything would be lost.</summary>
    [Parameter, EditorRequired]
    public RefundDraft Draft { get; set; } = null!;

    /// <summary>Asks. Called once per click that gets through.</summary>
    [Parameter, EditorRequired]
    public Func<RefundForm, Task<RefundRequested>> Ask { get; set; } = null!;

    /// <summary>Reads the order's figures again.</summary>
    [Parameter, EditorRequired]
    public Func<Task<RefundOffer?>> Reread { get; set; } = null!;

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    private RefundOffer Offer => Draft.Offer;

    /// <summary>The amount, where it fits: what the meter draws as this refund.</summary>
    private Money? This => Draft.Amount is { } amount && amount.Minor <= Offer.Refundable.Minor ? amount : null;

    private Money Rest => This is { } now ? Offer.Refundable - now : Offer.Refundable;

    private IReadOnlyList<MeterPart> Parts =>
        [new(Offer.Refunded.Minor, Meaning.Ended), new(Offer.Waiting.Minor, Meaning.Wait), new(This?.Minor ?? 0)];

    private string MeterWords => Words[
        "meter.words", OperationWords.Money(Offer.Refunded), OperationWords.Money(Offer.Waiting),
        This is { } now ? OperationWords.Money(now) : "–", OperationWords.Money(Offer.Paid)];

    private string? AmountError => Draft.Lack switch
    {
        DraftLack.ReadableAmount => Words.AmountRule(Offer.Paid.Currency),
        DraftLack.SmallerAmount => Words["amount.too-much", OperationWords.Money(Offer.Refundable)],
        _ => null,
    };

    private string AmountHint => Words[
        "amount.hint", new Money(1, Offer.Paid.Currency).ToDecimalText(), Offer.Refundable.ToDecimalText()];

    private string? CommentError => Draft.Comment.Length > RefundCommands.MaxComment
        ? Words["comment.too-long", RefundCommands.MaxComment, Draft.Comment.Length]
        : null;

    private string ActText => asking ? Words["ask.sending"]
        : This is { } amount ? Words["ask.act", OperationWords.Money(amount)]
        : Words["ask.act-bare"];

    private string Sub(HowMuch choice, bool allowed) => choice switch
    {
        HowMuch.Part => Words["how.Part.sub"],
        _ when allowed => OperationWords.Money(Offer.Refundable),
        HowMuch.Full => Words["how.Full.off"],
        _ => Words["how.Rest.off"],
    };

    private static string Joined(string text) => text.Length == 0 ? "" : $" · {text}";

    private async Task SendAsync()
    {
        // The disabled button is for the eye; this is what keeps a second click from being a second request.
        if (asking || Draft.Lack != DraftLack.Nothing)
        {
            return;
        }

        asking = true;
        message = null;
        try
        {
            var result = await Ask(Draft.ToForm());
            if (result is RefundRequested.Asked)
            {
                Dialogs.Close(result);
                return;
            }

            message = Words.Asked(result, Offer, Zone);
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
