using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features.Batches;

/// <summary>Reads, asks for and decides on batches as the pages do.</summary>
internal static class BatchBench
{
    public static BatchFile File(params string[] rows) => BatchFile.Read(
        OperationKind.Refund, Encoding.UTF8.GetBytes("order,amount,reason,comment\n" + string.Join('\n', rows)));

    public static string Row(Order order, string amount = "10.00") => $"{order.Number},{amount},Returned,came back";

    public static async Task<CheckedRows> CheckAsync(this World world, Actor actor, BatchFile file) =>
        (await world.Get<BatchReading>().CheckAsync(actor, OperationKind.Refund, file.Lines, file.Sha256)).Rows;

    /// <summary>The form as the page would send it after showing what is good now.</summary>
    public static async Task<BatchForm> FormAsync(this World world, Actor actor, BatchFile file) => new()
    {
        CommandId = Guid.CreateVersion7(),
        Kind = OperationKind.Refund,
        Source = BatchSource.File,
        Name = "refunds.csv",
        SourceSha256 = file.Sha256,
        Lines = file.Lines,
        Seen = (await world.CheckAsync(actor, file)).Seen,
    };

    public static Task<BatchAsked> AskAsync(this World world, Actor actor, BatchForm form) =>
        world.Get<BatchCommands>().AskAsync(actor, form);

    public static async Task<BatchAsked.Asked> AskedBatchAsync(this World world, Actor actor, params string[] rows) =>
        (await world.AskAsync(actor, await world.FormAsync(actor, File(rows)))).ShouldBeOfType<BatchAsked.Asked>();

    public static async Task<BatchSheet> SheetAsync(
        this World world, Actor actor, string number, BatchGroup group = BatchGroup.All, int after = 0) =>
        (await world.Get<BatchQueries>().FindAsync(actor, number, group, after)).ShouldNotBeNull();

    public static async Task<BatchDecided> DecideBatchAsync(
        this World world, Actor reviewer, string number, Decision decision = Decision.Approved)
    {
        var sheet = await world.SheetAsync(reviewer, number);
        await world.ProvenAsync(reviewer, sheet);
        return await world.Get<BatchDecisions>().DecideAsync(
            reviewer, new(sheet.Batch.Id, sheet.SeenHash, decision, "checked") { SeenTwins = sheet.Twins });
    }

    /// <summary>Notes a fresh proof for the batch as it is shown, as a code would.</summary>
    public static async Task ProvenAsync(this World world, Actor reviewer, BatchSheet sheet)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.step-up", commit =>
        {
            db.Add(new StepUp
            {
                Id = Guid.CreateVersion7(), SessionId = reviewer.SessionId!.Value, UserId = reviewer.UserId!.Value,
                PersonId = reviewer.PersonId!.Value, SubjectId = sheet.Batch.Id, TermsHash = sheet.SeenHash,
                Factor = StepUpFactor.Totp, At = commit.Now,
            });
            return Task.FromResult(true);
        });
    }

    public static Task<List<Operation>> MembersAsync(this World world, Guid batchId) => world.ReadAsync(
        db => db.Set<Operation>().AsNoTracking().Where(row => row.BatchId == batchId)
            .OrderBy(row => row.AmountMinor).ThenBy(row => row.Number).ToListAsync());
}
