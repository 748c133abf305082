using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>A message of two sentences: what is so, and what to do.</summary>
public sealed record HoldMessage(string Lead, string Next);

/// <summary>The sentences of holds, captures and voids.</summary>
public sealed class PreAuthWords(IStringLocalizer<PreAuthTexts> texts, OperationWords words)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => words;

    /// <summary>The words of one kind, for the shared parts of operation pages.</summary>
    public IStringLocalizer Of(OperationKind kind) => new HoldTexts(texts, kind.Word());

    /// <summary>A managed reason in words; a code that is no longer managed stays as it was stored.</summary>
    public string Reason(string code) => code.Length == 0 ? ""
        : texts[$"reason.{code}"] is { ResourceNotFound: false } known ? known
        : code;

    /// <summary>What the shop says of the order.</summary>
    public string Shop(HoldLine line) => line.ShopState.Length == 0 ? texts["card.shop.nothing"] : line.ShopState;

    /// <summary>How a request ended, with what to do next.</summary>
    public HoldMessage Asked(
        HoldRequested result, HoldSheet sheet, TimeZoneInfo? zone, OperationKind kind = OperationKind.Capture,
        Money? amount = null) => result switch
        {
            HoldRequested.Asked => Asked(sheet.Prospect(kind, amount), zone),
            HoldRequested.NoRight no => Message(nameof(HoldRequested.NoRight), no.Permission, sheet.Line.AccountName),
            HoldRequested.NoSuchHold => Message(nameof(HoldRequested.NoSuchHold), sheet.Line.Number),
            HoldRequested.NotHeld no => Message(nameof(HoldRequested.NotHeld), texts[$"order.{no.State}"].Value),
            HoldRequested.NotOffered => Message(nameof(HoldRequested.NotOffered)),
            HoldRequested.SwitchedOff => Message(nameof(HoldRequested.SwitchedOff)),
            HoldRequested.AmountUnreadable no => Message(
                nameof(HoldRequested.AmountUnreadable), AmountRule(no.Currency)),
            HoldRequested.TooMuch no => Message(nameof(HoldRequested.TooMuch), OperationWords.Money(no.Authorised)),
            HoldRequested.ReasonMissing => Message(nameof(HoldRequested.ReasonMissing)),
            HoldRequested.PayerMissing => Message(nameof(HoldRequested.PayerMissing)),
            HoldRequested.CommentTooLong no => Message(nameof(HoldRequested.CommentTooLong), no.Max),
            HoldRequested.PageIsStale => Message(nameof(HoldRequested.PageIsStale)),
            HoldRequested.AnotherIsOpen no => Message(
                nameof(HoldRequested.AnotherIsOpen), no.Number, no.By, words.Second(no.At, zone),
                OperationWords.Money(no.Amount)),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "No such result."),
        };

    /// <summary>How amounts of a currency are written, with an example.</summary>
    public string AmountRule(Currency currency) => currency.Exponent == 0
        ? texts["amount.whole", currency.Code, new Money(1250, currency).ToDecimalText()]
        : texts["amount.decimals", currency.Code, currency.Exponent, new Money(125_075, currency).ToDecimalText()];

    private HoldMessage Asked(Approvals.ApprovalProspect prospect, TimeZoneInfo? zone) => Message(
        prospect.Most == 0 ? "AskedNobody" : nameof(HoldRequested.Asked),
        words.Names(prospect.Approvers), words.Minute(prospect.DecideBy, zone));

    private HoldMessage Message(string key, params object[] parts) =>
        new(texts[$"asked.{key}", parts], texts[$"asked.{key}.next", parts]);
}
