using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class StepUpTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Step_up_for_op_A_does_not_open_op_B(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (reviewer, a, b) = await TwoAsync(world);

        (await ProveAsync(world, reviewer, world.Code(reviewer), a)).ShouldBeOfType<SteppedUp.Done>();

        (await ApproveAsync(world, reviewer, b)).ShouldBeOfType<Decided.StepUpMissing>();
        (await ApproveAsync(world, reviewer, a)).ShouldBeOfType<Decided.Done>();
        (await world.OperationAsync(b.Id)).State.ShouldBe(OperationState.PendingApproval);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_step_up_counts_five_minutes_for_its_session_and_its_terms(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (reviewer, a, b) = await TwoAsync(world);
        (await ProveAsync(world, reviewer, world.Code(reviewer), a, b)).ShouldBeOfType<SteppedUp.Done>();
        var elsewhere = await world.SecondSessionAsync(reviewer);

        (await ApproveAsync(world, elsewhere, a)).ShouldBeOfType<Decided.StepUpMissing>();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        (await ApproveAsync(world, reviewer, a)).ShouldBeOfType<Decided.Done>();
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await ApproveAsync(world, reviewer, b)).ShouldBeOfType<Decided.StepUpMissing>();

        var subject = new StepUpSubject(b.Id, new string('0', 64));
        (await world.Get<StepUpCommands>().ProveAsync(reviewer, world.Code(reviewer), [subject]))
            .ShouldBeOfType<SteppedUp.Done>();
        (await ApproveAsync(world, reviewer, b)).ShouldBeOfType<Decided.StepUpMissing>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_code_opens_once_and_a_wrong_one_never(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (reviewer, a, b) = await TwoAsync(world);

        (await ProveAsync(world, reviewer, "000000", a)).ShouldBeOfType<SteppedUp.WrongCode>();
        (await ProveAsync(world, reviewer, world.Code(reviewer, 2), a)).ShouldBeOfType<SteppedUp.WrongCode>();
        (await ProveAsync(world, reviewer, world.Code(reviewer), a)).ShouldBeOfType<SteppedUp.Done>();
        (await ProveAsync(world, reviewer, world.Code(reviewer), b)).ShouldBeOfType<SteppedUp.UsedCode>();
        (await ProveAsync(world, reviewer, world.Code(reviewer, -1), b)).ShouldBeOfType<SteppedUp.UsedCode>();
        (await ApproveAsync(world, reviewer, b)).ShouldBeOfType<Decided.StepUpMissing>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Five_wrong_codes_lock_the_step_up_and_each_stands_in_the_audit(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (reviewer, a, _) = await TwoAsync(world);
        for (var i = 0; i < 5; i++)
        {
            (await ProveAsync(world, reviewer, "12345x", a)).ShouldBeOfType<SteppedUp.WrongCode>();
        }

        (await ProveAsync(world, reviewer, world.Code(reviewer), a)).ShouldBeOfType<SteppedUp.Locked>();
        (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row =>
            row.Action == "step-up" && row.Outcome == AuditOutcome.Refused))).ShouldBe(6);
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        (await ProveAsync(world, reviewer, world.Code(reviewer), a)).ShouldBeOfType<SteppedUp.Done>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_ended_session_proves_nothing_and_a_rejection_needs_no_code(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (reviewer, a, b) = await TwoAsync(world);
        (await world.Get<ApprovalCommands>().DecideAsync(
            reviewer, new(a.Id, a.Version, a.TermsHash, Decision.Rejected, "not this one")))
            .ShouldBeOfType<Decided.Done>();

        await world.Get<SignInCommands>().SignOutAsync(reviewer);

        (await ProveAsync(world, reviewer, world.Code(reviewer), b)).ShouldBeOfType<SteppedUp.NoSession>();
        (await world.ReadAsync(db => db.Set<StepUp>().CountAsync())).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task One_code_at_sixteen_places_at_once_opens_one(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (reviewer, a, _) = await TwoAsync(world);
        var code = world.Code(reviewer);

        var results = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => Task.Run(() => ProveAsync(world, reviewer, code, a))));

        results.Count(result => result is SteppedUp.Done).ShouldBe(1);
        (await world.ReadAsync(db => db.Set<StepUp>().CountAsync())).ShouldBe(1);
    }

    private static async Task<(Actor Reviewer, Operation A, Operation B)> TwoAsync(World world)
    {
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        var a = await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "12.30");
        return (reviewer, a, await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "9.00"));
    }

    private static Task<SteppedUp> ProveAsync(World world, Actor actor, string code, params Operation[] operations) =>
        world.Get<StepUpCommands>().ProveAsync(
            actor, code, [.. operations.Select(row => new StepUpSubject(row.Id, row.TermsHash))]);

    private static Task<Decided> ApproveAsync(World world, Actor actor, Operation operation) =>
        world.Get<ApprovalCommands>().DecideAsync(
            actor, new(operation.Id, operation.Version, operation.TermsHash, Decision.Approved, ""));
}
