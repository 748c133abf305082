using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Changes;

public sealed class PolicyChangeTests
{
    private static readonly TierTerms TwoAbove = new(OperationKind.Refund, "", "CNY", 500_000, 2, 10, 24, []);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_line_of_the_policy_counts_once_a_second_person_has_agreed(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var terms = ChangeJson.Write(new PolicyChange(null, TwoAbove));
        (await bench.ProposeAsync(bench.Lead, PolicyTierChange.Word, terms))
            .ShouldBe(new Proposed.NoRight(Permission.PoliciesManage));
        var request = await ProposedAsync(bench, PolicyTierChange.Word, terms);
        (await NeededAsync(bench, 500_000)).ShouldBe(1);

        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Done(ChangeState.Applied));

        (await NeededAsync(bench, 500_000)).ShouldBe(2);
        (await NeededAsync(bench, 499_999)).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lowering_a_threshold_shows_what_was_and_needs_two_people(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        await bench.AnswerAsync(bench.Lead, await ProposedAsync(
            bench, PolicyTierChange.Word, ChangeJson.Write(new PolicyChange(null, TwoAbove))));
        var tier = await bench.World.ReadAsync(db => db.Set<PolicyTier>().SingleAsync(row => row.RetiredAt == null));
        var lower = await ProposedAsync(bench, PolicyTierChange.Word, ChangeJson.Write(
            new PolicyChange(tier.Id, TwoAbove with { Needed = 1 })));

        (await bench.AnswerAsync(bench.Admin, lower)).ShouldBeOfType<Answered.OwnProposal>();
        var sheet = (await bench.World.Get<ChangeQueries>().FindAsync(bench.Lead, lower.Number))!;
        sheet.Facts.ShouldContain(new ChangedFact("policy.needed", "2", "1"));
        sheet.Facts.ShouldContain(new ChangedFact("policy.from", "CNY 5,000.00", "CNY 5,000.00"));
        (await NeededAsync(bench, 500_000)).ShouldBe(2);
        (await bench.AnswerAsync(bench.Lead, lower)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await NeededAsync(bench, 500_000)).ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_line_that_somebody_retired_meanwhile_is_not_retired_twice(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        await bench.AnswerAsync(bench.Lead, await ProposedAsync(
            bench, PolicyTierChange.Word, ChangeJson.Write(new PolicyChange(null, TwoAbove))));
        var tier = await bench.World.ReadAsync(db => db.Set<PolicyTier>().SingleAsync(row => row.RetiredAt == null));
        var request = await ProposedAsync(
            bench, PolicyTierChange.Word, ChangeJson.Write(new PolicyChange(tier.Id, null)));
        await bench.World.SqlAsync("UPDATE policy_tiers SET \"RetiredAt\" = 1");

        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Impossible("NoSuchTier"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Neither_of_the_two_people_of_a_delegation_confirms_it(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        var reviewer = await bench.World.PersonAsync("li", Role.Reviewer, Role.FinanceLead);
        var stand = await bench.World.PersonAsync("sun", Role.FinanceLead);
        var now = bench.World.Clock.GetUtcNow();
        var request = await ProposedAsync(bench, DelegationGrant.Word, ChangeJson.Write(new DelegationTerms(
            reviewer.PersonId!.Value, stand.PersonId!.Value, now, now.AddDays(7))));

        (await bench.AnswerAsync(reviewer, request)).ShouldBeOfType<Answered.Involved>();
        (await bench.AnswerAsync(stand, request)).ShouldBeOfType<Answered.Involved>();
        (await bench.World.ReadAsync(db => db.Set<Delegation>().CountAsync())).ShouldBe(0);
        (await bench.AnswerAsync(bench.Lead, request)).ShouldBe(new Answered.Done(ChangeState.Applied));
        (await bench.World.ReadAsync(db => db.Set<Delegation>().SingleAsync())).DelegateName.ShouldBe("sun");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_the_policy_cannot_be_is_refused_with_its_reason(DatabaseKind kind)
    {
        await using var bench = await ChangeBench.StartAsync(kind);
        foreach (var (terms, reason) in new[]
        {
            (TwoAbove with { Needed = 0 }, "NeededOutOfRange"), (TwoAbove with { Currency = "" }, "AmountWithoutCurrency"),
        })
        {
            (await bench.ProposeAsync(
                bench.Admin, PolicyTierChange.Word, ChangeJson.Write(new PolicyChange(null, terms))))
                .ShouldBe(new Proposed.Impossible(reason));
        }
    }

    private static async Task<ChangeRequest> ProposedAsync(ChangeBench bench, string kind, string terms) =>
        await bench.RowAsync((await bench.ProposeAsync(bench.Admin, kind, terms)).ShouldBeOfType<Proposed.Done>().Id);

    private static Task<int> NeededAsync(ChangeBench bench, long minor) => bench.World.ReadAsync(async db =>
        (await bench.World.Get<ApprovalPolicies>().ForAsync(
            db, OperationKind.Refund, bench.Account, new Money(minor, CurrencyTable.Get("CNY")))).Needed);
}
