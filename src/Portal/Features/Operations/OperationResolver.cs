using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// Asks providers about operations that are accepted, unknown or with people, until one answer is definite.
/// Questions move nothing; "not found" and silence prove nothing.
/// </summary>
public sealed class OperationResolver(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ProviderGate providers, TimeProvider time,
    ILogger<OperationResolver> log)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);
    private static readonly Actor Job = Actor.Job("resolver");
    private static readonly OperationState[] Open =
        [OperationState.Accepted, OperationState.Unknown, OperationState.NeedsPerson];

    /// <summary>Asks about the operation whose question is longest due, if any is.</summary>
    public async Task<bool> AskNextAsync(CancellationToken cancel)
    {
        if (await ClaimAsync() is not { } claim)
        {
            return false;
        }

        await RecordAsync(claim, claim.Entry is null ? null : await AskAsync(claim.Held, cancel));
        return true;
    }

    /// <summary>
    /// Asks about one operation at once, whenever its next question was planned. People who settle it ask one question
    /// even of a provider that is closed at the moment: an answer opens it.
    /// </summary>
    public async Task AskAboutAsync(Guid operationId, CancellationToken cancel)
    {
        if (await ClaimAsync(operationId) is { } claim)
        {
            await RecordAsync(claim, claim.Entry is null ? null : await AskAsync(claim.Held, cancel));
        }
    }

    private async Task<Claim?> ClaimAsync(Guid? only = null)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var closed = only is null ? await providers.ClosedForQuestionsAsync(db, now) : [];
        if (!await Due(db, now, closed, only).AnyAsync())
        {
            return null;
        }

        return await db.CommitAsync<Claim?>(Job, "operation.ask", async commit =>
        {
            var operation = await Due(db, commit.Now, closed, only).SkipLocked().OrderBy(row => row.NextQuestionAt)
                .FirstOrDefaultAsync();
            if (operation is null)
            {
                return null;
            }

            var asks = !closed.Contains(operation.Provider)
                && operation.Kind.CanAsk(accounts.ProviderOf(operation.Provider));
            var entry = !asks ? null
                : only is not null ? new(IsTrial: false)
                : await providers.EnterToAskAsync(commit, operation.Provider);
            if (asks && entry is null)
            {
                return null;
            }

            // Taking the fence and moving the due time is the claim: nobody else asks or records meanwhile.
            var won = await commit.MoveAsync(operation, OperationEvent.Unclear, change =>
            {
                change.Fence++;
                change.Questions++;
                change.NextQuestionAt = commit.Now + Hold;
            });
            return won
                ? new(
                    await HeldOperation.ReadAsync(
                        db, operation.Id, await AccountDirectory.GetAsync(db, operation.AccountId)),
                    entry)
                : null;
        });
    }

    /// <summary>
    /// What is due. Where nobody may ask the provider at the moment, people are still called when the time to settle is
    /// over.
    /// </summary>
    private static IQueryable<Operation> Due(PortalDb db, DateTimeOffset now, List<string> closed, Guid? only) =>
        db.Set<Operation>().AsNoTracking().Where(row => Open.Contains(row.State)
            && (row.Id == only || (only == null && row.NextQuestionAt <= now && (!closed.Contains(row.Provider)
                || (row.State != OperationState.NeedsPerson && row.SettleAfter <= now)))));

    private async Task<Finding?> AskAsync(HeldOperation held, CancellationToken cancel)
    {
        try
        {
            var provider = accounts.Provider(held.Account);
            if (accounts.Address(held.Account) is not { } address)
            {
                return null;
            }

            await using var db = await factory.CreateDbContextAsync(cancel);
            using var keys = await accounts.OpenKeysAsync(db, held.Account);
            return await OperationQuestion.AskAsync(provider, address, held, keys, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Asking about {Number} broke off.", held.Operation.Number);
            return null;
        }
    }

    private async Task RecordAsync(Claim claim, Finding? finding)
    {
        var held = claim.Held;
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "operation.asked", async commit =>
        {
            var operation = held.Operation;
            if (finding is not null)
            {
                db.Add(EvidenceRows.Question(commit, operation, finding));
            }

            var happened = await HappenedAsync(commit, held, finding);
            var won = await commit.MoveAsync(operation, happened, change => Note(change, held, finding, happened));
            if (won && OperationLifecycle.Table.On(operation.State, happened).Kind == TransitionKind.Moves)
            {
                commit.Audit(operation.Subject, new { happened, finding?.RawState, operation.Questions });
            }

            if (!won && finding is not null)
            {
                await commit.WeighAsync(operation.Id, finding.Proves, finding.RawState ?? "");
            }

            if (claim.Entry is { } entry)
            {
                await providers.NoteAsync(
                    commit, operation.Provider, finding?.Transcript, finding?.Error ?? ProviderError.None, entry,
                    isSend: false);
            }

            commit.Changed("operation", operation.Id);
            return won;
        });
    }

    private async Task<OperationEvent> HappenedAsync(Commit commit, HeldOperation held, Finding? finding)
    {
        var operation = held.Operation;
        var proves = finding?.Proves ?? OperationEvent.Unclear;
        return proves != OperationEvent.Unclear ? proves
            : finding is { NothingDone: true } && await MayRepeatAsync(commit, held) ? OperationEvent.ResendSame
            : MustGoToPeople(operation, finding?.Told ?? operation.ProviderState, commit.Now)
                ? OperationEvent.SettleTimeOver
            : OperationEvent.Unclear;
    }

    private void Note(OperationChange change, HeldOperation held, Finding? finding, OperationEvent happened)
    {
        var operation = held.Operation;
        change.ProviderState =
            finding is null or { Told: RefundState.NotTold } ? operation.ProviderState : finding.Told;
        change.RawState = finding?.RawState ?? operation.RawState;
        change.ProviderNumber = finding?.ProviderNumber ?? operation.ProviderNumber;
        change.Problem = Problem(operation, finding, happened);
        if (finding is { Told: RefundState.Reversed, Error: ProviderError.AnswerMismatch })
        {
            change.DisputedAt = operation.DisputedAt ?? change.Now;
        }

        if (happened == OperationEvent.ResendSame)
        {
            change.NotBefore = change.Now;
            change.SettleAfter = null;
            change.NextQuestionAt = null;
            return;
        }

        var canAsk = held.Operation.Kind.CanAsk(accounts.Provider(held.Account));
        change.NextQuestionAt = canAsk ? OperationTimes.NextQuestion(change.Now, operation)
            : operation.State == OperationState.NeedsPerson || happened == OperationEvent.SettleTimeOver ? null
            : operation.SettleAfter;
        if (happened == OperationEvent.ProvedAccepted && operation.State != OperationState.Accepted)
        {
            change.SettleAfter = change.Now + OperationTimes.AcceptedWatch;
        }
    }

    /// <summary>
    /// Whether the same number may go once more by itself: the document allows it, the provider has shown nothing done
    /// often and long enough since the last attempt, and not too many went before (reliability design, section 4.5).
    /// </summary>
    private async Task<bool> MayRepeatAsync(Commit commit, HeldOperation held)
    {
        var operation = held.Operation;
        if (operation.State != OperationState.Unknown || !operation.Kind.ResendSafe(accounts.Provider(held.Account)))
        {
            return false;
        }

        // An attempt that is proven not to have left is no copy, so it neither counts nor starts the hour again.
        var evidence = commit.Db.Set<Evidence>().AsNoTracking();
        var copies = await commit.Db.Set<Attempt>().AsNoTracking().Where(row => row.OperationId == operation.Id
                && !evidence.Any(answer => answer.OperationId == row.OperationId && answer.AttemptNumber == row.Number
                    && answer.Kind == EvidenceKind.Answer && answer.Proves == OperationEvent.ProvedNotSent))
            .OrderBy(row => row.Number).Select(row => row.StartedAt).ToListAsync();
        if (copies.Count == 0)
        {
            // The claim's time ran out first, and then its process told that nothing had left: this is no repeat.
            return true;
        }

        var last = copies[^1];
        var shown = await commit.Db.Set<Evidence>().AsNoTracking()
            .Where(row => row.OperationId == operation.Id && row.NothingDone && row.At > last)
            .OrderBy(row => row.At).Select(row => row.At).ToListAsync();
        return copies.Count <= OperationTimes.MostRepeats
            && (copies.Count == 1 || commit.Now - last >= OperationTimes.BetweenRepeats)
            && shown.Count + 1 >= OperationTimes.LeastShown
            && commit.Now - shown[0] >= OperationTimes.ShownFor;
    }

    private static string Problem(Operation operation, Finding? finding, OperationEvent happened) => happened switch
    {
        OperationEvent.ProvedDone or OperationEvent.ProvedAccepted or OperationEvent.ResendSame => "",
        OperationEvent.ProvedFailed => ProviderError.Declined.ToString(),
        _ => finding is { Problem.Length: > 0 } ? finding.Problem : operation.Problem,
    };

    private static bool MustGoToPeople(Operation operation, RefundState told, DateTimeOffset now) =>
        operation.State != OperationState.NeedsPerson
        && (told == RefundState.Reversed || (operation.SettleAfter is { } over && now >= over));

    /// <param name="Held">The operation under its new fence.</param>
    /// <param name="Entry">What the provider's gate let through; null where nobody is asked.</param>
    private sealed record Claim(HeldOperation Held, ProviderEntry? Entry);
}
