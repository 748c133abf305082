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
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, OperationSeal seal, SendGate gate,
    ProviderGate providers, TimeProvider time, ILogger<OperationSender> log)
{
    private const int MaxAttempts = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly Actor Job = Actor.Job("sender");
    private readonly string node = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Sends the next ready operation, if there is one.</summary>
    /// <returns>True when one was claimed.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancel)
    {
        if (gate.Closed is { } why)
        {
            log.LogError("Nothing is sent: {Why}.", why);
            return false;
        }

        // Started before the claim is committed: a pause anywhere after this makes the send too late.
        var permit = SendPermit.Start(time);
        if (await ClaimAsync() is not { } claim)
        {
            return false;
        }

        await RecordAsync(claim, await SendAsync(claim.Held, permit, cancel));
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
            commit.Audit(operation.Subject, new { operation.Attempts });
            await commit.MoveAsync(operation, OperationEvent.Unclear, change =>
            {
                change.Fence++;
                AskSoon(change, operation, SettleTime(operation));
            });
            return true;
        });
    }

    private async Task<Claim?> ClaimAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var closed = await providers.ClosedForSendsAsync(db, now);
        if (!await db.Set<Operation>().AnyAsync(row => row.State == OperationState.Ready && row.NotBefore <= now
            && row.Problem != OperationProblem.Tampered && !closed.Contains(row.Provider)))
        {
            return null;
        }

        return await db.CommitAsync<Claim?>(Job, "operation.claim", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().SkipLocked().OrderBy(row => row.Id)
                .FirstOrDefaultAsync(row => row.State == OperationState.Ready && row.NotBefore <= commit.Now
                    && row.Problem != OperationProblem.Tampered && !closed.Contains(row.Provider));
            if (operation is null)
            {
                return null;
            }

            var approvals = await db.Set<Approval>().AsNoTracking()
                .Where(row => row.OperationId == operation.Id).ToListAsync();
            var account = await AccountDirectory.GetAsync(db, operation.AccountId);
            var order = await HeldOperation.OrderAsync(db, operation);
            var copies = await CopiesAsync(db, operation);
            if (await Objection(db, operation, approvals, account, order, copies) is { } objection)
            {
                log.LogCritical("{Number} is halted: {Objection}.", operation.Number, objection);
                await Unchanged(db, operation).ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.Problem, OperationProblem.Tampered)
                    .SetProperty(row => row.Version, row => row.Version + 1));
                commit.Audit(operation.Subject, new { halted = objection });
                commit.Changed("operation", operation.Id);
                return null;
            }

            if (operation.Kind.EndsHold() && await RefuseUnlessHeldAsync(commit, operation))
            {
                return null;
            }

            if (await providers.EnterToSendAsync(commit, operation.Provider) is not { } entry)
            {
                return null;
            }

            using var keys = await accounts.OpenKeysAsync(db, account);
            var attempt = NewAttempt(commit, operation, keys.Version);
            var won = await commit.MoveAsync(operation, OperationEvent.Claim, change =>
            {
                change.Fence = attempt.Fence;
                change.LeaseUntil = commit.Now + Lease;
                change.Attempts = attempt.Number;
                change.WhileHeld = operation.Kind.EndsHold();
            });
            if (!won)
            {
                return null;
            }

            db.Add(attempt);
            commit.Audit(operation.Subject, new { attempt = attempt.Number, attempt.KeyVersion });
            return new Claim(await HeldOperation.ReadAsync(db, operation.Id, account), copies, entry);
        });
    }

    private Attempt NewAttempt(Commit commit, Operation operation, int keyVersion) => new()
    {
        Id = Guid.CreateVersion7(),
        OperationId = operation.Id,
        Number = operation.Attempts + 1,
        Fence = operation.Fence + 1,
        Node = node,
        KeyVersion = keyVersion,
        StartedAt = commit.Now,
    };

    /// <summary>
    /// Keeps the order's row as it is until the claim is committed, so that a hold that ends in this instant ends
    /// before the claim or after it. Where it has ended, nothing is sent and the request is over.
    /// </summary>
    private async Task<bool> RefuseUnlessHeldAsync(Commit commit, Operation operation)
    {
        var orders = commit.Db.Set<Order>();
        if (await orders.Where(row => row.Id == operation.OrderId && row.State == OrderState.Held)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version)) == 1)
        {
            return false;
        }

        var now = await orders.Where(row => row.Id == operation.OrderId).Select(row => row.State).SingleAsync();
        log.LogWarning("{Number} is not sent: the amount is no longer held ({State}).", operation.Number, now);
        await commit.MoveAsync(
            operation, OperationEvent.NotPossible, change => change.Problem = OperationProblem.HoldEnded);
        commit.Audit(operation.Subject, new { refused = OperationProblem.HoldEnded, order = now });
        return true;
    }

    private static IQueryable<Operation> Unchanged(PortalDb db, Operation operation) => db.Set<Operation>()
        .Where(row => row.Id == operation.Id && row.State == operation.State && row.Version == operation.Version);

    /// <summary>How many of the earlier attempts may have reached the provider.</summary>
    private static async Task<int> CopiesAsync(PortalDb db, Operation operation)
    {
        var attempts = await db.Set<Attempt>().CountAsync(row => row.OperationId == operation.Id);
        var proven = await db.Set<Evidence>().CountAsync(row => row.OperationId == operation.Id
            && row.Kind == EvidenceKind.Answer
            && (row.Proves == OperationEvent.ProvedNotSent || row.Proves == OperationEvent.GaveUpSending));
        return attempts - proven;
    }

    /// <summary>What forbids sending: the invariants of the design, checked on what is about to leave.</summary>
    private async Task<string?> Objection(
        PortalDb db, Operation operation, List<Approval> approvals, Account account, Order? order, int copies)
    {
        var provider = accounts.Provider(account);
        var attempts = await db.Set<Attempt>().CountAsync(row => row.OperationId == operation.Id);
        return !seal.Fits(operation, approvals) ? "the row's seal does not fit"
            : operation.TermsHash != operation.ComputeTermsHash(account.MerchantId, order?.MerchantNumber ?? "")
                ? "the terms are not the approved ones"
            : operation.CountApprovals(approvals) < Math.Max(operation.Needed, 1)
                ? "not enough people approved these terms"
            : !operation.Kind.IsOffered(provider) || !operation.Kind.IsOn(account, provider)
                ? "the interface is not switched on"
            : attempts != operation.Attempts ? "attempts are missing"
            : copies > 0 && !operation.Kind.ResendSafe(provider) ? "an earlier attempt may have been sent"
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
            return await SendAsync(accounts.Provider(held.Account), address, held, keys, permit, cancel);
        }
        catch (Exception fault)
        {
            // Nobody can tell how far it got, so it is unknown; the fault itself is for us to mend.
            log.LogError(fault, "Sending {Number} broke off.", held.Operation.Number);
            return null;
        }
    }

    /// <summary>The five calls that change something at a provider stand here and nowhere else.</summary>
    private static Task<ProviderOutcome> SendAsync(
        IPaymentProvider provider, ProviderAccount address, HeldOperation held, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) => held.Operation.Kind switch
        {
            OperationKind.Refund => provider.Refunds!.SendAsync(address, held.Refund, keys, permit, cancel),
            OperationKind.Capture =>
                provider.PreAuthorisations!.ConfirmAsync(address, held.Hold, keys, permit, cancel),
            OperationKind.Void => provider.PreAuthorisations!.CancelAsync(address, held.Hold, keys, permit, cancel),
            OperationKind.Transfer => provider.Transfers!.SendAsync(address, held.Transfer, keys, permit, cancel),
            OperationKind.Unbind => provider.Cards!.UnbindAsync(address, held.Unbind, keys, permit, cancel),
            _ => throw new InvalidOperationException($"Nothing sends a {held.Operation.Kind}."),
        };

    private async Task RecordAsync(Claim claim, ProviderOutcome? outcome)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "operation.answer", async commit =>
        {
            var operation = claim.Held.Operation;
            var proves = Proves(outcome, operation.Attempts, claim.Copies);
            db.Add(EvidenceRows.Answer(commit, operation, outcome, proves));
            var won = await commit.MoveAsync(operation, proves, change =>
            {
                change.LeaseUntil = null;
                change.RawState = outcome?.ProviderCode ?? "";
                change.ProviderNumber = outcome?.ProviderNumber ?? operation.ProviderNumber;
                change.Problem = EvidenceRows.Problem(outcome);
                if (proves == OperationEvent.ProvedNotSent)
                {
                    change.NotBefore = commit.Now + OperationTimes.AfterNotSent(operation.Attempts);
                }
                else if (proves is OperationEvent.Unclear or OperationEvent.ProvedAccepted)
                {
                    AskSoon(
                        change,
                        operation,
                        proves == OperationEvent.Unclear ? SettleTime(operation) : OperationTimes.AcceptedWatch);
                }
            });
            if (!won)
            {
                await commit.WeighAsync(operation.Id, proves, outcome?.ProviderCode ?? "");
            }

            await providers.NoteAsync(
                commit, operation.Provider, outcome?.Transcript, EvidenceRows.Error(outcome), claim.Entry,
                isSend: true);
            commit.Audit(operation.Subject, new { proves, won, code = outcome?.ProviderCode });
            commit.Changed("operation", operation.Id);
            return won;
        });
    }

    /// <summary>
    /// What the answer proves. A definite "no" counts only for the copy that it answers: where an earlier one may have
    /// arrived, it can be that copy's own consequence, and a query has to decide.
    /// </summary>
    private static OperationEvent Proves(ProviderOutcome? outcome, int attempts, int copies) => outcome switch
    {
        ProviderOutcome.Done => OperationEvent.ProvedDone,
        ProviderOutcome.Accepted => OperationEvent.ProvedAccepted,
        ProviderOutcome.Refused or ProviderOutcome.Postponed or ProviderOutcome.NotSent when copies > 0 =>
            OperationEvent.Unclear,
        ProviderOutcome.Refused => OperationEvent.ProvedFailed,
        ProviderOutcome.NotSent or ProviderOutcome.Postponed when attempts >= MaxAttempts =>
            OperationEvent.GaveUpSending,
        ProviderOutcome.NotSent or ProviderOutcome.Postponed => OperationEvent.ProvedNotSent,
        _ => OperationEvent.Unclear,
    };

    /// <summary>How long questions go on; where the same number may go once more, until it could have.</summary>
    private TimeSpan SettleTime(Operation operation)
    {
        var provider = accounts.ProviderOf(operation.Provider);
        var settle = operation.Kind.SettleTime(provider);
        return operation.Kind.ResendSafe(provider) && operation.Attempts is > 1 and <= OperationTimes.MostRepeats
            ? settle + OperationTimes.BetweenRepeats
            : settle;
    }

    private void AskSoon(OperationChange change, Operation operation, TimeSpan settle)
    {
        var canAsk = operation.Kind.CanAsk(accounts.ProviderOf(operation.Provider));
        change.Questions = 0;
        change.SettleAfter = change.Now + settle;
        change.NextQuestionAt = canAsk ? change.Now + OperationTimes.Question(0) : change.SettleAfter;
    }

    /// <param name="Held">The operation under its new fence.</param>
    /// <param name="Copies">How many earlier attempts may have reached the provider.</param>
    /// <param name="Entry">What the provider's gate let through.</param>
    private sealed record Claim(HeldOperation Held, int Copies, ProviderEntry Entry);
}
