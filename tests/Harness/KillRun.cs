using System.Diagnostics;
using System.Globalization;
using MerchantPortal.Harness.Kinds;
using MerchantPortal.Portal;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Npgsql;

namespace MerchantPortal.Harness;

/// <summary>One run: a world of its own, kills, a time to settle, the comparison.</summary>
internal sealed class KillRun(HarnessOptions options, TextWriter output)
{
    // Two of three questions get no plain answer; after this many an operation has mostly learnt how it ended.
    private const int Questions = 4;

    /// <summary>Product time without any progress after which whatever still waits to be sent counts as lost.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromHours(4);

    /// <summary>Nothing settles while the clocks are apart; by then whoever ignores it has sent.</summary>
    private static readonly TimeSpan ClockOffTime = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SandboxAhead = TimeSpan.FromMinutes(20);

    private readonly string folder = Directory.CreateTempSubdirectory("portal-kill-").FullName;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Runs it and prints what came of it, the one line last.</summary>
    /// <returns>What was found, and whether the run counts.</returns>
    public async Task<(Verdict Verdict, bool Counts)> RunAsync()
    {
        var mark = DataFolder.Open(folder, PortalMode.Rehearse, TimeProvider.System.GetUtcNow());
        var portal = new PortalOptions
        {
            Data = folder, Database = options.Database, ClockScale = options.ClockScale,
            Connection = options.Database == DatabaseKind.Postgres ? await CreateDatabaseAsync() : "",
        };
        RootKey.Create(portal.RootKeyPath);
        await using var sandbox = StartSandbox(mark);
        var address = new Uri(await sandbox.UntilAsync("address: "));
        await sandbox.UntilAsync("ready");
        await using var bench = await Bench.OpenAsync(portal, mark, address);
        var feeds = Feeds.All(options.Seed);
        foreach (var feed in feeds)
        {
            await feed.OpenAsync(bench);
        }

        var workers = new Workers(options, portal, address);
        var wave = (options.Operations + options.Kills - 1) / options.Kills;
        using var feeding = new Feeding(bench, feeds, options.Operations, wave);
        var killing = new Killing(
            workers, feeding, options.IsHard ? new Hardships(bench) : null, options, bench.Time);
        var killed = TimeSpan.Zero;
        using var stop = new CancellationTokenSource();
        var early = options.Bug.Length > 0 ? WatchAsync(bench, feeds, stop) : Task.FromResult<Verdict?>(null);
        try
        {
            await KillAsync(feeding, killing, stop.Token);
            killed = watch.Elapsed;
            await SettleAsync(bench, workers, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was caught: there is no more to learn.
        }

        await stop.CancelAsync();
        var rows = await PortalRow.ReadAsync(portal);
        var verdict = await early ?? await LookAsync(bench, feeds);
        await TellAsync(rows, verdict, workers, killing, killed);
        var counts = await CountsAsync(portal, verdict, killing, rows.Count);
        if (options is { IsHard: true, IsClockOff: false } && verdict.IsClean && counts && await CutUnseenAsync(portal))
        {
            verdict = verdict with { Wrong = verdict.Wrong + 1 };
        }

        await output.WriteLineAsync(
            $"kills={killing.Kills} operations={rows.Count} sent={verdict.Sent} duplicated={verdict.Duplicated} "
            + $"lost={verdict.Lost} wrong={verdict.Wrong} needs-person={verdict.NeedsPerson}");
        if (!options.Keep && counts && (verdict.IsClean || options.Bug.Length > 0))
        {
            await sandbox.DisposeAsync();
            await bench.DisposeAsync();
            await RemoveAsync(portal);
        }

        return (verdict, counts);
    }

    private static async Task KillAsync(Feeding feeding, Killing killing, CancellationToken cancel)
    {
        var fed = feeding.RunAsync(cancel);
        var killed = killing.RunAsync(cancel);
        try
        {
            await await Task.WhenAny(fed, killed);
            await killed;
            feeding.LetAllIn();
            await fed;
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(fed, killed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Looks again and again while a bug is at work, and ends the run as soon as it shows.</summary>
    private static async Task<Verdict?> WatchAsync(
        Bench bench, IReadOnlyList<Feed> feeds, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // What is still under way counts as lost at the end only.
            if (!stop.IsCancellationRequested && await LookAsync(bench, feeds) is var found
                && found.Duplicated + found.Wrong > 0)
            {
                await stop.CancelAsync();
                return found with { Lost = 0, Faults = [.. found.Faults.Where(fault => fault[0] != 'l')] };
            }
        }

        return null;
    }

    private static async Task<Verdict> LookAsync(Bench bench, IReadOnlyList<Feed> feeds)
    {
        var rows = await PortalRow.ReadAsync(bench.Options);
        var ledger = new List<LedgerEntry>();
        foreach (var feed in feeds)
        {
            ledger.AddRange(await feed.ReadLedgerAsync(bench.Ledger));
        }

        return Checker.Compare(
            rows,
            ledger,
            [.. await Rules.BrokenAsync(bench.Options), .. await Hardships.FollowedAsync(bench.Ledger)],
            row =>
            {
                var feed = feeds.Single(one => one.Owns(row));
                return (feed.Name, feed.KeyOf(row));
            });
    }

    /// <summary>Somebody cuts the end of the audit off: the anchor has to tell.</summary>
    private async Task<bool> CutUnseenAsync(PortalOptions portal)
    {
        await PortalBooks.CutAuditAsync(portal, rows: 3);
        var isUnseen = await VerifyAsync(portal);
        await output.WriteLineAsync(isUnseen
            ? "wrong: the end of the audit was cut off, and the anchor does not tell"
            : "the cut tail was seen");
        return isUnseen;
    }

    /// <summary>Two workers that live, until nothing waits to be sent and what is open was asked about often.</summary>
    private async Task SettleAsync(Bench bench, Workers workers, CancellationToken cancel)
    {
        await using var first = workers.Start();
        await using var second = workers.Start();
        await first.UntilAsync("ready");
        await second.UntilAsync("ready");
        var open = long.MaxValue;
        var patience = options.IsClockOff ? ClockOffTime : SettleTime;
        var deadline = bench.Time.GetUtcNow() + patience;
        while (open > 0 && bench.Time.GetUtcNow() < deadline)
        {
            var now = await PortalRow.CountOpenAsync(bench.Options, Questions);
            deadline = now < open ? bench.Time.GetUtcNow() + patience : deadline;
            open = now;
            await Task.Delay(TimeSpan.FromMinutes(2), bench.Time, cancel);
        }

        foreach (var worker in new[] { first, second })
        {
            var code = await worker.StopAsync();
            workers.Note(worker);
            if (code != 0)
            {
                throw new InvalidOperationException($"A worker ended with {code} when it was asked to stop.");
            }
        }
    }

    /// <summary>A run proves something only when its kills hit work, and when its audit is whole.</summary>
    private async Task<bool> CountsAsync(PortalOptions portal, Verdict verdict, Killing killing, int operations)
    {
        if (operations < options.Operations || verdict.BrokenOff < killing.Kills / 20)
        {
            await output.WriteLineAsync(
                $"not counted: {operations} operations, {verdict.BrokenOff} of {killing.Kills} kills cut off a send");
            return false;
        }

        return await VerifyAsync(portal);
    }

    /// <summary>Whether the command finds chain and anchor whole.</summary>
    private async Task<bool> VerifyAsync(PortalOptions portal)
    {
        await using var verify = Child.Start(
            Path.Combine(options.Programs, "MerchantPortal.Portal"),
            ["audit", "verify", "--data", portal.Data, .. portal.Database == DatabaseKind.Postgres
                ? new[] { "--database", "postgres", "--connection", portal.Connection } : []]);
        var report = await verify.UntilAsync("{");
        await output.WriteLineAsync($"audit: {{{report}");
        return report.Contains("\"ok\":true", StringComparison.Ordinal);
    }

    private async Task TellAsync(
        IReadOnlyList<PortalRow> rows, Verdict verdict, Workers workers, Killing killing, TimeSpan killed)
    {
        foreach (var fault in verdict.Faults.Take(20))
        {
            await output.WriteLineAsync(fault);
        }

        foreach (var complaint in workers.Complaints.Take(10))
        {
            await output.WriteLineAsync($"workers said {complaint}");
        }

        foreach (var kind in rows.GroupBy(row => $"{row.Provider} {row.Kind}").OrderBy(same => same.Key))
        {
            var states = kind.GroupBy(row => row.State).OrderBy(same => same.Key)
                .Select(same => $"{same.Key}={same.Count()}");
            await output.WriteLineAsync($"{kind.Key}: {string.Join(' ', states)}");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Database}, seed {options.Seed}, clock x{options.ClockScale}: "
            + $"{killed.TotalSeconds:0} s of kills, {watch.Elapsed.TotalSeconds:0} s in all; "
            + $"{killing.WhileStarting} more kills hit a start; "
            + $"{verdict.BrokenOff} sends were cut off; the run lies in {folder}"));
    }

    private Child StartSandbox(DataFolder mark)
    {
        var ledger = Path.Combine(folder, "sandbox", "ledger.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(ledger)!);
        return Child.Start(
            Path.Combine(options.Programs, "MerchantPortal.Sandbox"),
            "--urls", "http://127.0.0.1:0", "--ledger", ledger, "--hostile",
            "--seed", options.Seed.ToString(CultureInfo.InvariantCulture),
            "--clock-scale", options.ClockScale.ToString(CultureInfo.InvariantCulture),
            "--clock-epoch", Epoch(mark).ToString("O", CultureInfo.InvariantCulture));
    }

    /// <summary>The instant at which the Sandbox's clock equals real time; an earlier one puts it ahead.</summary>
    private DateTimeOffset Epoch(DataFolder mark) => options.IsClockOff
        ? mark.Content.CreatedAt - (SandboxAhead / (options.ClockScale - 1))
        : mark.Content.CreatedAt;

    private async Task RemoveAsync(PortalOptions portal)
    {
        Directory.Delete(folder, recursive: true);
        if (portal.Database == DatabaseKind.Postgres)
        {
            var name = new NpgsqlConnectionStringBuilder(portal.Connection).Database;
            await using var server = new NpgsqlConnection(options.Connection);
            await server.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP DATABASE \"{name}\" WITH (FORCE)", server);
            await drop.ExecuteNonQueryAsync();
        }
    }

    private async Task<string> CreateDatabaseAsync()
    {
        var name = $"portal_kill_{Environment.ProcessId}_{Path.GetFileName(folder)[^6..].ToLowerInvariant()}";
        await using var server = new NpgsqlConnection(options.Connection);
        await server.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", server);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(options.Connection) { Database = name, MaxPoolSize = 20 }.ToString();
    }
}
