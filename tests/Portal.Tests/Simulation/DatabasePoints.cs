using System.Data.Common;
using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// The points of a job at the database: it waits before every transaction, it can be hit right before and right after
/// a commit, and a dead node opens nothing.
/// </summary>
internal sealed class DatabasePoints : DbTransactionInterceptor, IDbConnectionInterceptor
{
    // Operations are sent in the order of their ids, which begin with the real time: of two that were asked for within
    // one millisecond, chance would choose the first. The lanes' portals may share this number and wait in vain.
    private static long lastRequest;

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        if (Job.Current is { } job)
        {
            await job.PauseAsync($"begin {(eventData.Context as PortalDb)?.Running}").ConfigureAwait(false);
            job.Node.Began();
            if (IsRequest(eventData.Context))
            {
                SpinWait.SpinUntil(() => Milliseconds() != lastRequest);
            }
        }

        return result;
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        Hit(eventData.Context, CommitFault.DieBefore, CommitFault.LoseBefore);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        lastRequest = IsRequest(eventData.Context) ? Milliseconds() : lastRequest;
        Hit(eventData.Context, CommitFault.DieAfter, CommitFault.LoseAfter);
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        Job.Current?.MustLive();
        return ValueTask.FromResult(result);
    }

    private static bool IsRequest(DbContext? context) =>
        context is PortalDb
        {
            Running: "refund.request" or "preauth.capture" or "preauth.void" or "transfer.request"
            or "card.unbind"
        };

    private static long Milliseconds() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Hit(DbContext? context, CommitFault deadly, CommitFault survived)
    {
        if (Job.Current?.Node is not { } node
            || (node.OnlyIn is { } only && (context as PortalDb)?.Running != only))
        {
            return;
        }

        node.WasHit |= node.NextCommit == deadly || node.NextCommit == survived;
        if (node.NextCommit == deadly)
        {
            node.Die();
        }

        if (node.NextCommit == survived)
        {
            node.NextCommit = CommitFault.None;
            throw new AnswerLostException();
        }
    }
}
