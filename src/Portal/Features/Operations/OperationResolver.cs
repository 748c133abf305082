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
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time, ILogger<OperationResolver> log)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(60);
    private static readonly Actor Job = Actor.Job("resolver");
    private static readonly OperationState[] Open =
        [OperationState.Accepted, OperationState.Unknown, OperationState.NeedsPerson];

    /// <summary>Asks about the operation whose question is longest due, if any is.</summary>
    public async Task<bool> AskNextAsync(CancellationToken cancel)
    {
        if (await ClaimAsync() is not { } held)
        {
            return false;
        }

        await RecordAsync(held, await AskAsync(held, cancel));
        return true;
    }

    private async Task<HeldOperation?> ClaimAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        if (!await db.Set<Operation>().AnyAsync(row => Open.Contains(row.State) && row.NextQuestionAt <= now))
        {
            return null;
        }

        return await db.CommitAsync<HeldOperation?>(Job, "operation.ask", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().OrderBy(row => row.NextQuestionAt)
                .FirstOrDefaultAsync(row => Open.Contains(row.State) && row.NextQuestionAt <= commit.Now);
            if (operation is null)
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
                ? await HeldOperation.ReadAsync(db, operation.Id, await accounts.GetAsync(operation.AccountId))
                : null;
        });
    }

    private async Task<QueryAnswer<RefundFacts>?> AskAsync(HeldOperation held, CancellationToken cancel)
    {
        try
        {
            if (accounts.Address(held.Account) is not { } address)
            {
                return null;
            }

            await using var db = await factory.CreateDbContextAsync(cancel);
            using var keys = await accounts.OpenKeysAsync(db, held.Account);
            return await accounts.Provider(held.Account).Refunds!.QueryAsync(address, held.Request, keys, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Asking about {Number} broke off.", held.Operation.Number);
            return null;
        }
    }

    private async Task RecordAsync(HeldOperation held, QueryAnswer<RefundFacts>? answer)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "operation.asked", async commit =>
        {
            var operation = held.Operation;
            var facts = (answer as QueryAnswer<RefundFacts>.Told)?.Facts;
            var told = facts is null
                ? operation.ProviderState
                : RefundLifecycle.After(operation.ProviderState, facts.State);
            var proves = facts is null ? OperationEvent.Unclear : RefundLifecycle.Means(told);
            if (answer is not null)
            {
                db.Add(EvidenceRows.Question(commit, operation, answer, proves));
            }

            var happened = proves == OperationEvent.Unclear && MustGoToPeople(operation, told, commit.Now)
                ? OperationEvent.SettleTimeOver
                : proves;
            var won = await commit.MoveAsync(operation, happened, change =>
            {
                change.ProviderState = told;
                change.RawState = facts?.RawState ?? operation.RawState;
                change.Problem = Problem(operation, answer, proves);
                change.NextQuestionAt = OperationTimes.NextQuestion(commit.Now, operation);
                if (happened == OperationEvent.ProvedAccepted && operation.State != OperationState.Accepted)
                {
                    change.SettleAfter = commit.Now + OperationTimes.AcceptedWatch;
                }
            });
            if (won && OperationLifecycle.Table.On(operation.State, happened).Kind == TransitionKind.Moves)
            {
                commit.Audit($"refund {operation.Number}", new { happened, facts?.RawState, operation.Questions });
            }

            commit.Changed("operation", operation.Id);
            return won;
        });
    }

    private static string Problem(Operation operation, QueryAnswer<RefundFacts>? answer, OperationEvent proves) =>
        proves switch
        {
            OperationEvent.ProvedDone or OperationEvent.ProvedAccepted => "",
            OperationEvent.ProvedFailed => ProviderError.Declined.ToString(),
            _ => answer is QueryAnswer<RefundFacts>.NoAnswer no ? no.Error.ToString() : operation.Problem,
        };

    private static bool MustGoToPeople(Operation operation, RefundState told, DateTimeOffset now) =>
        operation.State != OperationState.NeedsPerson
        && (told == RefundState.Reversed || (operation.SettleAfter is { } over && now >= over));
}
