using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Pages;

/// <summary>Inbox and sheet for what is no refund.</summary>
public sealed class DecisionKindTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task The_inbox_holds_every_kind_and_narrows_to_one(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        foreach (var one in Enum.GetValues<OperationKind>())
        {
            await AskedAsync(world, clerk, one);
        }

        var queries = world.Get<ApprovalQueries>();
        var all = await queries.InboxAsync(reviewer, ApprovalTab.You);
        all.Items.Select(item => item.Line.Operation.Kind).ShouldBe(
            Enum.GetValues<OperationKind>(), ignoreOrder: true);
        var transfers = await queries.InboxAsync(reviewer, ApprovalTab.You, OperationKind.Transfer);
        transfers.Items.Single().Line.Operation.Kind.ShouldBe(OperationKind.Transfer);
        transfers.Counts[ApprovalTab.All].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task A_sheet_shows_what_belongs_to_the_kind(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var sheets = world.Get<DecisionSheets>();

        var held = await AskedAsync(world, clerk, OperationKind.Capture);
        var capture = (await sheets.FindAsync(reviewer, held.Number))!;
        (capture.Order!.Amount.Minor, capture.IsWhole, capture.CanDecide).ShouldBe((10_000, false, true));
        var first = await AskedAsync(world, clerk, OperationKind.Transfer);
        var again = await AskedAsync(world, clerk, OperationKind.Transfer);
        var transfer = (await sheets.FindAsync(reviewer, again.Number))!;
        transfer.Order.ShouldBeNull();
        transfer.Beside.Single().Number.ShouldBe(first.Number);
        transfer.Twins.Single().Number.ShouldBe(first.Number);
        transfer.OfPayer!.Sums.Single().Minor.ShouldBe(1_230);
        OperationDetails.Read<TransferDetails>(transfer.Operation.Details).Title.ShouldBe("Invoice 7");
        var card = await AskedAsync(world, clerk, OperationKind.Unbind);
        var unbind = (await sheets.FindAsync(reviewer, card.Number))!;
        (unbind.Order, unbind.Operation.Amount.Minor).ShouldBe((null, 0));
        (await world.DecideAsync(reviewer, await world.OperationAsync(unbind.Operation.Id)))
            .ShouldBeOfType<Decided.Done>();
    }

    private static async Task<Operation> AskedAsync(World world, Actor clerk, OperationKind kind)
    {
        var account = await world.TheAccountAsync();
        var order = kind is OperationKind.Transfer or OperationKind.Unbind ? null : await world.PaidOrderAsync(account);
        return await SubmitAsync(world, clerk, new OperationWish
        {
            CommandId = Guid.CreateVersion7(),
            Kind = kind,
            Account = account,
            Order = order,
            Amount = new Money(kind == OperationKind.Unbind ? 0 : 1_230, account.CurrencyList[0]),
            Payee = "M**a T.",
            Target = order is null ? "Bw-payee-1" : "",
            Details = kind switch
            {
                OperationKind.Transfer => OperationDetails.Write(new TransferDetails("Invoice 7", "")),
                OperationKind.Unbind => OperationDetails.Write(new UnbindDetails("U1", "ICBC", "4242")),
                OperationKind.Refund => "",
                _ => OperationDetails.Write(new HoldDetails("U1")),
            },
            Reason = "Returned",
        });
    }

    private static async Task<Operation> SubmitAsync(World world, Actor clerk, OperationWish wish)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        var made = await db.CommitAsync(clerk, "test.submit", commit =>
            world.Get<OperationSubmission>().SubmitAsync(commit, wish));
        return await world.OperationAsync(made.Id);
    }
}
