using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>
/// Follows what people found: asks the provider on, marks what contradicts them, and frees what was set aside once
/// time has proven that nothing happened.
/// </summary>
public sealed class VerdictWatch(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ProviderGate providers, TimeProvider time,
    ILogger<VerdictWatch> log)
{
    private static readonly Actor Job = Actor.Job("verdicts");
    private static readonly OperationState[] Found = [OperationState.ResolvedSucceeded, OperationState.ResolvedFailed];

    /// <summary>Asks about one verdict whose next question is due.</summary>
    public async Task<bool> AskNextAsync(CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var closed = await providers.ClosedForQuestionsAsync(db, now);
        var operation = await db.Set<Operation>().AsNoTracking().OrderBy(row => row.NextQuestionAt)
            .FirstOrDefaultAsync(
                row => Found.Contains(row.State) && row.NextQuestionAt <= now && !closed.Contains(row.Provider),
                cancel);
        if (operation is null)
        {
            return false;
        }

        // Moving the due time is the claim. Its state and version stay: a verdict is final, this only looks on.
        var next = operation.DisputedAt is null && now < operation.StateAt + Verdicts.Watch
            ? now + Verdicts.BetweenChecks
            : (DateTimeOffset?)null;
        var won = await db.CommitAsync(Job, "operation.ask", commit => db.Set<Operation>()
            .Where(row => row.Id == operation.Id && row.NextQuestionAt == operation.NextQuestionAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, next)));
        if (won == 1 && await AskAsync(operation, cancel) is { } finding)
        {
            await db.CommitAsync(Job, "operation.asked", async commit =>
            {
                db.Add(EvidenceRows.Question(commit, operation, finding));
                await commit.WeighAsync(operation.Id, finding.Proves, finding.RawState ?? "");
                return true;
            });
        }

        return true;
    }

    /// <summary>Frees what is set aside for one operation, if time has proven that it did not happen.</summary>
    public async Task<bool> ReleaseNextAsync()
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();

        // Three working days are never less than three days, so that most rows are passed over without a look.
        var least = now - TimeSpan.FromDays(Verdicts.ProofDays);
        var candidates = await db.Set<Operation>().AsNoTracking()
            .Where(row => row.State == OperationState.ResolvedFailed && row.ReleasedAt == null
                && row.DisputedAt == null && row.StateAt <= least)
            .OrderBy(row => row.StateAt).Take(100).ToListAsync();
        var operation = candidates.Find(row => ProvenAt(row) <= now);
        return operation is not null && await db.CommitAsync(Job, "operation.release", async commit =>
        {
            var rows = await db.Set<Operation>()
                .Where(row => row.Id == operation.Id && row.State == OperationState.ResolvedFailed
                    && row.ReleasedAt == null && row.DisputedAt == null && row.Version == operation.Version)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.ReleasedAt, commit.Now)
                    .SetProperty(row => row.Version, row => row.Version + 1));
            if (rows != 1)
            {
                return false;
            }

            if (operation.Kind.Reserves())
            {
                await commit.SettleAsync(operation, refunded: 0);
            }

            commit.Audit(operation.Subject, new { since = operation.StateAt, workingDays = Verdicts.ProofDays });
            commit.Changed("operation", operation.Id);
            if (operation.OrderId is { } order)
            {
                commit.Changed("order", order);
            }

            return true;
        });
    }

    /// <summary>When a failed verdict counts as proven, if nothing contradicts it.</summary>
    public DateTimeOffset ProvenAt(Operation operation) => ProvenAt(operation.Provider, operation.StateAt);

    /// <inheritdoc cref="ProvenAt(Operation)"/>
    public DateTimeOffset ProvenAt(string provider, DateTimeOffset found) => WorkingDays.Over(
        found,
        Verdicts.ProofDays,
        TimeZoneInfo.FindSystemTimeZoneById(accounts.ProviderOf(provider).Descriptor.Zone));

    private async Task<Finding?> AskAsync(Operation operation, CancellationToken cancel)
    {
        try
        {
            var account = await accounts.GetAsync(operation.AccountId);
            if (accounts.Address(account) is not { } address)
            {
                return null;
            }

            await using var db = await factory.CreateDbContextAsync(cancel);
            var held = await HeldOperation.ReadAsync(db, operation.Id, account);
            using var keys = await accounts.OpenKeysAsync(db, account);
            return await OperationQuestion.AskAsync(accounts.Provider(account), address, held, keys, cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Asking about {Number} broke off.", operation.Number);
            return null;
        }
    }
}

/// <summary>Runs the watch over verdicts.</summary>
public sealed class VerdictWorker(
    VerdictWatch watch, ChangeFeed changes, TimeProvider time, ILogger<VerdictWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host is up before the first look.
        await Task.Yield();
        var loop = new Loop(changes, time, log);
        await Task.WhenAll(
            loop.RunAsync(watch.AskNextAsync, "change", stoppingToken),
            loop.RunAsync(_ => watch.ReleaseNextAsync(), "change", stoppingToken));
    }
}
