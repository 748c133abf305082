using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class ApprovalTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Approve_own_request_is_refused_by_command_update_and_constraint(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var both = await world.PersonAsync("zhou", Role.Clerk, Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var operation = await world.AskedAsync(both, order, "12.30");

        (await world.DecideAsync(both, operation)).ShouldBeOfType<Decided.OwnRequest>();
        await using (var db = await world.Factory.CreateDbContextAsync())
        {
            var moved = await db.CommitAsync(both, "test", commit => commit.MoveAsync(
                operation, OperationEvent.Approve, change => change.DecidedBy = both.PersonId));
            moved.ShouldBeFalse();
        }

        await using (var db = await world.Factory.CreateDbContextAsync())
        {
            await Should.ThrowAsync<DbUpdateException>(() => db.CommitAsync(both, "test", commit =>
            {
                db.Add(Row(operation, both, operation.RequesterPersonId));
                return Task.FromResult(true);
            }));
        }

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.PendingApproval);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_approval_row_cannot_lie_about_who_asked(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var both = await world.PersonAsync("zhou", Role.Clerk, Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var operation = await world.AskedAsync(both, order, "12.30");
        await using var db = await world.Factory.CreateDbContextAsync();

        await Should.ThrowAsync<DbUpdateException>(() => db.CommitAsync(both, "test", commit =>
        {
            db.Add(Row(operation, both, Guid.CreateVersion7()));
            return Task.FromResult(true);
        }));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Second_account_of_same_person_cannot_approve(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var second = await world.SecondUserOfAsync(clerk, Role.Reviewer);
        var operation = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");

        (await world.DecideAsync(second, operation)).ShouldBeOfType<Decided.OwnRequest>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sixteen_at_once_over_two_processes_make_one_approval(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewers = new List<Actor>();
        for (var i = 0; i < 16; i++)
        {
            reviewers.Add(await world.PersonAsync($"reviewer{i}", Role.Reviewer));
        }

        var operation = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        foreach (var reviewer in reviewers)
        {
            await world.ProvenAsync(reviewer, operation);
        }

        await using var second = world.SecondNode();
        await using var scope = second.Services.CreateAsyncScope();
        ApprovalCommands[] commands =
            [world.Get<ApprovalCommands>(), scope.ServiceProvider.GetRequiredService<ApprovalCommands>()];
        using var barrier = new Barrier(16);

        var results = await Task.WhenAll(reviewers.Select((reviewer, i) => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return commands[i % 2].DecideAsync(reviewer, new(
                    operation.Id, operation.Version, operation.TermsHash, Decision.Approved, ""));
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        results.Count(result => result is Decided.Done).ShouldBe(1);
        results.Count(result => result is Decided.NotWaiting or Decided.PageIsStale).ShouldBe(15);
        (await world.ReadAsync(db => db.Set<Approval>().CountAsync())).ShouldBe(1);
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Ready);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Approval_with_stale_terms_hash_changes_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var operation = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");

        var result = await world.Get<ApprovalCommands>().DecideAsync(reviewer, new(
            operation.Id, operation.Version, new string('0', 64), Decision.Approved, ""));

        result.ShouldBeOfType<Decided.PageIsStale>();
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.PendingApproval);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_rejection_needs_a_reason_and_frees_the_money(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var operation = await world.AskedAsync(clerk, order, "12.30");

        (await world.Get<ApprovalCommands>().DecideAsync(reviewer, new(
            operation.Id, operation.Version, operation.TermsHash, Decision.Rejected, " ")))
            .ShouldBeOfType<Decided.CommentMissing>();
        (await world.DecideAsync(reviewer, operation, Decision.Rejected)).ShouldBeOfType<Decided.Done>();

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Rejected);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_revoked_reviewer_and_an_ended_session_decide_nothing(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var revoked = await world.PersonAsync("li", Role.Reviewer);
        var signedOut = await world.PersonAsync("zhou", Role.Reviewer);
        var operation = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        await using (var db = await world.Factory.CreateDbContextAsync())
        {
            await db.CommitAsync(Actor.Job("test"), "test.revoke", commit => db.Set<RoleGrant>()
                .Where(row => row.UserId == revoked.UserId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, commit.Now)));
        }

        await world.Get<SignInCommands>().SignOutAsync(signedOut);

        (await world.DecideAsync(revoked, operation)).ShouldBeOfType<Decided.NoSuchRequest>();
        (await world.DecideAsync(signedOut, operation)).ShouldBeOfType<Decided.NoSuchRequest>();
        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.PendingApproval);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_granted_today_moves_no_money_today(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var fresh = await world.PersonAsync("li", Role.Auditor);
        var operation = await world.AskedAsync(clerk, await world.PaidOrderAsync(await world.AccountAsync()), "12.30");
        await using (var db = await world.Factory.CreateDbContextAsync())
        {
            await db.CommitAsync(Actor.Job("test"), "test.grant", commit =>
            {
                db.Add(new RoleGrant
                {
                    Id = Guid.CreateVersion7(), UserId = fresh.UserId!.Value, Role = Role.Reviewer,
                    GrantedAt = commit.Now, GrantedBy = "test", MoneyFrom = commit.Now.AddDays(1),
                });
                return Task.FromResult(true);
            });
        }

        (await world.DecideAsync(fresh, operation)).ShouldBe(new Decided.NoRight(Permission.OperationsApprove));
        world.Clock.Advance(TimeSpan.FromHours(23));
        (await world.DecideAsync(fresh, operation)).ShouldBe(new Decided.NoRight(Permission.OperationsApprove));
        world.Clock.Advance(TimeSpan.FromHours(1));
        (await world.DecideAsync(fresh, operation)).ShouldBeOfType<Decided.Done>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_that_nobody_decided_on_expires_and_frees_the_money(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var order = await world.PaidOrderAsync(await world.AccountAsync());
        var operation = await world.AskedAsync(clerk, order, "12.30");
        var expiry = world.Get<ApprovalExpiry>();

        (await expiry.ExpireNextAsync()).ShouldBeFalse();
        world.Clock.Advance(TimeSpan.FromHours(24));
        (await expiry.ExpireNextAsync()).ShouldBeTrue();

        (await world.OperationAsync(operation.Id)).State.ShouldBe(OperationState.Expired);
        (await world.BalanceAsync(order)).Reserved.ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_decision_can_be_neither_changed_nor_deleted_in_the_database(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(await world.AccountAsync()));

        foreach (var sql in new[]
        {
            "UPDATE approvals SET \"Comment\" = 'x'", "DELETE FROM approvals", "DELETE FROM audit",
        })
        {
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => world.SqlAsync(sql)))
                .Message.ShouldContain("only added");
        }
    }

    private static Approval Row(Operation operation, Actor actor, Guid requester) => new()
    {
        Id = Guid.CreateVersion7(),
        OperationId = operation.Id,
        RequesterPersonId = requester,
        PersonId = actor.PersonId!.Value,
        UserId = actor.UserId!.Value,
        Decision = Decision.Approved,
        TermsHash = operation.TermsHash,
    };
}
