using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>A message of two sentences: what is so, and what to do.</summary>
public sealed record TransferMessage(string Lead, string Next);

/// <summary>The sentences of transfers.</summary>
public sealed class TransferWords(
    IStringLocalizer<TransferTexts> texts, IStringLocalizer<OperationTexts> operationTexts, OperationWords words)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>The texts themselves, for the parts that every kind's page has.</summary>
    public IStringLocalizer Texts => texts;

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => words;

    /// <summary>A managed reason in words; a code that is no longer managed stays as it was stored.</summary>
    public string Reason(string code)
    {
        var text = texts[$"reason.{code}"];
        return text.ResourceNotFound ? code : text;
    }

    /// <summary>Why a payee was not found, with what to do; null when one was.</summary>
    public TransferMessage? Checked(PayeeChecked result, string provider, bool byEmail) => result switch
    {
        PayeeChecked.Known => null,
        PayeeChecked.NoAnswer { Setting: { } setting } => Say("checked.Setting", provider, setting),
        PayeeChecked.NoAnswer { Error: ProviderError.AnswerSignatureWrong } when byEmail =>
            Say("checked.UnsignedEmail", provider),
        PayeeChecked.NoAnswer no => new(
            texts["checked.NoAnswer", provider, operationTexts[$"why.{no.Error}"].Value],
            texts["checked.NoAnswer.next", no.ProviderCode.Length == 0 ? "–" : no.ProviderCode]),
        PayeeChecked.NoRight no => Say("checked.NoRight", no.Permission),
        _ => Say($"checked.{result.GetType().Name}", provider),
    };

    /// <summary>How a request ended, with what to do next.</summary>
    public TransferMessage Asked(
        TransferRequested result, TransferOffer offer, TimeZoneInfo? zone, Money? amount = null) => result switch
        {
            TransferRequested.Asked => Asked(offer.Prospect(amount), zone),
            TransferRequested.NoRight no => Say("asked.NoRight", no.Permission, offer.AccountName),
            TransferRequested.CheckTooOld no => Say("asked.CheckTooOld", words.Second(no.At, zone)),
            TransferRequested.NameDiffers no => Say("asked.NameDiffers", no.MaskedName),
            TransferRequested.AmountUnreadable no => Say("asked.AmountUnreadable", AmountRule(no.Currency)),
            TransferRequested.OutsideDocument no => Say("asked.OutsideDocument", texts[$"part.{no.Part}"].Value),
            TransferRequested.CommentTooLong no => Say("asked.CommentTooLong", no.Max),
            TransferRequested.OverLimit no => Say(
                "asked.OverLimit", texts[$"limit.{no.Standing.Scope}"].Value, Shown(no.Standing.Limit),
                Shown(no.Standing.Left)),
            TransferRequested.TwinFound no => Say(
                "asked.TwinFound", no.By, words.Second(no.At, zone), Shown(no.Amount), no.Number),
            _ => Say($"asked.{result.GetType().Name}"),
        };

    /// <summary>How amounts of a currency are written, with an example.</summary>
    public string AmountRule(Currency currency) => currency.Exponent == 0
        ? texts["amount.whole", currency.Code, new Money(1250, currency).ToDecimalText()]
        : texts["amount.decimals", currency.Code, currency.Exponent, new Money(125_075, currency).ToDecimalText()];

    private TransferMessage Asked(Approvals.ApprovalProspect prospect, TimeZoneInfo? zone) => Say(
        prospect.Most == 0 ? "asked.AskedNobody" : "asked.Asked",
        words.Names(prospect.Approvers), words.Minute(prospect.DecideBy, zone));

    private TransferMessage Say(string key, params object[] parts) =>
        new(texts[key, parts], texts[$"{key}.next", parts]);

    private static string Shown(Money money) => OperationWords.Money(money);
}
