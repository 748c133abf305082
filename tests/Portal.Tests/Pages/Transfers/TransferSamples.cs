using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Transfers;

namespace MerchantPortal.Portal.Tests.Pages;

internal static class TransferSamples
{
    public static Currency Usdt { get; } = CurrencyTable.Get("USDT");

    public static ProviderDescriptor Provider { get; } = new(
        "bgcpay", "BGCPay", "BG", "document", "Asia/Shanghai", ["openapi.bgcpay.com"], new("https://bgcpay.com"));

    public static TransferOffer Offer(long payeeUsed = 0, string maskedName = "A**n C**n") => new()
    {
        CheckId = Guid.CreateVersion7(),
        AccountName = "BGC wallet",
        Provider = Provider,
        PayeeId = Payouts.Payee,
        MaskedName = maskedName,
        Until = Spoken.Noon.AddMinutes(15),
        Currencies =
        [
            new(Usdt,
            [
                new(LimitScope.Payee, new(100_00, Usdt), new(payeeUsed, Usdt)),
                new(LimitScope.Requester, new(500_00, Usdt), new(0, Usdt)),
                new(LimitScope.Account, new(900_00, Usdt), new(0, Usdt)),
            ]),
        ],
        Approval = Spoken.Outlook("李静 Li Jing", "周敏 Zhou Min"),
    };

    /// <summary>One of every way a look at a payee can end badly.</summary>
    public static IReadOnlyList<PayeeChecked> Looks { get; } =
    [
        new PayeeChecked.NobodyFound(),
        new PayeeChecked.NoSuchAccount(),
        new PayeeChecked.NoRight("transfers.request"),
        new PayeeChecked.NotOffered(),
        new PayeeChecked.Empty(),
        new PayeeChecked.NoAnswer(ProviderError.TimedOut, "", null),
        new PayeeChecked.NoAnswer(ProviderError.AnswerSignatureWrong, "10000", "unsigned-answers: refuse"),
        new PayeeChecked.NoAnswer(ProviderError.AnswerSignatureWrong, "10000", null),
    ];

    /// <summary>One of every way a request can end.</summary>
    public static IReadOnlyList<TransferRequested> Endings { get; } =
    [
        new TransferRequested.Asked(Guid.CreateVersion7(), "T261120M5KQ7"),
        new TransferRequested.NoRight("transfers.request"),
        new TransferRequested.NoSuchCheck(),
        new TransferRequested.CheckTooOld(Spoken.Noon),
        new TransferRequested.NameDiffers("M**a T**a"),
        new TransferRequested.NotOffered(),
        new TransferRequested.AmountUnreadable(Usdt),
        new TransferRequested.OutsideDocument(TransferFault.Title),
        new TransferRequested.ReasonMissing(),
        new TransferRequested.CommentTooLong(500),
        new TransferRequested.OverLimit(new(LimitScope.Payee, new(100_00, Usdt), new(90_00, Usdt))),
        new TransferRequested.TwinFound("T261120M5KQ7", "王磊 Wang Lei", Spoken.Noon, new(8_600, Usdt)),
    ];
}
