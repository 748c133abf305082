using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Resolutions;

namespace MerchantPortal.Portal.Tests.Pages;

internal static class RefundSamples
{
    public static Currency Cny { get; } = CurrencyTable.Get("CNY");

    public static RefundOffer Offer(
        long paid = 48_600, long refunded = 0, long waiting = 0, string currency = "CNY",
        OperationFacts? another = null) => new()
        {
            OrderId = Guid.CreateVersion7(),
            OrderNumber = "P261120K7QF3",
            Payer = "Mika Tanaka 田中 美佳",
            Method = "Visa ·· 4242",
            AccountName = "HK store",
            OrderState = OrderState.Paid,
            Paid = new(paid, CurrencyTable.Get(currency)),
            Refunded = new(refunded, CurrencyTable.Get(currency)),
            Waiting = new(waiting, CurrencyTable.Get(currency)),
            Refundable = new(paid - refunded - waiting, CurrencyTable.Get(currency)),
            Approval = Spoken.Outlook("李静 Li Jing", "周敏 Zhou Min"),
            Bar = RefundBar.None,
            Another = another,
        };

    public static OperationFacts Facts(OperationState state = OperationState.PendingApproval, long minor = 8_600) =>
        OperationFacts.From(new Operation
        {
            Id = Guid.CreateVersion7(),
            Number = "R261120M5KQ7",
            Provider = "allinpay",
            AmountMinor = minor,
            Currency = "CNY",
            RequesterName = "王磊 Wang Lei",
            RequestedAt = Spoken.Noon.AddMinutes(-6),
            State = state,
        });

    /// <summary>One of every way a request can end.</summary>
    public static IReadOnlyList<RefundRequested> Endings { get; } =
    [
        new RefundRequested.Asked(Guid.CreateVersion7(), "R261120M5KQ7"),
        new RefundRequested.NoRight("refunds.request"),
        new RefundRequested.NoSuchOrder(),
        new RefundRequested.NotRefundable(OrderState.ChargedBack),
        new RefundRequested.NotOffered(),
        new RefundRequested.SwitchedOff(),
        new RefundRequested.VerdictOpen(new("R261120M5KQ7", VerdictBarReason.NotProvenYet)),
        new RefundRequested.CaseOpen("K261121Q7MZ4"),
        new RefundRequested.AmountUnreadable(Cny),
        new RefundRequested.TooMuch(new(1_240, Cny)),
        new RefundRequested.ReasonMissing(),
        new RefundRequested.CommentTooLong(500),
        new RefundRequested.PageIsStale(new(1_240, Cny)),
        new RefundRequested.AnotherIsOpen("R261120M5KQ7", "王磊 Wang Lei", Spoken.Noon, new(8_600, Cny)),
    ];
}
