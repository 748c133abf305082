using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Approvals;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class ApprovalTextsTests
{
    private static readonly Decided[] Endings =
    [
        new Decided.Done(), new Decided.NoSuchRequest(), new Decided.NoRight("operations.approve"),
        new Decided.OwnRequest(),
        new Decided.NotWaiting(OperationState.Expired), new Decided.PageIsStale(), new Decided.CommentMissing(),
    ];

    [Fact]
    public void The_samples_hold_every_way_a_decision_can_end() => Endings.Select(ending => ending.GetType().Name)
        .ShouldBe(typeof(Decided).GetNestedTypes().Select(type => type.Name), ignoreOrder: true);

    [Fact]
    public void Every_ending_of_a_decision_says_what_is_so_and_what_to_do() => Spoken.InEveryLanguage(services =>
    {
        var words = services.GetRequiredService<ApprovalWords>();
        foreach (var (ending, decision) in from e in Endings from d in Enum.GetValues<Decision>() select (e, d))
        {
            var (lead, next) = words.Ended(ending, decision, new Money(1_240, CurrencyTable.Get("CNY")), "HK store");
            lead.ShouldBeASentence();
            next.ShouldBeASentence();
        }
    });

    [Fact]
    public void Every_value_that_the_inbox_writes_has_its_text() => Spoken.Missing<ApprovalTexts>(
    [
        .. Enum.GetNames<ApprovalTab>()
            .SelectMany(name => new[] { $"tab.{name}", $"empty.{name}", $"empty.{name}.why" }),
        .. Enum.GetNames<DecisionBar>().Where(name => name != nameof(DecisionBar.None)).Select(name => $"bar.{name}"),
        .. Enum.GetNames<Decision>().SelectMany(name => new[] { $"decision.{name}", $"changed.{name}" }),
        "group.today", "group.later", "group.cannot", "group.latest",
    ]).ShouldBeEmpty();
}
