using System.Net.Http.Json;
using System.Text.Json;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>
/// Transfers against the Sandbox over real HTTP. The clock stands still but for the waits between questions, so that
/// no slow machine can make anything too late.
/// </summary>
public sealed class TransferJourneyTests : IAsyncLifetime
{
    private const string Agent = "Bwdemo0agent0000000000000000000003";
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly FakeClock clock = new();
    private RunningPortal portal = null!;
    private PortalOptions options = null!;
    private AsyncServiceScope scope;
    private HttpClient sandbox = null!;

    public async Task InitializeAsync()
    {
        options = (await Databases.CreateEmptyAsync(DatabaseKind.Sqlite)) with
        {
            Urls = "http://localhost:0",
        };
        portal = await PortalStart.StartAsync(options, TextWriter.Null, clock);
        scope = portal.App.Services.CreateAsyncScope();
        sandbox = new() { BaseAddress = portal.World!.SandboxAddress };
    }

    public async Task DisposeAsync()
    {
        sandbox.Dispose();
        await scope.DisposeAsync();
        await portal.DisposeAsync();
        await Databases.DropAsync(options);
    }

    [Fact]
    public async Task What_never_arrived_goes_once_more_under_its_number_and_the_ledger_holds_it_once()
    {
        var asked = await AskedAsync("12.40");
        (await sandbox.PostAsJsonAsync("/control/faults", new
        {
            provider = "bgcpay",
            @interface = "transfer",
            kind = "dropped",
            orderNo = asked.Number,
        })).EnsureSuccessStatusCode();
        await ApproveAsync(asked);
        var sent = asked.Id;

        await UntilAsync(sent, row => row.State == OperationState.Unknown);
        var ended = await UntilAsync(sent, row => row.State == OperationState.Succeeded);

        ended.Attempts.ShouldBe(2);
        ended.ProviderNumber.ShouldNotBeEmpty();
        var row = (await LedgerAsync(ended.Number)).ShouldHaveSingleItem();
        row.GetProperty("payeeDid").GetString().ShouldBe(Agent);
        row.GetProperty("amount").GetInt64().ShouldBe(1240);
        await using var db = await Db();
        (await db.Set<Evidence>().CountAsync(e => e.OperationId == sent && e.NothingDone))
            .ShouldBeGreaterThanOrEqualTo(OperationTimes.LeastShown);
    }

    private async Task<Operation> AskedAsync(string amount)
    {
        var clerk = await Rehearsed.SessionAsync(Get<IDbContextFactory<PortalDb>>(), "chen.wei");
        await using var db = await Db();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.Provider == "bgcpay");
        var known = (await Get<PayeeCommands>().CheckAsync(clerk, account.Id, "alan@agent.example"))
            .ShouldBeOfType<PayeeChecked.Known>();
        var asked = (await Get<TransferCommands>().RequestAsync(clerk, Payouts.Form(known, amount, "USDT")))
            .ShouldBeOfType<TransferRequested.Asked>();
        return await db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == asked.Id);
    }

    private async Task ApproveAsync(Operation operation)
    {
        var reviewer = await Rehearsed.SessionAsync(Get<IDbContextFactory<PortalDb>>(), "li.jing");
        await World.ProvenAsync(portal.App.Services, reviewer, operation.Id, operation.TermsHash);
        (await Get<ApprovalCommands>().DecideAsync(reviewer, new(
            operation.Id, operation.Version, operation.TermsHash, Decision.Approved, "")))
            .ShouldBeOfType<Decided.Done>();
    }

    /// <summary>
    /// Waits until it is so, and lets time pass whenever the next question is all that is waited for.
    /// </summary>
    private async Task<Operation> UntilAsync(Guid id, Func<Operation, bool> isSo)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            await using var db = await Db();
            var row = await db.Set<Operation>().AsNoTracking().SingleAsync(operation => operation.Id == id);
            if (isSo(row))
            {
                return row;
            }

            var answered = await db.Set<Evidence>().CountAsync(
                e => e.OperationId == id && e.Kind == EvidenceKind.Query);
            if (row is { State: OperationState.Unknown, NextQuestionAt: { } next } && answered == row.Questions
                && next > clock.GetUtcNow())
            {
                clock.Advance(next - clock.GetUtcNow());
            }

            deadline.IsCancellationRequested.ShouldBeFalse($"{row.Number} is {row.State} {row.RawState} {row.Problem}");
            await Task.Delay(20);
        }
    }

    private async Task<IReadOnlyList<JsonElement>> LedgerAsync(string number)
    {
        var ledger = await sandbox.GetFromJsonAsync<JsonElement>("/control/bgcpay/ledger");
        return [.. ledger.GetProperty("transfers").EnumerateArray()
            .Where(row => row.GetProperty("outBizNo").GetString() == number)];
    }

    private Task<PortalDb> Db() => Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();

    private T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();
}
