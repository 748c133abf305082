using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Rows that are asked for together, and what the page showed of them.</summary>
public sealed record BatchForm
{
    /// <summary>Made when the rows were read; sent twice, it is still one batch.</summary>
    public required Guid CommandId { get; init; }

    public required OperationKind Kind { get; init; }
    public required BatchSource Source { get; init; }
    public required string Name { get; init; }
    public required string SourceSha256 { get; init; }

    /// <summary>All rows, those that cannot be asked for included.</summary>
    public required IReadOnlyList<BatchLine> Lines { get; init; }

    /// <summary>The rows that were shown as good, with what each stands on.</summary>
    public required IReadOnlyDictionary<int, string> Seen { get; init; }

    /// <summary>The account that pays; null for refunds, whose orders say it.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The requester knows that the same rows were asked for before.</summary>
    public bool MeansAgain { get; init; }

    public Guid? RerunOf { get; init; }
}

/// <summary>How asking for a batch ended. The family is closed.</summary>
public abstract record BatchAsked
{
    public sealed record Asked(Guid Id, string Number, int Count) : BatchAsked;

    public sealed record NoRight(string Permission) : BatchAsked;

    /// <summary>No row is good.</summary>
    public sealed record Nothing : BatchAsked;

    public sealed record NameWrong : BatchAsked;

    /// <summary>The same file or the same rows were asked for before.</summary>
    public sealed record AskedBefore(string Number, DateTimeOffset At, string By) : BatchAsked;

    /// <summary>Rows are not what the page showed any more; nothing was asked for.</summary>
    public sealed record RowsChanged(CheckedRows Rows) : BatchAsked;
}

/// <summary>Reads, checks and asks for many operations at once. Nothing here sends anything.</summary>
public sealed class BatchCommands(IDbContextFactory<PortalDb> factory, IEnumerable<IBatchRows> kinds)
{
    public const int MaxName = 80;

    /// <summary>
    /// Asks for every good row in one transaction: all of them with their reserved money, or none.
    /// </summary>
    public async Task<BatchAsked> AskAsync(Actor actor, BatchForm form)
    {
        // Two clicks at the same instant: one of them gets through, and its answer is everybody's.
        try
        {
            var result = await TryAskAsync(actor, form);
            return result is BatchAsked.Asked ? result : await SameAsync(form) ?? result;
        }
        catch (DbUpdateException)
        {
            if (await SameAsync(form) is { } same)
            {
                return same;
            }

            throw;
        }
    }

    /// <summary>Takes back all of one's own rows that nobody has decided on.</summary>
    /// <returns>How many were taken back; 0 when it is not the actor's own or everything is decided.</returns>
    public async Task<int> WithdrawAsync(Actor actor, Guid batchId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "batch.withdraw", async commit =>
        {
            var batch = await db.Set<OperationBatch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == batchId);
            if (batch is null || batch.RequesterPersonId != actor.PersonId
                || !commit.Rights.Allows(batch.Kind.RequestRight()))
            {
                return commit.Refuse(0, batch?.Subject ?? "", "not the requester's own");
            }

            var waiting = await db.Set<Operation>().AsNoTracking()
                .Where(row => row.BatchId == batchId && row.State == Payments.Lifecycles.OperationState.PendingApproval)
                .OrderBy(row => row.Number).ToListAsync();
            var taken = 0;
            foreach (var operation in waiting)
            {
                taken += await commit.MoveAsync(
                    operation, Payments.Lifecycles.OperationEvent.Withdraw,
                    change => change.Problem = OperationProblem.Withdrawn)
                    ? 1 : 0;
            }

            if (taken < waiting.Count || taken == 0)
            {
                return commit.Refuse(0, batch.Subject, "decided meanwhile");
            }

            commit.Audit(batch.Subject, new { taken });
            commit.Changed("batch", batch.Id);
            return taken;
        });
    }

    private async Task<BatchAsked> TryAskAsync(Actor actor, BatchForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<BatchAsked>(actor, "batch.ask", async commit =>
        {
            var subject = $"batch {form.CommandId:N}";
            var right = form.Kind.RequestRight();
            if (!commit.Rights.Allows(right))
            {
                return commit.Refuse(new BatchAsked.NoRight(right), subject, $"lacks {right}");
            }

            if (await SameAsync(db, form) is { } same)
            {
                return same;
            }

            if (form.Name.Trim().Length is 0 or > MaxName)
            {
                return commit.Refuse(new BatchAsked.NameWrong(), subject, "name");
            }

            var before = await db.Set<OperationBatch>().AsNoTracking()
                .Where(row => row.SourceSha256 == form.SourceSha256 && row.Kind == form.Kind)
                .OrderByDescending(row => row.RequestedAt).FirstOrDefaultAsync();
            if (before is not null && !form.MeansAgain)
            {
                return commit.Refuse(
                    new BatchAsked.AskedBefore(before.Number, before.RequestedAt, before.RequesterName), subject,
                    $"asked before as {before.Number}");
            }

            var kind = kinds.Of(form.Kind);
            await kind.HoldAsync(commit, form);
            var rows = await kind.CheckAsync(
                new(db, actor, commit.Rights, commit.Now, form.AccountId), form.Lines);
            return rows.Good.Count + form.Seen.Count == 0
                ? commit.Refuse(new BatchAsked.Nothing(), subject, "no good row")
                : rows.Seen.Count == form.Seen.Count && !rows.Seen.Except(form.Seen).Any()
                    && await InsertAsync(commit, form, rows) is { } asked
                ? asked
                : commit.Refuse(new BatchAsked.RowsChanged(rows), subject, "rows changed");
        });
    }

    private async Task<BatchAsked.Asked?> InsertAsync(Commit commit, BatchForm form, CheckedRows rows)
    {
        var batchId = Guid.CreateVersion7();
        if (await kinds.Of(form.Kind).SubmitAsync(commit, rows, form, batchId) is not { } made)
        {
            return null;
        }

        var number = Numbers.New('B', commit.Now);
        var totals = string.Join(", ", rows.Totals);
        var members = rows.Good.Select(row => made[row.Line.Line]);
        var batch = new OperationBatch
        {
            Id = batchId,
            Number = number,
            Kind = form.Kind,
            Source = form.Source,
            Name = form.Name.Trim(),
            SourceSha256 = form.SourceSha256,
            RerunOf = form.RerunOf,
            Count = made.Count,
            Totals = totals,
            TermsHash = OperationBatch.HashTerms(number, form.Kind, form.SourceSha256, totals, members),
            CommandId = form.CommandId,
            RequesterPersonId = commit.Actor.PersonId!.Value,
            RequesterUserId = commit.Actor.UserId!.Value,
            RequesterName = commit.Actor.Name,
            RequestedAt = commit.Now,
        };
        commit.Db.Add(batch);
        commit.Db.AddRange(rows.All.Select(row => RowOf(batchId, row, made.GetValueOrDefault(row.Line.Line)?.Id)));
        commit.Audit(batch.Subject, new
        {
            batch.Name,
            batch.SourceSha256,
            batch.Count,
            batch.Totals,
            batch.TermsHash,
            notAsked = rows.Others.Count,
        });
        commit.Changed("batch", batchId);
        return new(batchId, number, made.Count);
    }

    private static BatchRow RowOf(Guid batchId, CheckedRow row, Guid? operationId) => new()
    {
        Id = Guid.CreateVersion7(),
        BatchId = batchId,
        Line = row.Line.Line,
        OperationId = operationId,
        Target = operationId is null ? Masked(row.Line.Target) : Cut(row.Line.Target),
        AmountText = Cut(row.Line.AmountText),
        Problem = row.Problem?.Reason ?? "",
        ProblemValue = Masked(row.Problem?.Value ?? ""),
    };

    // A row that nothing was asked for may name a payee by an e-mail address, which need not be kept for years.
    private static string Masked(string text) => Cut(text.Contains('@', StringComparison.Ordinal)
        ? PayeeCheck.Mask(text)
        : text);

    private static string Cut(string text) => text.Length > 120 ? text[..120] : text;

    private async Task<BatchAsked?> SameAsync(BatchForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await SameAsync(db, form);
    }

    private static async Task<BatchAsked?> SameAsync(PortalDb db, BatchForm form) =>
        await db.Set<OperationBatch>().AsNoTracking().SingleOrDefaultAsync(row => row.CommandId == form.CommandId)
            is { } same
            ? new BatchAsked.Asked(same.Id, same.Number, same.Count)
            : null;
}
