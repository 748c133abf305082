using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.PreAuths;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class PreAuthTextsTests
{
    private static readonly OperationKind[] Kinds = [OperationKind.Capture, OperationKind.Void];

    [Fact]
    public void The_samples_hold_every_way_a_request_can_end() =>
        HoldSamples.Endings.Select(ending => ending.GetType().Name).ShouldBe(
            typeof(HoldRequested).GetNestedTypes().Select(type => type.Name), ignoreOrder: true);

    [Fact]
    public void Every_ending_of_a_request_says_what_is_so_and_what_to_do() => Spoken.InEveryLanguage(services =>
    {
        var words = Words(services);
        foreach (var ending in HoldSamples.Endings)
        {
            var (lead, next) = words.Asked(ending, HoldSamples.Sheet(), TimeZoneInfo.Utc);
            lead.ShouldBeASentence();
            next.ShouldBeASentence();
        }
    });

    [Fact]
    public void Every_standing_of_captures_and_voids_has_its_note() => Spoken.InEveryLanguage(services =>
    {
        foreach (var (kind, standing) in from kind in Kinds
                                         from standing in Enum.GetNames<OperationStanding>()
                                         select (kind, standing))
        {
            var say = Words(services).Of(kind);
            foreach (var part in new[] { "lead", "body", "next" })
            {
                say[$"note.{standing}.{part}", "Allinpay", "CNY 12.40", "Mika", "14:00", "Li Jing", "Broke.", "Wait."]
                    .Value.ShouldBeASentence();
            }
        }
    });

    [Fact]
    public void Every_word_of_the_shared_parts_exists_for_captures_and_voids() => Spoken.InEveryLanguage(services =>
    {
        string[] keys =
        [
            .. new[]
            {
                "Asked", "Approval", "Approved", "Rejected", "Withdrawn", "Expired", "Send", "Ready", "Halted",
                "Sending", "NeverSent", "Sent", "Unknown", "Accepted", "Reversed", "TakenOn", "Known", "Succeeded",
                "Failed", "ResolvedSucceeded", "ResolvedFailed", "Disputed",
            }.Select(step => $"step.{step}"),
            "withdraw.title", "withdraw.act", "withdraw.consequence", "page.title", "page.what", "page.hold",
            "fact.held", "fact.captured", "fact.number", "track.label", "aside.next", "fact.key", "fact.settles",
            "decision.approved", "the-payer", "why.none",
        ];
        foreach (var kind in Kinds)
        {
            keys.Where(key => Words(services).Of(kind)[key].ResourceNotFound).ShouldBeEmpty();
        }
    });

    [Fact]
    public void Every_value_that_the_board_writes_has_its_text() => Spoken.Missing<PreAuthTexts>(
    [
        .. PreAuthReasons.Codes.Select(code => $"reason.{code}"),
        .. Enum.GetNames<OrderState>().Select(name => $"order.{name}"),
        .. Enum.GetNames<HoldColumn>().Where(name => name != nameof(HoldColumn.Ended))
            .SelectMany(name => new[] { $"column.{name}", $"column.{name}.sub" }),
        .. Enum.GetNames<HoldSort>().Select(name => $"sort.{name}"),
        .. Enum.GetNames<HoldLack>().Select(name => $"lack.{name}"),
        .. Enum.GetNames<CaptureChoice>().Select(name => $"how.{name}"),
        .. Enum.GetNames<HoldBar>().Where(name => name != nameof(HoldBar.None)).Select(name => $"bar.{name}"),
        .. Enum.GetNames<PlanResult>().Where(name => name != nameof(PlanResult.Planned))
            .Select(name => $"planned.{name}"),
        .. Kinds.SelectMany(kind => new[] { $"open.{kind}", $"title.{kind}", $"act.{kind}", $"kind.{kind}" }),
    ]).ShouldBeEmpty();

    [Fact]
    public void What_succeeded_is_said_in_the_kinds_own_word() => Spoken.Missing<OperationTexts>(
        Kinds.Select(kind => $"state.Succeeded.{kind}")).ShouldBeEmpty();

    private static PreAuthWords Words(IServiceProvider services) => services.GetRequiredService<PreAuthWords>();
}
