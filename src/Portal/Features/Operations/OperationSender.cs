using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// The one place that sends money. It claims a ready operation and commits the attempt before any byte leaves, sends
/// once, and records what the answer proves. Whatever goes wrong in between ends as unknown, never as ready.
/// </summary>
public sealed class OperationSender(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, OperationSeal seal, AuditAnchor anchor,
    TimeProvider time, ILogger<OperationSender> log)
{
    private const int MaxAttempts = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly Actor Job = Actor.Job("sender");
    private readonly string node = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Sends the next ready operation, if there is one.</summary>
    /// <returns>True when one was claimed.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancel)
    {
        if (anchor.Broken is { } why)
        {
            log.LogError("Nothing is sent: the audit anchor cannot be written ({Why}).", why);
            return false;
        }

        // Started before the claim is committed: a pause anywhere after this makes the send too late.
        var permit = SendPermit.Start(time);
        if (await ClaimAsync() is not { } claim)
        {
            return false;
        }

        await RecordAsync(claim.Held, await SendAsync(claim.Held, permit, cancel));
        return true;
    }

    /// <summary>Claims whose lease ran out become unknown: the process that held them may have sent.</summary>
    public async Task<bool> SweepAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (!await db.Set<Operation>().AnyAsync(row => row.State == OperationState.Sending && row.LeaseUntil < now))
        {
            return false;
        }

        return await db.CommitAsync(Job, "operation.lease-ran-out", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().OrderBy(row => row.LeaseUntil)
                .FirstOrDefaultAsync(row => row.State == OperationState.Sending && row.LeaseUntil < commit.Now);
            if (operation is null)
            {
                return false;
            }

            db.Add(new Evidence
            {
                Id = Guid.CreateVersion7(),
                OperationId = operation.Id,
                At = commit.Now,
                Kind = EvidenceKind.LeaseRanOut,
                AttemptNumber = operation.Attempts,
                Proves = OperationEvent.Unclear,
            });
            commit.Audit($"refund {operation.Number}", new { operation.Attempts });
            await commit.MoveAsync(operation, OperationEvent.Unclear, change =>
            {
                change.Fence++;
                AskSoon(change, SettleTime(operation));
            });
            return true;
        });
    }

    private async Task<Claim?> ClaimAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (!await db.Set<Operation>().AnyAsync(row => row.State == OperationState.Ready && row.NotBefore <= now
            && row.Problem != OperationProblem.Tampered))
        {
            return null;
        }

        return await db.CommitAsync<Claim?>(Job, "operation.claim", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().OrderBy(row => row.Id)
                .FirstOrDefaultAsync(row => row.State == OperationState.Ready && row.NotBefore <= commit.Now
                    && row.Problem != OperationProblem.Tampered);
            if (operation is null || !await LockAsync(db, operation))
            {
                return null;
            }

            var approvals = await db.Set<Approval>().AsNoTracking()
                .Where(row => row.OperationId == operation.Id).ToListAsync();
            var account = await accounts.GetAsync(operation.AccountId);
            var order = await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == operation.OrderId);
            if (await Objection(db, operation, approvals, account, order) is { } objection)
            {
                log.LogCritical("{Number} is halted: {Objection}.", operation.Number, objection);
                await Unchanged(db, operation).ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.Problem, OperationProblem.Tampered)
                    .SetProperty(row => row.Version, row => row.Version + 1));
                commit.Audit($"refund {operation.Number}", new { halted = objection });
                commit.Changed("operation", operation.Id);
                return null;
            }

            using var keys = await accounts.OpenKeysAsync(db, account);
            var attempt = new Attempt
            {
                Id = Guid.CreateVersion7(),
                OperationId = operation.Id,
                Number = operation.Attempts + 1,
                Fence = operation.Fence + 1,
                Node = node,
                KeyVersion = keys.Version,
                StartedAt = commit.Now,
            };
            var won = await commit.MoveAsync(operation, OperationEvent.Claim, change =>
            {
                change.Fence = attempt.Fence;
                change.LeaseUntil = commit.Now + Lease;
                change.Attempts = attempt.Number;
            });
            if (!won)
            {
                return null;
            }

            db.Add(attempt);
            commit.Audit($"refund {operation.Number}", new { attempt = attempt.Number, attempt.KeyVersion });
            return new Claim(await HeldOperation.ReadAsync(db, operation.Id, account), attempt);
        });
    }

    /// <summary>
    /// Holds the row until the end of the transaction, so that what is checked next belongs to the same moment: on
    /// PostgreSQL another process may be claiming it right now.
    /// </summary>
    private static async Task<bool> LockAsync(PortalDb db, Operation operation) =>
        await Unchanged(db, operation)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version)) == 1;

    private static IQueryable<Operation> Unchanged(PortalDb db, Operation operation) => db.Set<Operation>()
        .Where(row => row.Id == operation.Id && row.State == operation.State && row.Version == operation.Version);

    /// <summary>What forbids sending: the invariants of the design, checked on what is about to leave.</summary>
    private async Task<string?> Objection(
        PortalDb db, Operation operation, List<Approval> approvals, Account account, Order order)
    {
        var attempts = await db.Set<Attempt>().CountAsync(row => row.OperationId == operation.Id);
        var notSent = await db.Set<Evidence>().CountAsync(row => row.OperationId == operation.Id
            && row.Kind == EvidenceKind.Answer && row.BodyStarted == false);
        return !seal.Fits(operation, approvals) ? "the row's seal does not fit"
            : operation.TermsHash != operation.ComputeTermsHash(account.MerchantId, order.MerchantNumber)
                ? "the terms are not the approved ones"
            : !approvals.Exists(a => a.Decision == Decision.Approved && a.TermsHash == operation.TermsHash
                && a.PersonId != operation.RequesterPersonId) ? "no second person approved these terms"
            : !account.IsOn(accounts.Provider(account), ProviderInterface.Refunds) ? "refunds are not switched on"
            : attempts != operation.Attempts ? "attempts are missing"
            : attempts > notSent ? "an earlier attempt may have been sent"
            : null;
    }

    private async Task<ProviderOutcome?> SendAsync(HeldOperation held, SendPermit permit, CancellationToken cancel)
    {
        try
        {
            if (accounts.Address(held.Account) is not { } address)
            {
                return null;
            }

            await using var db = await factory.CreateDbContextAsync(cancel);
            using var keys = await accounts.OpenKeysAsync(db, held.Account);
            return await accounts.Provider(held.Account).Refunds!.SendAsync(
                address, held.Request, keys, permit, cancel);
        }
        catch (Exception fault)
        {
            // Nobody can tell how far it got, so it is unknown; the fault itself is for us to mend.
            log.LogError(fault, "Sending {Number} broke off.", held.Operation.Number);
            return null;
        }
    }

    private async Task RecordAsync(HeldOperation held, ProviderOutcome? outcome)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "operation.answer", async commit =>
        {
            var operation = held.Operation;
            var proves = Proves(outcome, operation.Attempts);
            db.Add(EvidenceRows.Answer(commit, operation, outcome, proves));
            var won = await commit.MoveAsync(operation, proves, change =>
            {
                change.LeaseUntil = null;
                change.RawState = outcome?.ProviderCode ?? "";
                change.Problem = EvidenceRows.Problem(outcome);
                if (proves == OperationEvent.ProvedNotSent)
                {
                    change.NotBefore = commit.Now + OperationTimes.AfterNotSent(operation.Attempts);
                }
                else if (proves is OperationEvent.Unclear or OperationEvent.ProvedAccepted)
                {
                    AskSoon(
                        change,
                        proves == OperationEvent.Unclear ? SettleTime(operation) : OperationTimes.AcceptedWatch);
                }
            });
            commit.Audit($"refund {operation.Number}", new { proves, won, code = outcome?.ProviderCode });
            commit.Changed("operation", operation.Id);
            return won;
        });
    }

    private static OperationEvent Proves(ProviderOutcome? outcome, int attempts) => outcome switch
    {
        ProviderOutcome.Done => OperationEvent.ProvedDone,
        ProviderOutcome.Accepted => OperationEvent.ProvedAccepted,
        ProviderOutcome.Refused => OperationEvent.ProvedFailed,
        ProviderOutcome.NotSent when attempts >= MaxAttempts => OperationEvent.GaveUpSending,
        ProviderOutcome.NotSent => OperationEvent.ProvedNotSent,
        _ => OperationEvent.Unclear,
    };

    private TimeSpan SettleTime(Operation operation) =>
        accounts.ProviderOf(operation.Provider).Refunds!.SettleTime;

    private static void AskSoon(OperationChange change, TimeSpan settle)
    {
        change.Questions = 0;
        change.NextQuestionAt = change.Now + OperationTimes.Question(0);
        change.SettleAfter = change.Now + settle;
    }

    private sealed record Claim(HeldOperation Held, Attempt Attempt);
}
