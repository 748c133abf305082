using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>A decision on the waiting rows of a batch, with what the page showed.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="SeenHash">What the page showed: see <see cref="BatchDecisions.Hash"/>.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Comment">Why; needed for a no.</param>
public sealed record BatchDecisionForm(Guid BatchId, string SeenHash, Decision Decision, string Comment)
{
    /// <summary>The rows that it is about; null for all that wait. A yes is always about all.</summary>
    public IReadOnlyList<Guid>? Only { get; init; }

    /// <summary>Those that look like rows of it once more, which the reviewer has seen and does not mean.</summary>
    public IReadOnlyCollection<Guid> SeenTwins { get; init; } = [];
}

/// <summary>How a decision on a batch ended. The family is closed.</summary>
public abstract record BatchDecided
{
    /// <param name="Count">How many rows were decided on.</param>
    /// <param name="Missing">How many approvals a row of it still needs at most; 0 when it is all decided.</param>
    public sealed record Done(int Count, int Missing = 0) : BatchDecided;

    public sealed record NoSuchBatch : BatchDecided;

    /// <summary>Nothing of it waits any more.</summary>
    public sealed record NothingWaits : BatchDecided;

    /// <summary>No fresh proof of this session for exactly this batch as it was shown.</summary>
    public sealed record StepUpMissing : BatchDecided;

    /// <summary>The batch is not what the page showed; nothing was decided.</summary>
    public sealed record Changed : BatchDecided;

    /// <summary>One row cannot be decided on by this person now, so none was.</summary>
    public sealed record RowRefused(string Number, Decided Why) : BatchDecided;
}

/// <summary>
/// Decides on a batch as a whole: its digest is what the reviewer agrees to, and every member gets an approval row of
/// its own under the checks of a single decision, all in one transaction or none.
/// </summary>
public sealed class BatchDecisions(IDbContextFactory<PortalDb> factory, ApprovalCommands approvals)
{
    /// <summary>Approves everything that waits, or rejects all or some of it.</summary>
    public async Task<BatchDecided> DecideAsync(Actor actor, BatchDecisionForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        var what = form.Decision == Decision.Approved ? "batch.approve" : "batch.reject";
        return await db.CommitAsync<BatchDecided>(actor, what, async commit =>
        {
            var batch = await db.Set<OperationBatch>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == form.BatchId);
            if (batch is null || !commit.Rights.Allows(Permission.OrdersRead))
            {
                return commit.Refuse(new BatchDecided.NoSuchBatch(), $"batch {form.BatchId:N}", "no such batch");
            }

            // The approvals before the rows: if somebody approves in between, a row's version tells.
            var earlier = await EarlierAsync(db, batch.Id);
            var waiting = await WaitingAsync(db, batch.Id);
            if (waiting.Count == 0)
            {
                return commit.Refuse(new BatchDecided.NothingWaits(), batch.Subject, "nothing waits");
            }

            if (Hash(batch.TermsHash, waiting) != form.SeenHash || !await FitsAsync(db, batch))
            {
                return commit.Refuse(new BatchDecided.Changed(), batch.Subject, "changed since it was shown");
            }

            var chosen = form is { Decision: Decision.Rejected, Only: { } only }
                ? waiting.Where(row => only.Contains(row.Id)).ToList()
                : waiting;
            var proof = form.Decision == Decision.Approved
                ? await StepUps.RequireAsync(commit, batch.Id, form.SeenHash)
                : null;
            return proof is null && form.Decision == Decision.Approved
                ? commit.Refuse(new BatchDecided.StepUpMissing(), batch.Subject, "no fresh proof")
                : await DecideAsync(commit, batch, chosen, earlier, form, proof);
        });
    }

    /// <summary>What a reviewer signs: the batch's own digest, and which of its rows wait, as they are.</summary>
    internal static string Hash(string termsHash, IEnumerable<Operation> waiting)
    {
        var text = new StringBuilder(termsHash).Append('\n');
        foreach (var row in waiting)
        {
            text.Append(row.Number).Append(' ').Append(row.Version).Append(' ').Append(row.TermsHash).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    internal static Task<List<Operation>> WaitingAsync(PortalDb db, Guid batchId) =>
        db.Set<Operation>().AsNoTracking()
            .Where(row => row.BatchId == batchId && row.State == OperationState.PendingApproval)
            .OrderBy(row => row.Id).ToListAsync();

    /// <summary>Whether the members still have the terms that the batch's digest was made over.</summary>
    private static async Task<bool> FitsAsync(PortalDb db, OperationBatch batch)
    {
        var members = await (from row in db.Set<BatchRow>().AsNoTracking()
                             join operation in db.Set<Operation>().AsNoTracking() on row.OperationId equals operation.Id
                             where row.BatchId == batch.Id
                             orderby row.Line
                             select operation).ToListAsync();
        return batch.TermsHash == OperationBatch.HashTerms(
            batch.Number, batch.Kind, batch.SourceSha256, batch.Totals, members);
    }

    private static async Task<ILookup<Guid, Approval>> EarlierAsync(PortalDb db, Guid batchId) => (
        await db.Set<Approval>().AsNoTracking()
            .Where(row => db.Set<Operation>().Any(o => o.Id == row.OperationId && o.BatchId == batchId))
            .ToListAsync()).ToLookup(row => row.OperationId);

    private async Task<BatchDecided> DecideAsync(
        Commit commit, OperationBatch batch, List<Operation> chosen, ILookup<Guid, Approval> earlier,
        BatchDecisionForm form, StepUp? proof)
    {
        var seats = await ApprovalSeats.ReadAsync(commit.Db, commit.Actor, commit.Rights, commit.Now);
        var twins = await ApprovalTwins.OfAllAsync(commit.Db, chosen);
        var sitting = new ApprovalSitting(seats, twins, proof);
        var seen = form.SeenTwins.ToHashSet();
        var missing = 0;
        foreach (var operation in chosen)
        {
            var one = new DecisionForm(
                operation.Id, operation.Version, operation.TermsHash, form.Decision, form.Comment)
            {
                SeenTwins = seen,
            };
            var decided = await approvals.DecideAsync(commit, sitting, operation, [.. earlier[operation.Id]], one);
            if (decided is Decided.Done done)
            {
                missing = Math.Max(missing, done.Missing);
            }
            else
            {
                return commit.Refuse(
                    new BatchDecided.RowRefused(operation.Number, decided), batch.Subject,
                    $"{operation.Number}: {decided.GetType().Name}");
            }
        }

        commit.Audit(batch.Subject, new { form.SeenHash, rows = chosen.Count, form.Comment });
        commit.Changed("batch", batch.Id);
        return new BatchDecided.Done(chosen.Count, missing);
    }
}
