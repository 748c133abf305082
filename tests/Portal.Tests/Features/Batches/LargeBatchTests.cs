using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using static MerchantPortal.Portal.Tests.Features.Batches.TransferBench;

namespace MerchantPortal.Portal.Tests.Features.Batches;

/// <summary>
/// The largest file, from reading to approval. A usual run takes fewer rows; PORTAL_BATCH_ROWS=2000 takes the most that
/// a file may hold. The work of each step is told, and judged by how many statements it takes.
/// </summary>
public sealed class LargeBatchTests(ITestOutputHelper told)
{
    private const int PerPayee = 20;

    private static int Rows => int.TryParse(
        Environment.GetEnvironmentVariable("PORTAL_BATCH_ROWS"), CultureInfo.InvariantCulture, out var rows)
        ? rows : 200;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_file_of_many_rows_is_judged_asked_for_and_approved_as_a_whole(DatabaseKind kind)
    {
        var statements = new StatementCount();
        await using var world = await World.StartAsync(
            kind, clock => new ScriptedProvider(clock),
            services => services.AddSingleton<IInterceptor>(statements));
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync();
        await world.SetLimitAsync(account, LimitScope.Account, 1_000_000_00);
        await world.SetLimitAsync(account, LimitScope.Requester, 1_000_000_00);
        var text = new StringBuilder(Header);
        foreach (var i in Enumerable.Range(0, Rows))
        {
            text.Append(Row($"B{i / PerPayee}", $"{(i % PerPayee) + 1}.00", reference: $"C-{i}")).Append('\n');
        }

        var file = TransferBench.Read(Encoding.UTF8.GetBytes(text.ToString()));
        var draft = await TellAsync(statements, "look and judge", 60, () => world.DraftAsync(clerk, account, file));
        draft.Rows.Good.Count.ShouldBe(Rows);
        var asked = (await TellAsync(statements, "ask", 3, () => world.AskAsync(clerk, draft.ToForm())))
            .ShouldBeOfType<BatchAsked.Asked>();
        var sheet = await TellAsync(statements, "read the page", 1, () => world.SheetAsync(reviewer, asked.Number));
        sheet.Counts[BatchGroup.Waiting].ShouldBe(Rows);
        (await TellAsync(statements, "approve", 3, () => world.DecideBatchAsync(reviewer, asked.Number)))
            .ShouldBe(new BatchDecided.Done(Rows));

        var states = await world.ReadAsync(db => db.Set<Operation>().GroupBy(row => row.State)
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync());
        states.ShouldHaveSingleItem().ShouldBe(new { Key = OperationState.Ready, Count = Rows });
    }

    /// <summary>Runs a step whose statements may grow with the rows, and no faster.</summary>
    private async Task<T> TellAsync<T>(StatementCount statements, string step, int mostPerRow, Func<Task<T>> act)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), statements.Count);
        var result = await act();
        var (time, count) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, statements.Count - before);
        told.WriteLine($"{step}: {time:F0} ms and {count} statements for {Rows} rows");
        count.ShouldBeLessThan((Rows * mostPerRow) + 100, step);
        return result;
    }

    private sealed class StatementCount : DbCommandInterceptor
    {
        private int count;

        public int Count => count;

        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            Interlocked.Increment(ref count);
            return result;
        }
    }
}
