using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Tests.Features.Orders;

public sealed class OrderImportTests
{
    private const string Header = "order_no,time,amount,currency,method,shop_state\n";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_line_ends_as_new_known_or_kept_aside(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        await ImportAsync(world, clerk, account.Id, "A1,2026-11-19 10:00:00,1.00,CNY,m,s\n");
        var done = (await ImportAsync(world, clerk, account.Id,
            "A1,2026-11-19 10:00:00,1.00,CNY,m,shipped\nA2,2026-11-19 10:00:00,2.00,CNY,m,s\n"
            + "A2,2026-11-19 10:00:00,2.50,CNY,m,s\nA3,never,3.00,CNY,m,s\n")).ShouldBeOfType<Imported.Done>();
        (done.Lines, done.Added, done.Known, done.Quarantined).ShouldBe((4, 1, 1, 2));

        var read = (await world.Get<ImportQueries>().ReadAsync(clerk, done.RunId))!;
        read.Lines.Select(line => (line.Number, line.Reason)).ShouldBe([(4, "KnownWithOtherAmount"), (5, "Time")]);
        read.Run.By.ShouldBe("chen");
        var first = (await world.Get<OrderQueries>().FindAsync(clerk, "A1")).Single();
        first.State.ShouldBe(OrderState.AwaitingPayment);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_file_is_not_read_twice(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        var line = "A1,2026-11-19 10:00:00,1.00,CNY,m,s\n";
        var done = (await ImportAsync(world, clerk, account.Id, line)).ShouldBeOfType<Imported.Done>();
        (await ImportAsync(world, clerk, account.Id, line))
            .ShouldBeOfType<Imported.ReadBefore>().RunId.ShouldBe(done.RunId);
        (await world.Get<ImportQueries>().ListAsync(clerk)).ShouldHaveSingleItem().Id.ShouldBe(done.RunId);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_the_right_nothing_is_imported_and_no_import_is_seen(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var (clerk, account) = (await world.PersonAsync("chen", Role.Clerk), await world.AccountAsync());
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var line = "A1,2026-11-19 10:00:00,1.00,CNY,m,s\n";
        (await ImportAsync(world, reviewer, account.Id, line)).ShouldBe(new Imported.NoRight(Permission.OrdersImport));
        (await world.Get<OrderQueries>().FindAsync(clerk, "A1")).ShouldBeEmpty();
        var done = (await ImportAsync(world, clerk, account.Id, line)).ShouldBeOfType<Imported.Done>();
        (await world.Get<ImportQueries>().ListAsync(reviewer)).ShouldBeEmpty();
        (await world.Get<ImportQueries>().ReadAsync(reviewer, done.RunId)).ShouldBeNull();
    }

    private static Task<Imported> ImportAsync(World world, Actor actor, Guid accountId, string lines) =>
        world.Get<OrderImport>().ImportAsync(actor, accountId, "orders.csv", Encoding.UTF8.GetBytes(Header + lines));
}
