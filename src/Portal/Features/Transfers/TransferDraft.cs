using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>What a draft still lacks before it can be asked for.</summary>
public enum TransferLack
{
    Nothing,
    Amount,
    ReadableAmount,
    SmallerAmount,
    Title,
    Reason,
    ShorterComment,
    Separate,
}

/// <summary>A transfer while it is being filled in. What was typed is never changed by a fault.</summary>
public sealed class TransferDraft
{
    public TransferDraft(TransferOffer offer)
    {
        Offer = offer;
        Currency = offer.Currencies[0].Currency.Code;
    }

    /// <summary>Made once: sent twice, it is still one request.</summary>
    public Guid CommandId { get; } = Guid.CreateVersion7();

    public TransferOffer Offer { get; private set; }
    public string AmountText { get; set; } = "";
    public string Currency { get; set; }
    public string Title { get; set; } = "";
    public string Remark { get; set; } = "";
    public string Reason { get; set; } = "";
    public string Comment { get; set; } = "";

    /// <summary>The same transfer that the command pointed out; null while it has not.</summary>
    public TransferRequested.TwinFound? Twin { get; set; }

    /// <summary>The person has said that theirs is another one.</summary>
    public bool MeansAnother { get; set; }

    /// <summary>The chosen currency's limits.</summary>
    public CurrencyStanding Standing => Offer.Currencies.First(one => one.Currency.Code == Currency);

    /// <summary>The amount, where it can be read and is not nothing.</summary>
    public Money? Amount =>
        Money.TryParse(AmountText.AsSpan().Trim(), Standing.Currency, out var money) && money.Minor > 0 ? money : null;

    /// <summary>The first thing that is missing or wrong.</summary>
    public TransferLack Lack => string.IsNullOrWhiteSpace(AmountText) ? TransferLack.Amount
        : Amount is not { } amount ? TransferLack.ReadableAmount
        : amount.Minor > Standing.Most.Minor ? TransferLack.SmallerAmount
        : string.IsNullOrWhiteSpace(Title) ? TransferLack.Title
        : Reason.Length == 0 ? TransferLack.Reason
        : Comment.Length > TransferCommands.MaxComment ? TransferLack.ShorterComment
        : Twin is not null && !MeansAnother ? TransferLack.Separate
        : TransferLack.Nothing;

    /// <summary>Takes fresh figures and keeps what was typed.</summary>
    public void Refresh(TransferOffer fresh) => Offer = fresh;

    /// <summary>The form as the command takes it.</summary>
    public TransferForm ToForm() => new()
    {
        CommandId = CommandId,
        CheckId = Offer.CheckId,
        SeenName = Offer.MaskedName,
        AmountText = AmountText,
        Currency = Currency,
        Title = Title,
        Remark = Remark,
        Reason = Reason,
        Comment = Comment,
        MeansBeside = MeansAnother ? Twin?.Number : null,
    };
}
