using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.PreAuths;

namespace MerchantPortal.Portal.Tests.Pages;

internal static class HoldSamples
{
    public static Currency Usd { get; } = CurrencyTable.Get("USD");

    public static HoldSheet Sheet(long held = 140_000, long? planned = null, bool needsPayer = false) => new()
    {
        Line = new()
        {
            OrderId = Guid.CreateVersion7(),
            Number = "P261120K7QF3",
            ShopNumber = "HR-7714",
            ProviderNumber = null,
            Provider = new(
                "allinpay", "Allinpay", "AP", "sample", "Asia/Shanghai", [], new("https://service.allinpay.com/")),
            AccountName = "Overseas store",
            Payer = "A. Lindqvist",
            Method = "Visa ·· 7714",
            ShopState = "shipped",
            State = OrderState.Held,
            Authorised = new(held, Usd),
            Captured = new(0, Usd),
            Planned = planned is { } minor ? new Money(minor, Usd) : null,
            PlannedAt = null,
            PlannedBy = "",
            AuthorisedAt = Spoken.Noon.AddDays(-5),
            EndsAt = Spoken.Noon.AddDays(1),
            ChangedAt = Spoken.Noon,
            Version = 3,
            Newest = null,
            Bar = HoldBar.None,
        },
        PayerId = "",
        NeedsPayer = needsPayer,
        CanAsk = false,
        Days = 6,
        History = [],
        Approval = Spoken.Outlook("李静 Li Jing"),
        MayPlan = true,
    };

    /// <summary>One of every way a request can end.</summary>
    public static IReadOnlyList<HoldRequested> Endings { get; } =
    [
        new HoldRequested.Asked(Guid.CreateVersion7(), "C261120M5KQ7"),
        new HoldRequested.NoRight("preauths.request"),
        new HoldRequested.NoSuchHold(),
        new HoldRequested.NotHeld(OrderState.Closed),
        new HoldRequested.NotOffered(),
        new HoldRequested.SwitchedOff(),
        new HoldRequested.AmountUnreadable(Usd),
        new HoldRequested.TooMuch(new(140_000, Usd)),
        new HoldRequested.ReasonMissing(),
        new HoldRequested.PayerMissing(),
        new HoldRequested.CommentTooLong(500),
        new HoldRequested.PageIsStale(),
        new HoldRequested.AnotherIsOpen(
            OperationKind.Void, "V261120M5KQ7", "王磊 Wang Lei", Spoken.Noon, new(140_000, Usd)),
    ];
}
