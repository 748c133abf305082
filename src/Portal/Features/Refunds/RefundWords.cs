using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>A message of two sentences: what is so, and what to do.</summary>
public sealed record RefundMessage(string Lead, string Next);

/// <summary>The sentences of refunds.</summary>
public sealed class RefundWords(
    IStringLocalizer<RefundTexts> texts, IStringLocalizer<OperationTexts> operationTexts, OperationWords words)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => words;

    /// <summary>A managed reason in words; a code that is no longer managed stays as it was stored.</summary>
    public string Reason(string code)
    {
        var text = texts[$"reason.{code}"];
        return text.ResourceNotFound ? code : text;
    }

    /// <summary>A problem in plain sentences.</summary>
    public Why? Why(OperationFacts operation) => OperationWhy.Of(operationTexts, operation.Problem, operation.State);

    /// <summary>A problem of one exchange in plain words; null where there was none.</summary>
    public string? What(string problem) => problem.Length == 0 ? null : operationTexts[$"why.{problem}"].Value;

    /// <summary>How a request ended, with what to do next.</summary>
    public RefundMessage Asked(
        RefundRequested result, RefundOffer offer, TimeZoneInfo? zone, Money? amount = null) => result switch
        {
            RefundRequested.Asked => Asked(offer.Prospect(amount), zone),
            RefundRequested.NoRight no => Say(nameof(RefundRequested.NoRight), no.Permission, offer.AccountName),
            RefundRequested.NoSuchOrder => Say(nameof(RefundRequested.NoSuchOrder), offer.OrderNumber),
            RefundRequested.NotRefundable no => Say(
                nameof(RefundRequested.NotRefundable), texts[$"order.{no.State}"].Value),
            RefundRequested.NotOffered => Say(nameof(RefundRequested.NotOffered)),
            RefundRequested.SwitchedOff => Say(nameof(RefundRequested.SwitchedOff)),
            RefundRequested.VerdictOpen no => Say(
                $"{nameof(RefundRequested.VerdictOpen)}.{no.Bar.Reason}", no.Bar.Number),
            RefundRequested.CaseOpen no => Say(nameof(RefundRequested.CaseOpen), no.Number),
            RefundRequested.AmountUnreadable no => Say(
                nameof(RefundRequested.AmountUnreadable), AmountRule(no.Currency)),
            RefundRequested.TooMuch no => Say(nameof(RefundRequested.TooMuch), Shown(no.Refundable)),
            RefundRequested.ReasonMissing => Say(nameof(RefundRequested.ReasonMissing)),
            RefundRequested.CommentTooLong no => Say(nameof(RefundRequested.CommentTooLong), no.Max),
            RefundRequested.PageIsStale no => Say(nameof(RefundRequested.PageIsStale), Shown(no.Refundable)),
            RefundRequested.AnotherIsOpen no => Say(
                nameof(RefundRequested.AnotherIsOpen), no.By, words.Second(no.At, zone), Shown(no.Amount), no.Number),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "No such result."),
        };

    /// <summary>How amounts of a currency are written, with an example.</summary>
    public string AmountRule(Currency currency) => currency.Exponent == 0
        ? texts["amount.whole", currency.Code, new Money(1250, currency).ToDecimalText()]
        : texts["amount.decimals", currency.Code, currency.Exponent, new Money(125_075, currency).ToDecimalText()];

    private RefundMessage Asked(Approvals.ApprovalProspect prospect, TimeZoneInfo? zone) => Say(
        prospect.Most == 0 ? "AskedNobody" : nameof(RefundRequested.Asked),
        words.Names(prospect.Approvers), words.Minute(prospect.DecideBy, zone));

    private RefundMessage Say(string key, params object[] parts) =>
        new(texts[$"asked.{key}", parts], texts[$"asked.{key}.next", parts]);

    private static string Shown(Money money) => OperationWords.Money(money);
}
