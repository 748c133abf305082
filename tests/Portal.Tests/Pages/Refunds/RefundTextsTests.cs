using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class RefundTextsTests
{
    [Fact]
    public void The_samples_hold_every_way_a_request_can_end() =>
        RefundSamples.Endings.Select(ending => ending.GetType().Name).ShouldBe(
            typeof(RefundRequested).GetNestedTypes().Select(type => type.Name), ignoreOrder: true);

    [Fact]
    public void Every_ending_of_a_request_says_what_is_so_and_what_to_do() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<RefundWords>();
        foreach (var ending in RefundSamples.Endings)
        {
            var (lead, next) = words.Asked(ending, RefundSamples.Offer(), TimeZoneInfo.Utc);
            lead.ShouldBeASentence();
            next.ShouldBeASentence();
        }
    });

    [Fact]
    public void A_request_that_nobody_can_decide_on_says_so() => Spoken.InEveryLanguage(services =>
    {
        var offer = RefundSamples.Offer() with { Approval = Spoken.Outlook() };
        var (lead, next) = services.GetRequiredService<RefundWords>()
            .Asked(RefundSamples.Endings[0], offer, TimeZoneInfo.Utc);
        lead.ShouldBeASentence();
        next.ShouldContain("18:00");
        next.ShouldContain("operations.approve");
    });

    [Fact]
    public void Every_standing_has_a_note_of_what_is_so_and_what_happens_next() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<RefundWords>();
        foreach (var key in from standing in Spoken.StandingsWithoutHold
                            from part in new[] { "lead", "body", "next" }
                            select $"note.{standing}.{part}")
        {
            words[key, "Allinpay", "CNY 12.40", "Mika", "14:00", "Li Jing", "It broke.", "Wait."].ShouldBeASentence();
        }
    });

    [Fact]
    public void Every_value_that_pages_write_has_its_text() => Spoken.Missing<RefundTexts>(
    [
        .. RefundReasons.Codes.Select(code => $"reason.{code}"),
        .. Enum.GetNames<OrderState>().Select(name => $"order.{name}"),
        .. Enum.GetNames<OperationTab>().SelectMany(name => new[] { $"tab.{name}", $"list.empty.{name}" }),
        .. Enum.GetNames<DraftLack>().Select(name => $"lack.{name}"),
        .. Enum.GetNames<HowMuch>().Select(name => $"how.{name}"),
        .. Enum.GetNames<RefundBar>().Where(name => name != nameof(RefundBar.None)).Select(name => $"bar.{name}"),
    ]).ShouldBeEmpty();

    [Theory]
    [InlineData("JPY", "1250")]
    [InlineData("CNY", "1250.75")]
    [InlineData("KWD", "125.075")]
    public void The_example_of_an_amount_can_be_typed_as_it_stands(string code, string example) =>
        Spoken.InEveryLanguage(services =>
        {
            var currency = CurrencyTable.Get(code);
            services.GetRequiredService<RefundWords>().AmountRule(currency).ShouldContain(example);
            Money.TryParse(example, currency, out _).ShouldBeTrue();
        });
}
