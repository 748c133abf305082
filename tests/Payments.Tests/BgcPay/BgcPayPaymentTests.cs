using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;

namespace MerchantPortal.Payments.Tests.BgcPay;

public sealed class BgcPayPaymentTests
{
    private static readonly BgcPayPayment Payment = new()
    {
        MerchantNumber = "20150320010101001",
        Amount = new(8888, BgcPayBench.Usdt),
        Subject = "Iphone6 16G",
    };

    private static readonly (string Name, string Value)[] Created =
    [
        ("code", "10000"), ("msg", "Success"), ("trade_no", "2013112011001004330000121536"),
        ("out_trade_no", "20150320010101001"),
    ];

    public static TheoryData<string, BgcPayPayment> Outside() => new()
    {
        { "a hyphen", Payment with { MerchantNumber = "2015-1" } },
        { "no number", Payment with { MerchantNumber = "" } },
        { "nothing", Payment with { Amount = new(0, BgcPayBench.Usdt) } },
        { "over the range", Payment with { Amount = new(100_000_000_01, BgcPayBench.Usdt) } },
        { "a currency of ISO 4217", Payment with { Amount = new(1, CurrencyTable.Get("CNY")) } },
        { "a slash in the title", Payment with { Subject = "a/b" } },
        { "an ampersand in the title", Payment with { Subject = "a&b" } },
        { "a title too long", Payment with { Subject = new('s', 257) } },
        { "a pair in what is passed through", Payment with { ExtendParams = "a=b" } },
        { "no second", Payment with { TimeoutSeconds = 0 } },
        { "a language of none", Payment with { Language = "fr" } },
        { "an address of another kind", Payment with { NotifyUrl = new("ftp://shop.example/") } },
        { "an address too long", Payment with { ReturnUrl = new("https://shop.example/" + new string('a', 256)) } },
        { "an address that starts a field", Payment with { NotifyUrl = new("https://shop.example/a&b=c") } },
    };

    [Fact]
    public async Task Everything_that_the_document_offers_is_sent_in_its_place()
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.TradePay, BgcPayBench.Json(Created));

        var outcome = await CreateAsync(bench, Payment with
        {
            ExtendParams = "table 7",
            TimeoutSeconds = 900,
            NotifyUrl = new("https://shop.example/notify?a=1&b=2"),
            ReturnUrl = new("https://shop.example/thanks"),
            Language = "zh-Hant",
        });

        outcome.ShouldBeOfType<ProviderOutcome.Done>().ProviderNumber.ShouldBe("2013112011001004330000121536");
        bench.Business.ShouldBe(
            """{"out_trade_no":"20150320010101001","currency":"USDT","total_amount":"88.88","subject":"Iphone6 16G","""
            + """ "extend_params":"table 7","timeout":900}""".TrimStart());
        bench.Addresses.Single().Query.ShouldContain(
            "&lang=zh-Hant&notify_url=https%3A%2F%2Fshop.example%2Fnotify%3Fa%3D1%26b%3D2"
            + "&return_url=https%3A%2F%2Fshop.example%2Fthanks&sign=");
        Secrets.Leak(outcome.Transcript, bench).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Outside))]
    public async Task A_payment_outside_the_document_is_never_sent(string _, BgcPayPayment payment)
    {
        using var bench = new BgcPayBench();

        (await CreateAsync(bench, payment)).ShouldBeOfType<ProviderOutcome.NotSent>()
            .Error.ShouldBe(ProviderError.InvalidRequest);
        bench.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ACQ.ACCESS_FORBIDDEN", ProviderError.MerchantNotAllowed, true)]
    [InlineData("ACQ.CURRENCY_NOT_SUPPORT", ProviderError.InvalidRequest, true)]
    [InlineData("ACQ.TOTAL_FEE_EXCEED", ProviderError.LimitExceeded, true)]
    [InlineData("ACQ.INVALID_PARAMETER", ProviderError.InvalidRequest, true)]
    [InlineData("ACQ.MISSING_PARAMETER", ProviderError.InvalidRequest, true)]
    [InlineData("ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT", ProviderError.MerchantNotAllowed, true)]
    [InlineData("ACQ.SYSTEM_ERROR", ProviderError.ProviderFault, false)]
    [InlineData("ACQ.TRADE_HAS_EXIST", ProviderError.Duplicate, false)]
    [InlineData("INVALID_PARAMETER", ProviderError.Unlisted, false)]
    public async Task The_codes_of_the_interface_mean_what_its_table_says(
        string code, ProviderError error, bool refused)
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.TradePay, BgcPayBench.Error("40004", code));

        var outcome = await CreateAsync(bench, Payment);

        if (refused)
        {
            outcome.ShouldBeOfType<ProviderOutcome.Refused>().Error.ShouldBe(error);
        }
        else
        {
            outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
        }
    }

    [Theory]
    [InlineData("out_trade_no", "1", ProviderError.AnswerMismatch)]
    [InlineData("trade_no", "", ProviderError.AnswerUnreadable)]
    [InlineData("trade_no", "a=b", ProviderError.AnswerUnreadable)]
    [InlineData("order_id", "1", ProviderError.AnswerUnreadable)]
    public async Task A_success_that_is_not_ours_leaves_the_payment_unknown(
        string name, string value, ProviderError error)
    {
        using var bench = new BgcPayBench();
        bench.AnswerWrapped(BgcPayErrors.TradePay, BgcPayBench.Json(BgcPayBench.With(Created, (name, value))));

        (await CreateAsync(bench, Payment)).ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
    }

    private static Task<ProviderOutcome> CreateAsync(BgcPayBench bench, BgcPayPayment payment) =>
        bench.Provider.Payments.CreateAsync(
            bench.Account, payment, bench.Keys, bench.Permit(), CancellationToken.None);
}
