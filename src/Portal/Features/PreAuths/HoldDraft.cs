using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>How much of a hold is to be captured.</summary>
public enum CaptureChoice
{
    Planned,
    Full,
    Part,
}

/// <summary>What a draft still lacks before it can be asked for.</summary>
public enum HoldLack
{
    Nothing,
    Amount,
    ReadableAmount,
    SmallerAmount,
    Reason,
    Payer,
    ShorterComment,
}

/// <summary>A capture or void while it is being filled in. What was typed is never changed by a fault.</summary>
public sealed class HoldDraft
{
    private string amountText = "";

    /// <summary>Starts with what is planned, or with all that is held.</summary>
    public HoldDraft(HoldSheet sheet, OperationKind kind)
    {
        Sheet = sheet;
        Kind = kind;
        Choose(Allows(CaptureChoice.Planned) ? CaptureChoice.Planned : CaptureChoice.Full);
    }

    /// <summary>Made once: sent twice, it is still one request.</summary>
    public Guid CommandId { get; } = Guid.CreateVersion7();

    public HoldSheet Sheet { get; private set; }
    public OperationKind Kind { get; }
    public CaptureChoice Choice { get; private set; }
    public string Reason { get; set; } = "";
    public string Comment { get; set; } = "";
    public string PayerId { get; set; } = "";

    /// <summary>The person has changed something that closing would lose.</summary>
    public bool IsTouched =>
        Reason.Length > 0 || Comment.Length > 0 || PayerId.Length > 0 || Choice == CaptureChoice.Part;

    /// <summary>The payer's number has to be typed.</summary>
    public bool AsksPayer => Sheet.NeedsPayer && Sheet.PayerId.Length == 0;

    /// <summary>The amount as typed. Typing chooses a part.</summary>
    public string AmountText
    {
        get => amountText;
        set
        {
            amountText = value;
            Choice = CaptureChoice.Part;
        }
    }

    public Money Authorised => Sheet.Line.Authorised;

    /// <summary>The amount, where it can be read and is not nothing; a void is always whole.</summary>
    public Money? Amount => Kind == OperationKind.Void ? Authorised
        : Money.TryParse(amountText.AsSpan().Trim(), Authorised.Currency, out var money) && money.Minor > 0 ? money
        : null;

    /// <summary>The first thing that is missing or wrong.</summary>
    public HoldLack Lack => Kind == OperationKind.Capture && string.IsNullOrWhiteSpace(amountText) ? HoldLack.Amount
        : Amount is not { } amount ? HoldLack.ReadableAmount
        : amount.Minor > Authorised.Minor ? HoldLack.SmallerAmount
        : Kind == OperationKind.Void && Reason.Length == 0 ? HoldLack.Reason
        : AsksPayer && !OrderFile.IsPayerNumber(PayerId.Trim()) ? HoldLack.Payer
        : Comment.Length > PreAuthCommands.MaxComment ? HoldLack.ShorterComment
        : HoldLack.Nothing;

    /// <summary>Whether a choice is possible now.</summary>
    public bool Allows(CaptureChoice choice) => choice != CaptureChoice.Planned || Sheet.Line.Planned is not null;

    /// <summary>Chooses; planned and full write their amount.</summary>
    public void Choose(CaptureChoice choice)
    {
        Choice = choice;
        if (choice != CaptureChoice.Part)
        {
            amountText = (choice == CaptureChoice.Planned ? Sheet.Line.Planned!.Value : Authorised).ToDecimalText();
        }
    }

    /// <summary>Takes fresh facts and keeps what was typed; a plan that is gone leaves its amount as a part.</summary>
    public void Refresh(HoldSheet fresh)
    {
        Sheet = fresh;
        Choose(Allows(Choice) ? Choice : CaptureChoice.Part);
    }

    /// <summary>The form as the command takes it.</summary>
    public HoldForm ToForm() => new()
    {
        CommandId = CommandId,
        OrderId = Sheet.Line.OrderId,
        Kind = Kind,
        AmountText = Kind == OperationKind.Capture ? amountText : "",
        SeenState = Sheet.Line.State,
        SeenAuthorised = Authorised.Minor,
        SeenVersion = Sheet.Line.Version,
        Reason = Kind == OperationKind.Void ? Reason : "",
        Comment = Comment,
        PayerId = PayerId,
    };
}
