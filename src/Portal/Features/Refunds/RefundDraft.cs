using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>How much of an order is to go back.</summary>
public enum HowMuch
{
    Full,
    Rest,
    Part,
}

/// <summary>What a draft still lacks before it can be asked for.</summary>
public enum DraftLack
{
    Nothing,
    Amount,
    ReadableAmount,
    SmallerAmount,
    Reason,
    ShorterComment,
    Separate,
}

/// <summary>
/// A refund while it is being filled in. Whole minor units only; what was typed is never changed by a fault.
/// </summary>
public sealed class RefundDraft
{
    private string amountText = "";

    /// <summary>Starts with the most that can be asked for.</summary>
    public RefundDraft(RefundOffer offer)
    {
        Offer = offer;
        Choose(Allows(HowMuch.Full) ? HowMuch.Full : HowMuch.Rest);
    }

    /// <summary>Made once: sent twice, it is still one request.</summary>
    public Guid CommandId { get; } = Guid.CreateVersion7();

    public RefundOffer Offer { get; private set; }
    public HowMuch HowMuch { get; private set; }
    public string Reason { get; set; } = "";
    public string Comment { get; set; } = "";
    public bool MeansAnother { get; set; }

    /// <summary>The person has changed something that closing would lose.</summary>
    public bool IsTouched => Reason.Length > 0 || Comment.Length > 0 || HowMuch == HowMuch.Part;

    /// <summary>The amount as typed. Typing chooses a part.</summary>
    public string AmountText
    {
        get => amountText;
        set
        {
            amountText = value;
            HowMuch = HowMuch.Part;
        }
    }

    /// <summary>The amount, where it can be read and is not nothing.</summary>
    public Money? Amount =>
        Money.TryParse(amountText.AsSpan().Trim(), Offer.Paid.Currency, out var money) && money.Minor > 0
            ? money
            : null;

    /// <summary>The first thing that is missing or wrong.</summary>
    public DraftLack Lack => string.IsNullOrWhiteSpace(amountText) ? DraftLack.Amount
        : Amount is not { } amount ? DraftLack.ReadableAmount
        : amount.Minor > Offer.Refundable.Minor ? DraftLack.SmallerAmount
        : Reason.Length == 0 ? DraftLack.Reason
        : Comment.Length > RefundCommands.MaxComment ? DraftLack.ShorterComment
        : Offer.Another is not null && !MeansAnother ? DraftLack.Separate
        : DraftLack.Nothing;

    /// <summary>Whether a choice is possible now.</summary>
    public bool Allows(HowMuch choice) => choice switch
    {
        HowMuch.Full => Offer.Refundable == Offer.Paid,
        HowMuch.Rest => Offer.Refundable != Offer.Paid,
        _ => true,
    };

    /// <summary>Chooses; full and rest write their amount.</summary>
    public void Choose(HowMuch choice)
    {
        HowMuch = choice;
        if (choice != HowMuch.Part)
        {
            amountText = Offer.Refundable.ToDecimalText();
        }
    }

    /// <summary>
    /// Takes fresh figures and keeps what was typed; a full refund that is no longer possible becomes a part.
    /// </summary>
    public void Refresh(RefundOffer fresh)
    {
        Offer = fresh;
        Choose(Allows(HowMuch) ? HowMuch : HowMuch.Part);
    }

    /// <summary>The form as the command takes it.</summary>
    public RefundForm ToForm() => new()
    {
        CommandId = CommandId,
        OrderId = Offer.OrderId,
        AmountText = amountText,
        SeenRefundable = Offer.Refundable.Minor,
        Reason = Reason,
        Comment = Comment,
        MeansAnother = MeansAnother,
    };
}
