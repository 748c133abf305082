using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>
/// The whole portal against the Sandbox over real HTTP, in a fast clock, without a browser: every outcome that an
/// amount can order, and what the Sandbox's own ledger says afterwards.
/// </summary>
public sealed class SandboxJourneyTests
{
    private const int Scale = 10;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_outcome_ends_true_and_the_ledger_holds_each_refund_at_most_once(DatabaseKind kind)
    {
        var options = (await Databases.CreateEmptyAsync(kind)) with
        {
            Urls = "http://localhost:0",
            ClockScale = Scale,
            ReviewStepSeconds = 3,
        };
        try
        {
            await using var portal = await PortalStart.StartAsync(options, TextWriter.Null);
            var journey = await Journey.StartAsync(portal);
            (long Minor, OperationState End, int InLedger, bool Moved)[] cases =
            [
                (1230, OperationState.Succeeded, 1, true),
                (1271, OperationState.Succeeded, 1, true),
                (1273, OperationState.Succeeded, 1, true),
                (1279, OperationState.Succeeded, 1, true),
                (1275, OperationState.Failed, 1, false),
                (1276, OperationState.Failed, 1, false),
                (1277, OperationState.NeedsPerson, 1, false),
                (1272, OperationState.Unknown, 0, false),
                (1274, OperationState.Unknown, 0, false),
            ];

            var ids = new List<Guid>();
            foreach (var (minor, _, _, _) in cases)
            {
                ids.Add(await journey.ApprovedRefundAsync(minor));
            }

            for (var i = 0; i < cases.Length; i++)
            {
                var operation = await journey.UntilAsync(
                    ids[i], cases[i].End, atLeastQuestions: cases[i].InLedger == 0 ? 3 : 0);
                var ledger = await journey.LedgerAsync(operation.Number);
                var what = $"amount {cases[i].Minor}";
                ledger.Count.ShouldBe(cases[i].InLedger, what);
                ledger.Count(row => row.GetProperty("moneyMoved").GetBoolean()).ShouldBe(cases[i].Moved ? 1 : 0, what);
                (await journey.BodiesAsync(operation)).ShouldBe(1, what);
                await journey.BalanceFitsAsync(operation);
            }
        }
        finally
        {
            await Databases.DropAsync(options);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_statement_of_three_pages_arrives_whole_and_once(DatabaseKind kind)
    {
        var options = (await Databases.CreateEmptyAsync(kind)) with { Urls = "http://localhost:0" };
        try
        {
            await using var portal = await PortalStart.StartAsync(options, TextWriter.Null);
            var journey = await Journey.StartAsync(portal);
            await journey.PlaceAsync(1100);
            var account = await journey.AccountAsync();
            var reader = portal.App.Services.GetRequiredService<StatementReader>();

            var first = await reader.ReadAsync(account, default);
            var again = await reader.ReadAsync(account, default);

            first.Problem.ShouldBe(Payments.Providers.ProviderError.None);
            first.Pages.ShouldBeGreaterThanOrEqualTo(3);
            (again.Added, again.Changed, again.Differs).ShouldBe((0, 0, 0));
            (await journey.CountAsync("BULK-")).ShouldBe(1100);
        }
        finally
        {
            await Databases.DropAsync(options);
        }
    }

    /// <summary>A clerk and a reviewer at work in a running portal.</summary>
    private sealed class Journey(RunningPortal portal, AsyncServiceScope scope, Actor clerk, Actor reviewer)
    {
        private readonly HttpClient sandbox = new() { BaseAddress = portal.World!.SandboxAddress };
        private int next;

        public static async Task<Journey> StartAsync(RunningPortal portal)
        {
            var scope = portal.App.Services.CreateAsyncScope();
            var factory = scope.ServiceProvider.GetRequiredService<IDbContextFactory<PortalDb>>();
            return new(portal, scope, await Rehearsed.SessionAsync(factory, "chen.wei"),
                await Rehearsed.SessionAsync(factory, "li.jing"));
        }

        public async Task<Guid> ApprovedRefundAsync(long minor)
        {
            await using var db = await Db();
            var order = await db.Set<Order>().AsNoTracking()
                .Where(row => row.Currency == "CNY" && row.State == OrderState.Paid)
                .Where(row => !db.Set<Operation>().Any(operation => operation.OrderId == row.Id))
                .OrderBy(row => row.OrderedAt).Skip(next++).FirstAsync();
            var asked = await Get<RefundCommands>().RequestAsync(clerk, new RefundForm
            {
                CommandId = Guid.CreateVersion7(),
                OrderId = order.Id,
                AmountText = new Money(minor, order.Amount.Currency).ToDecimalText(),
                SeenRefundable = order.AmountMinor,
                Reason = "Returned",
            });
            var id = asked.ShouldBeOfType<RefundRequested.Asked>().Id;
            var operation = await db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == id);
            await World.ProvenAsync(portal.App.Services, reviewer, id, operation.TermsHash);
            (await Get<ApprovalCommands>().DecideAsync(reviewer, new(
                id, operation.Version, operation.TermsHash, Decision.Approved, ""))).ShouldBeOfType<Decided.Done>();
            next--;
            return id;
        }

        /// <summary>Waits for the state; the deadline is real time and far beyond what the fast clock needs.</summary>
        public async Task<Operation> UntilAsync(Guid id, OperationState state, int atLeastQuestions)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                await using var db = await Db();
                var row = await db.Set<Operation>().AsNoTracking().SingleAsync(operation => operation.Id == id);
                if (row.State == state && row.Questions >= atLeastQuestions)
                {
                    return row;
                }

                deadline.IsCancellationRequested.ShouldBeFalse(
                    $"{row.Number} {row.Amount} is {row.State} {row.RawState} {row.Problem}");
                await Task.Delay(50);
            }
        }

        public async Task<IReadOnlyList<JsonElement>> LedgerAsync(string number)
        {
            var account = await AccountAsync();
            var ledger = JsonSerializer.Deserialize<JsonElement>(
                await sandbox.GetStringAsync($"/control/allinpay/ledger?merchantId={account.MerchantId}"));
            return [.. ledger.GetProperty("refunds").EnumerateArray()
                .Where(row => row.GetProperty("mchtRefundOrderNo").GetString() == number)];
        }

        /// <summary>
        /// How often bytes of it may have left; a slow machine may make a claim too old to be sent at all.
        /// </summary>
        public async Task<int> BodiesAsync(Operation operation)
        {
            await using var db = await Db();
            return await db.Set<Evidence>()
                .CountAsync(row => row.OperationId == operation.Id && row.BodyStarted == true);
        }

        public async Task BalanceFitsAsync(Operation operation)
        {
            await using var db = await Db();
            var balance = await db.Set<OrderBalance>().AsNoTracking()
                .SingleAsync(row => row.OrderId == operation.OrderId);
            balance.Refunded.ShouldBe(operation.State == OperationState.Succeeded ? operation.AmountMinor : 0);
            balance.Reserved.ShouldBe(operation.State.KeepsReservation() ? operation.AmountMinor : 0);
        }

        public async Task PlaceAsync(int count)
        {
            var account = await AccountAsync();
            var now = portal.App.Services.GetRequiredService<TimeProvider>()
                .GetUtcNow().ToOffset(TimeSpan.FromHours(8));
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                sandbox, "/control/allinpay/orders", Enumerable.Range(0, count).Select(i => new
                {
                    merchantId = account.MerchantId,
                    orderNo = $"BULK-{i:D5}",
                    orderDatetime = now.ToString("yyyyMMdd", null) + "000000",
                    orderAmount = 100 + i,
                    currency = "156",
                    signType = "1",
                    state = "paid",
                    payDatetime = now.ToString("yyyyMMdd", null) + "000001",
                }));
            answer.EnsureSuccessStatusCode();
        }

        public async Task<int> CountAsync(string prefix)
        {
            await using var db = await Db();
            return await db.Set<Order>().CountAsync(row => row.MerchantNumber.StartsWith(prefix));
        }

        public async Task<Portal.Features.Accounts.Account> AccountAsync()
        {
            await using var db = await Db();
            return await db.Set<Portal.Features.Accounts.Account>().AsNoTracking()
                .SingleAsync(row => row.Provider == "allinpay" && row.Currencies == "CNY");
        }

        private Task<PortalDb> Db() => Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

        private T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
    }
}
