using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class TransferTextsTests
{
    [Fact]
    public void The_samples_hold_every_way_that_a_look_or_a_request_can_end()
    {
        TransferSamples.Endings.Select(ending => ending.GetType().Name).ShouldBe(
            typeof(TransferRequested).GetNestedTypes().Select(type => type.Name), ignoreOrder: true);
        TransferSamples.Looks.Select(look => look.GetType().Name).Append("Known").Distinct().ShouldBe(
            typeof(PayeeChecked).GetNestedTypes().Select(type => type.Name), ignoreOrder: true);
    }

    [Fact]
    public void Every_ending_says_what_is_so_and_what_to_do() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<TransferWords>();
        var said = TransferSamples.Endings
            .Select(ending => words.Asked(ending, TransferSamples.Offer(), TimeZoneInfo.Utc))
            .Concat(TransferSamples.Looks.Select(look => words.Checked(look, "BGCPay", byEmail: true)!));
        foreach (var (lead, next) in said)
        {
            lead.ShouldBeASentence();
            next.ShouldBeASentence();
            (lead + next).ShouldNotContain("checked.");
        }
    });

    [Fact]
    public void A_setting_that_is_the_reason_is_named() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<TransferWords>();
        var no = new PayeeChecked.NoAnswer(ProviderError.AnswerSignatureWrong, "10000", "unsigned-answers: refuse");
        words.Checked(no, "BGCPay", byEmail: false)!.Next.ShouldContain("unsigned-answers: refuse");
    });

    [Fact]
    public void Every_standing_has_a_note_of_what_is_so_and_what_happens_next() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<TransferWords>();
        foreach (var key in from standing in Spoken.StandingsWithoutHold
                            from part in new[] { "lead", "body", "next" }
                            select $"note.{standing}.{part}")
        {
            words[key, "BGCPay", "USDT 12.40", "M**a", "14:00", "Li Jing", "It broke.", "Wait."].ShouldBeASentence();
        }
    });

    [Fact]
    public void Every_value_that_pages_write_has_its_text() => Spoken.Missing<TransferTexts>(
    [
        .. TransferReasons.Codes.Select(code => $"reason.{code}"),
        .. Enum.GetNames<OperationTab>().SelectMany(name => new[] { $"tab.{name}", $"list.empty.{name}" }),
        .. Enum.GetNames<TransferLack>().Select(name => $"lack.{name}"),
        .. Enum.GetNames<LimitScope>().Select(name => $"limit.{name}"),
        .. Enum.GetNames<TransferFault>().Where(name => name != nameof(TransferFault.None))
            .Select(name => $"part.{name}"),
    ]).ShouldBeEmpty();
}
