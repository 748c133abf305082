using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Shell;

/// <summary>An invented order for the kit page.</summary>
sealed record KitRow(
    string Ours, string Shop, string Provider, string Mark, string Name, string Method,
    Meaning Meaning, string State, string Raw, string Payer, string? PayerToo, int Minute,
    long Gross, string Currency, int Exponent, long? Fee, long? Refunded)
{
    public static readonly IReadOnlyList<KitRow> All =
    [
        new("P261120K7QF3", "HP-20261120-004718", "LL2026112014328870031", "LG", "LianLian Global", "Visa ·· 4242",
            Meaning.Done, "Paid", "PS", "Mika Tanaka", "田中 美佳", 38, 48600, "JPY", 0, 1458, 8600),
        new("P261120K7P81", "HP-20261120-004702", "2026112049351027", "LM", "LianLian mobile", "快捷支付 ICBC ·· 8831",
            Meaning.Done, "Paid", "SUCCESS", "陈**", null, 65, 326000, "CNY", 2, 1956, null),
        new("P261120K7M44", "HP-20261120-004688", "202611201359118846", "AP", "Allinpay", "Mastercard ·· 0119",
            Meaning.Unknown, "Refund unknown", "no answer", "J. Okonkwo", null, 71, 128450, "USD", 2, 3597, 41200),
        new("P261120K7KD0", "HP-20261120-004671", "20261120210110046300", "BG", "BGCPay", "BGC wallet",
            Meaning.Run, "Processing", "WAIT_BUYER_PAY", "杨**", null, 89, 987000, "HKD", 2, null, null),
        new("P261120K7G27", "HP-20261120-004639", "202611201316402213", "AP", "Allinpay", "Visa ·· 9921",
            Meaning.Fail, "Declined", "payResult 0 · 100607", "C. Moreau", null, 114, 8900, "USD", 2, null, null),
        new("P261120K7C5R", "HP-20261120-004604", "LL2026112012443190725", "LG", "LianLian Global", "KNET ·· 5560",
            Meaning.Done, "Paid", "PS", "F. Al-Sabah", null, 146, 142750, "KWD", 3, 4283, null),
    ];
}
