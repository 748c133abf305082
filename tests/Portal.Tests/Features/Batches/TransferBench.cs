using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Batches;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Features.Batches;

/// <summary>Reads, looks up and asks for batches of transfers as the page does.</summary>
internal static class TransferBench
{
    public const string Header = "payee,name,amount,currency,title,reason,remark,reference,comment\n";

    public static BatchFile File(params string[] rows) =>
        Read(Encoding.UTF8.GetBytes(Header + string.Join('\n', rows)));

    public static BatchFile Read(byte[] bytes) => BatchFile.Read(OperationKind.Transfer, bytes);

    /// <summary>A row whose payee the scripted provider shows as "T**t".</summary>
    public static string Row(string payee, string amount = "10.00", string name = "Test", string reference = "") =>
        $"{payee},{name},{amount},CNY,November commission,Commission,PO 2207,{reference},";

    /// <summary>The file with every row meant, whatever it may repeat.</summary>
    public static BatchFile Meant(this BatchFile file) =>
        file with { Lines = [.. file.Lines.Select(line => line with { MeansAnother = true })] };

    /// <summary>The draft as the page shows it: judged, its payees looked at, judged again.</summary>
    public static async Task<BatchDraftState> DraftAsync(
        this IServiceProvider services, Actor actor, Account account, BatchFile file, BatchDraftState? draft = null)
    {
        var (reading, looks) = (
            services.GetRequiredService<BatchReading>(), services.GetRequiredService<PayeeLooks>());
        draft ??= new(OperationKind.Transfer, BatchSource.File, "transfers.csv", file.Sha256)
        {
            Lines = file.Lines, AccountId = account.Id,
        };
        await draft.CheckAsync(reading, actor);
        draft.Tell(await looks.LookAsync(actor, account.Id, draft.ToLookAt, _ => Task.CompletedTask));
        await draft.CheckAsync(reading, actor);
        return draft;
    }

    public static Task<BatchDraftState> DraftAsync(this World world, Actor actor, Account account, BatchFile file) =>
        world.Services.DraftAsync(actor, account, file);

    public static async Task<BatchAsked> AskTransfersAsync(
        this World world, Actor actor, Account account, BatchFile file) =>
        await world.AskAsync(actor, (await world.DraftAsync(actor, account, file)).ToForm());

    /// <summary>Line and reason of every row that is left out.</summary>
    public static IEnumerable<(int Line, RowVerdict Verdict, string? Reason, string? Value)> LeftOut(
        this CheckedRows rows) =>
        rows.Others.Select(row => (row.Line.Line, row.Verdict, row.Problem?.Reason, row.Problem?.Value));
}
