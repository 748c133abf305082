using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>The right to speak with a provider once.</summary>
/// <param name="IsTrial">It goes alone, after a pause; how it ends decides for everybody.</param>
public sealed record ProviderEntry(bool IsTrial);

/// <summary>
/// Whether a provider is spoken to at this moment: not while it does not answer, one at a time when it may be back, and
/// not while the clocks are too far apart (reliability design, D10 and D14). The rows are the truth, so it holds over
/// any number of processes; every command locks a row of this table after all its other rows.
/// </summary>
public sealed class ProviderGate(AccountDirectory accounts, ILogger<ProviderGate> log)
{
    private static readonly OperationState[] Open =
        [OperationState.Accepted, OperationState.Unknown, OperationState.NeedsPerson];

    /// <summary>The providers that nothing is sent to now.</summary>
    public async Task<List<string>> ClosedForSendsAsync(PortalDb db, DateTimeOffset now)
    {
        var closed = new List<string>();
        foreach (var row in await db.Set<ProviderHealth>().AsNoTracking().ToListAsync())
        {
            if (row.IsPaused(now) || row.ClockStopsSends || !await HasRoomAsync(db, row, now))
            {
                closed.Add(row.Provider);
            }
        }

        return closed;
    }

    /// <summary>The providers that nothing is asked now.</summary>
    public async Task<List<string>> ClosedForQuestionsAsync(PortalDb db, DateTimeOffset now) =>
    [
        .. from row in await db.Set<ProviderHealth>().AsNoTracking().ToListAsync()
           where row.IsPaused(now) || (RefusesByClock(row) && row.ProbedLately(now))
           select row.Provider,
    ];

    /// <summary>
    /// Lets one send through, or none: null when the provider was closed meanwhile or others are under way.
    /// </summary>
    public async Task<ProviderEntry?> EnterToSendAsync(Commit commit, string provider)
    {
        if (await ReadAsync(commit, provider) is not { } seen || (seen.OpenUntil is null && seen.Ramp == 0
            && !seen.ClockStopsSends))
        {
            return new(IsTrial: false);
        }

        var row = await LockAsync(commit, provider);
        var now = commit.Now;
        if (row.IsPaused(now) || row.ClockStopsSends || !await HasRoomAsync(commit.Db, row, now))
        {
            return null;
        }

        return new(await TryAsync(commit, row));
    }

    /// <summary>Lets one question through, or none: null when the provider was closed meanwhile.</summary>
    public async Task<ProviderEntry?> EnterToAskAsync(Commit commit, string provider)
    {
        if (await ReadAsync(commit, provider) is not { } seen || (seen.OpenUntil is null && !RefusesByClock(seen)))
        {
            return new(IsTrial: false);
        }

        var row = await LockAsync(commit, provider);
        if (row.IsPaused(commit.Now) || (RefusesByClock(row) && row.ProbedLately(commit.Now)))
        {
            return null;
        }

        var probes = RefusesByClock(row);
        row.ProbedAt = probes ? commit.Now : row.ProbedAt;
        var isTrial = await TryAsync(commit, row);
        if (probes && !isTrial)
        {
            await WriteAsync(commit, row);
        }

        return new(isTrial);
    }

    /// <summary>Notes in the commit of an answer what its exchange tells of the provider.</summary>
    /// <param name="commit">The commit that records the answer; all its other rows are written already.</param>
    /// <param name="provider">Key of the provider.</param>
    /// <param name="transcript">The exchange; null when none came about.</param>
    /// <param name="error">Why it is no usable answer, or None.</param>
    /// <param name="entry">What the gate let through.</param>
    /// <param name="isSend">It was a send: these widen the ramp.</param>
    public async Task NoteAsync(
        Commit commit, string provider, Transcript? transcript, ProviderError error, ProviderEntry entry, bool isSend)
    {
        var heard = transcript is null ? Heard.Nothing : Hear(transcript, error);
        if (heard == Heard.Nothing)
        {
            return;
        }

        var ahead = Ahead(transcript!);
        if (heard == Heard.Answer && await ReadAsync(commit, provider) is { Failures: 0, OpenUntil: null, Ramp: 0 } seen
            && (ahead is not { } same || !seen.IsNews(commit.Now, same)))
        {
            return;
        }

        var row = await LockAsync(commit, provider);
        var (wasClosed, clockWas) = (row.OpenUntil, row.ClockOff);
        if (heard == Heard.Answer)
        {
            row.Answered(isSend);
        }
        else
        {
            row.WasSilent(commit.Now, entry.IsTrial || (isSend && row is { Ramp: > 0, OpenUntil: null }));
        }

        if (ahead is { } told)
        {
            row.Measured(commit.Now, told);
        }

        await WriteAsync(commit, row);
        Tell(commit, row, wasClosed, clockWas);
    }

    /// <summary>Notes what a question's answer tells of the provider.</summary>
    public Task NoteAsync<T>(Commit commit, string provider, QueryAnswer<T>? answer, ProviderEntry entry) => NoteAsync(
        commit, provider, answer?.Transcript,
        answer is QueryAnswer<T>.NoAnswer no ? no.Error : ProviderError.None, entry, isSend: false);

    /// <summary>An answer is an answer even when it says no; a fault page in front of the provider is none.</summary>
    internal static Heard Hear(Transcript transcript, ProviderError error) => (transcript, error) switch
    {
        ({ Failure: ProviderError.AddressNotAllowed or ProviderError.SentTooLate or ProviderError.KeyMissing }, _)
            or (_, ProviderError.AddressNotAllowed or ProviderError.SentTooLate or ProviderError.KeyMissing) =>
            Heard.Nothing,
        ({ Status: >= 500 }, _) or ({ Failure: not ProviderError.None }, _) => Heard.Silence,
        (_, ProviderError.NameNotResolved or ProviderError.ConnectionFailed or ProviderError.TlsFailed
            or ProviderError.TimedOut or ProviderError.ConnectionLost or ProviderError.AnswerUnreadable) =>
            Heard.Silence,
        _ => Heard.Answer,
    };

    /// <summary>
    /// How far the provider's clock is ahead of ours, at least: its time fits anywhere between the request and the
    /// answer, and is told in whole seconds. Null where the answer tells none.
    /// </summary>
    internal static TimeSpan? Ahead(Transcript transcript)
    {
        var (first, last) = (transcript.StartedAt, transcript.StartedAt + transcript.Elapsed);
        return transcript.ProviderDate is not { } told ? null
            : told > last ? told - last
            : told + TimeSpan.FromSeconds(1) < first ? told - first
            : TimeSpan.Zero;
    }

    private bool RefusesByClock(ProviderHealth row) =>
        row.RefusesByClock(accounts.ProviderOf(row.Provider).ClockTolerance);

    /// <summary>
    /// Fewer sends are under way than the ramp allows. While nobody knows whether the provider is back, a question that
    /// is due goes before any send, for it moves nothing.
    /// </summary>
    private static async Task<bool> HasRoomAsync(PortalDb db, ProviderHealth row, DateTimeOffset now) =>
        row.Width(now) is not { } width
        || (await db.Set<Operation>().CountAsync(
                other => other.Provider == row.Provider && other.State == OperationState.Sending) < width
            && !(row.WantsTrial(now) && await db.Set<Operation>().AnyAsync(other => other.Provider == row.Provider
                && Open.Contains(other.State) && other.NextQuestionAt <= now)));

    private static async Task<bool> TryAsync(Commit commit, ProviderHealth row)
    {
        if (!row.WantsTrial(commit.Now))
        {
            return false;
        }

        row.StartTrial(commit.Now);
        await WriteAsync(commit, row);
        return true;
    }

    private static Task<ProviderHealth?> ReadAsync(Commit commit, string provider) =>
        commit.Db.Set<ProviderHealth>().AsNoTracking().SingleOrDefaultAsync(row => row.Provider == provider);

    /// <summary>
    /// Holds the row until the end of the transaction and reads it; makes it where there is none. The insert gives way
    /// to another process that makes it in the same instant, so that no answer is lost over it.
    /// </summary>
    private static async Task<ProviderHealth> LockAsync(Commit commit, string provider)
    {
        var row = commit.Db.Set<ProviderHealth>().Where(row => row.Provider == provider);
        while (await row.ExecuteUpdateAsync(set => set.SetProperty(x => x.Version, x => x.Version + 1)) == 0)
        {
            await commit.Db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO provider_health
                  ("Provider", "Failures", "Pauses", "Ramp", "RampAnswers", "ClockOffsetMs", "Version")
                VALUES ({provider}, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
                """);
        }

        return await row.AsNoTracking().SingleAsync();
    }

    private static async Task WriteAsync(Commit commit, ProviderHealth row)
    {
        var rows = await commit.Db.Set<ProviderHealth>()
            .Where(other => other.Provider == row.Provider && other.Version == row.Version)
            .ExecuteUpdateAsync(set => set
                .SetProperty(other => other.Failures, row.Failures)
                .SetProperty(other => other.SilentSince, row.SilentSince)
                .SetProperty(other => other.Pauses, row.Pauses)
                .SetProperty(other => other.OpenUntil, row.OpenUntil)
                .SetProperty(other => other.Ramp, row.Ramp)
                .SetProperty(other => other.RampAnswers, row.RampAnswers)
                .SetProperty(other => other.ClockOffsetMs, row.ClockOffsetMs)
                .SetProperty(other => other.MeasuredAt, row.MeasuredAt)
                .SetProperty(other => other.ProbedAt, row.ProbedAt));
        if (rows != 1)
        {
            throw new InvalidOperationException($"The health of {row.Provider} changed under its lock.");
        }
    }

    private void Tell(Commit commit, ProviderHealth row, DateTimeOffset? wasClosed, TimeSpan clockWas)
    {
        commit.Changed("provider", Guid.Empty);
        if (row.OpenUntil is { } until && until != wasClosed)
        {
            log.LogError(
                "{Provider} has not answered {Failures} times in a row: nothing goes there until {Until:O}.",
                row.Provider, row.Failures, until);
        }

        if (row.OpenUntil is null != wasClosed is null)
        {
            commit.Audit($"provider {row.Provider}", new { closed = row.OpenUntil is not null, row.Failures });
        }

        if (row.ClockOff > ProviderHealth.ClockAlarm && clockWas <= ProviderHealth.ClockAlarm)
        {
            log.LogError("The clock of {Provider} is {Seconds} s away from ours.",
                row.Provider, row.ClockOffsetMs / 1000);
        }

        if (row.ClockStopsSends != clockWas > ProviderHealth.ClockStop)
        {
            commit.Audit(
                $"provider {row.Provider}", new { clockStops = row.ClockStopsSends, row.ClockOffsetMs });
        }
    }
}
