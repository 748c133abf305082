using MerchantPortal.Portal.Features.Cards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class CardTextsTests
{
    [Fact]
    public void Every_standing_of_a_request_has_a_note_of_what_is_so_and_what_happens_next() =>
        Spoken.InEveryLanguage(services =>
        {
            var texts = services.GetRequiredService<IStringLocalizer<CardTexts>>();
            foreach (var key in from standing in Spoken.StandingsWithoutHold
                                from part in new[] { "lead", "body", "next" }
                                select $"note.{standing}.{part}")
            {
                texts[key, "LianLian mobile", "", "工商银行 ···· 5529", "14:00", "Li Jing", "It broke.", "Wait."].Value
                    .ShouldBeASentence();
            }
        });

    [Fact]
    public void Every_value_that_pages_write_has_its_text() => Spoken.Missing<CardTexts>(
    [
        .. UnbindReasons.Codes.Select(code => $"reason.{code}"),
        .. typeof(UnbindRequested).GetNestedTypes().Select(type => type.Name)
            .Except(["Asked", "NoRight", "NoAnswer"]).Select(name => $"refused.{name}"),
        .. Spoken.StandingsWithoutHold.Except(["Draft", "PendingApproval", "TriesAgain"])
            .Select(name => $"step.{name}"),
    ]).ShouldBeEmpty();
}
