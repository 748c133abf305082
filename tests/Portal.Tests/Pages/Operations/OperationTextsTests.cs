using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class OperationTextsTests
{
    [Fact]
    public void Every_problem_says_what_happened_whether_money_moved_and_what_to_do() =>
        Spoken.InEveryLanguage(services =>
    {
        var texts = services.GetRequiredService<IStringLocalizer<OperationTexts>>();
        foreach (var code in OperationWhy.Codes)
        {
            foreach (var state in Enum.GetValues<OperationState>())
            {
                var why = OperationWhy.Of(texts, code, state)!;
                why.What.ShouldBeASentence();
                why.Money.ShouldBeASentence();
                why.Next.ShouldBeASentence();
            }
        }
    });

    [Fact]
    public void The_codes_are_all_that_a_row_can_carry() => OperationWhy.Codes.ShouldBe(
        Enum.GetNames<ProviderError>().Except([nameof(ProviderError.None)])
            .Concat(["Tampered", "Withdrawn", "Recalled", "HoldEnded", "PayerNotNamed", "BrokeOff"]));

    [Fact]
    public void Nothing_wrong_needs_no_sentence() => Spoken.InEveryLanguage(services =>
    {
        var texts = services.GetRequiredService<IStringLocalizer<OperationTexts>>();
        OperationWhy.Of(texts, "", OperationState.Succeeded).ShouldBeNull();
    });

    [Fact]
    public void Every_value_that_the_shared_parts_write_has_its_text() => Spoken.Missing<OperationTexts>(
    [
        .. Enum.GetNames<EvidenceKind>().Select(name => $"evidence.kind.{name}"),
        .. Enum.GetNames<AskResult>().Select(name => $"ask-now.{name}"),
        .. Enum.GetNames<OperationKind>().Where(name => name != nameof(OperationKind.Refund))
            .Select(name => $"state.Succeeded.{name}"),
    ]).ShouldBeEmpty();

    [Fact]
    public void Every_standing_has_its_word() =>
        Spoken.Missing<OperationTexts>(Enum.GetNames<OperationStanding>().Select(name => $"state.{name}"))
            .ShouldBeEmpty();

    [Theory]
    [InlineData(OperationState.Rejected, RefundState.NotTold, "Withdrawn", OperationStanding.Withdrawn)]
    [InlineData(OperationState.Rejected, RefundState.NotTold, "", OperationStanding.Rejected)]
    [InlineData(OperationState.Accepted, RefundState.InProviderReview, "", OperationStanding.InProviderReview)]
    [InlineData(OperationState.Accepted, RefundState.WaitingForBalance, "", OperationStanding.WaitingForBalance)]
    [InlineData(OperationState.Accepted, RefundState.Applied, "", OperationStanding.Accepted)]
    [InlineData(OperationState.Ready, RefundState.NotTold, "Tampered", OperationStanding.Halted)]
    [InlineData(OperationState.NeedsPerson, RefundState.Reversed, "", OperationStanding.Reversed)]
    public void A_standing_tells_apart_what_a_state_does_not(
        OperationState state, RefundState told, string problem, OperationStanding standing) =>
        OperationStandings.Of(state, told, problem, attempts: 0, wasUnclear: true).ShouldBe(standing);

    [Fact]
    public void What_never_left_is_told_apart_from_what_may_have() =>
        OperationStandings.Of(OperationState.NeedsPerson, RefundState.NotTold, "KeyMissing", 10, wasUnclear: false)
            .ShouldBe(OperationStanding.NeverSent);

    [Fact]
    public void Only_what_is_refunded_is_green() => Enum.GetValues<OperationStanding>()
        .Where(standing => standing.Meaning() == Portal.Ui.Meaning.Done)
        .ShouldBe([OperationStanding.Succeeded, OperationStanding.ResolvedSucceeded]);

    [Fact]
    public void Names_are_joined_as_people_say_them() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<OperationWords>();
        words.Names(["李静 Li Jing"]).ShouldBe("李静 Li Jing");
        words.Names(["a", "b"]).ShouldBeOneOf("a or b", "a 或 b");
        words.Names(["a", "b", "c"]).ShouldBeOneOf("a, b or c", "a、b 或 c");
        words.Names(["a", "b", "c", "d", "e"]).ShouldBeOneOf("a, b or 3 others", "a、b 等另外 3 人");
    });
}
