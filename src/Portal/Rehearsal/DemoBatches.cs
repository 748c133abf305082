using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Transfers;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// Two files: refunds that wait for their reviewer, and transfers of which one goes out, one fails, one is rejected and
/// one was not asked for.
/// </summary>
internal static class DemoBatches
{
    private const string Closed = "Bwdemo0closed000000000000000000004";

    /// <summary>Looks at the payees and asks for the transfers as the page does, from the account at BGCPay.</summary>
    /// <param name="services">The scope of the demo world.</param>
    /// <param name="sandbox">The provider's side, which the payees of single transfers know already.</param>
    /// <param name="clerk">Who asks.</param>
    /// <returns>The batch's number.</returns>
    public static async Task<string> AskTransfersAsync(IServiceProvider services, SandboxControl sandbox, Actor clerk)
    {
        await sandbox.SendAsync(
            HttpMethod.Put, $"/control/bgcpay/users/{Closed}",
            new { name = "Old Harbour Ltd", email = "desk@oldharbour.example", isCompany = true, isFrozen = true });
        var account = (await services.GetRequiredService<TransferQueries>().AccountsAsync(clerk))[0].Id;
        var file = BatchFile.Read(OperationKind.Transfer, Encoding.UTF8.GetBytes($"""
            payee,name,amount,currency,title,reason,remark,reference
            {DemoTransfers.Supplier},pay@timber.example,240.00,USDT,Invoice 2026-1112,Supplier,,2026-1112
            {DemoTransfers.Agent},alan@agent.example,75.50,USDT,November commission 十一月佣金,佣金,,C-1107
            {Closed},desk@oldharbour.example,60.00,USDT,Berth fee 泊位费,Supplier,,2026-1115
            {DemoTransfers.Agent},bob@agent.example,18.00,USDT,Travel 差旅,Reimbursement,,R-204

            """));
        var draft = new BatchDraftState(OperationKind.Transfer, BatchSource.File, "payouts-week-47.csv", file.Sha256)
        {
            Lines = file.Lines, AccountId = account,
        };
        var reading = services.GetRequiredService<BatchReading>();
        await draft.CheckAsync(reading, clerk);
        await services.GetRequiredService<PayeeLooks>()
            .LookAsync(clerk, account, draft.ToLookAt, _ => Task.CompletedTask);
        await draft.CheckAsync(reading, clerk);
        return await services.GetRequiredService<BatchCommands>().AskAsync(clerk, draft.ToForm())
            is BatchAsked.Asked asked
            ? asked.Number
            : throw new InvalidOperationException("The demo's transfers were not asked for.");
    }

    /// <summary>Rejects one row; what is left can be approved as it is told here.</summary>
    public static async Task<StepUpSubject> RejectOneAsync(IServiceProvider services, Actor reviewer, string number)
    {
        var (seen, waiting) = await SeenAsync(services, number);
        await services.GetRequiredService<BatchDecisions>().DecideAsync(reviewer, new(
            seen.Id, seen.TermsHash, Decision.Rejected, "Paid in October already. 十月已付。")
        {
            Only = [waiting.Single(row => row.AmountMinor == 75_50).Id],
        });
        return (await SeenAsync(services, number)).Seen;
    }

    /// <summary>Approves what waits, after the proof for exactly this.</summary>
    public static async Task ApproveAsync(IServiceProvider services, Actor reviewer, StepUpSubject seen)
    {
        var decided = await services.GetRequiredService<BatchDecisions>().DecideAsync(
            reviewer, new(seen.Id, seen.TermsHash, Decision.Approved, ""));
        if (decided is not BatchDecided.Done)
        {
            throw new InvalidOperationException($"The demo's batch was not approved: {decided}.");
        }
    }

    // What the page would show and send; the page's own reading does far more, which a start need not wait for.
    private static async Task<(StepUpSubject Seen, List<Operation> Waiting)> SeenAsync(
        IServiceProvider services, string number)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var batch = await db.Set<OperationBatch>().AsNoTracking().SingleAsync(row => row.Number == number);
        var waiting = await BatchDecisions.WaitingAsync(db, batch.Id);
        return (new(batch.Id, BatchDecisions.Hash(batch.TermsHash, waiting)), waiting);
    }

    /// <summary>Reads the refunds and asks for them as the page does.</summary>
    /// <param name="services">The scope of the demo world.</param>
    /// <param name="clerk">Who asks.</param>
    /// <param name="orders">Paid orders without refunds; three are taken.</param>
    public static async Task AskAsync(IServiceProvider services, Actor clerk, IReadOnlyList<DemoOrder> orders)
    {
        var file = BatchFile.Read(OperationKind.Refund, Encoding.UTF8.GetBytes($"""
            order,amount,reason,comment
            {orders[0].MerchantNumber},12.80,Damaged,"外包装破损 Outer box damaged"
            {orders[1].MerchantNumber},8.60,运费重复,
            {orders[1].MerchantNumber},8.60,WrongAmount,运费重复
            {orders[2].MerchantNumber},20.00,Goodwill,

            """));
        var checkedRows = (await services.GetRequiredService<BatchReading>().CheckAsync(
            clerk, OperationKind.Refund, file.Lines, file.Sha256)).Rows;
        await services.GetRequiredService<BatchCommands>().AskAsync(clerk, new BatchForm
        {
            CommandId = Guid.CreateVersion7(),
            Kind = OperationKind.Refund,
            Source = BatchSource.File,
            Name = "returns-week-47.csv",
            SourceSha256 = file.Sha256,
            Lines = file.Lines,
            Seen = checkedRows.Seen,
        });
    }
}
