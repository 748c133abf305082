using System.Data.Common;
using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

public sealed class InboundReplayTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Reading_again_changes_no_row_of_any_table(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var early = await KeptAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));
        await OrderAsync(world, account);
        var before = await EverythingAsync(world);

        var read = (await world.Get<InboundReplay>().ReadAgainAsync(clerk, early))!;

        read.Effect.ShouldBe(InboundEffect.Applied);
        (await EverythingAsync(world)).ShouldBe(before);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task News_that_came_before_its_order_would_be_applied_now(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var early = await KeptAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));
        var replay = world.Get<InboundReplay>();

        var without = (await replay.ReadAgainAsync(clerk, early))!;
        (without.Effect, without.Why, without.IsDifferent)
            .ShouldBe((InboundEffect.Quarantined, InboundJudgement.NoSuchOrder, false));

        await OrderAsync(world, account);
        var with = (await replay.ReadAgainAsync(clerk, early))!;

        (with.Verdict, with.KeyVersion, with.IsDifferent).ShouldBe((InboundVerdict.Genuine, 1, true));
        with.Lines.Single(line => line.Term == "state").Becomes.ShouldBe("Paid PaymentSucceeded");
        with.Lines.Single(line => line.Term == "number").Becomes.ShouldBe("SP-NO-1");
        with.Lines.ShouldAllBe(line => !line.Contradicts);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_contradicts_our_order_is_named_and_would_only_make_us_ask(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await OrderAsync(world, account);
        var wrong = await KeptAsync(world, account, SpokenNotifications.Message("NO-1 0.01 PaymentSucceeded"));

        var read = (await world.Get<InboundReplay>().ReadAgainAsync(clerk, wrong))!;

        (read.Effect, read.Asks, read.IsDifferent).ShouldBe((InboundEffect.Quarantined, true, false));
        var amount = read.Lines.Single(line => line.Term == "amount");
        (amount.Told, amount.Ours, amount.Contradicts).ShouldBe(("CNY 0.01", "CNY 123.00", true));
        read.Lines.Single(line => line.Term == "state").Becomes.ShouldBeNull();
    }

    [Fact]
    public async Task News_that_was_applied_would_be_a_repeat_of_itself()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite, new SpokenNotifications());
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        await OrderAsync(world, account);
        var applied = await KeptAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));

        var read = (await world.Get<InboundReplay>().ReadAgainAsync(clerk, applied))!;

        (read.Effect, read.FirstId, read.IsDifferent).ShouldBe((InboundEffect.Repeat, applied, false));
    }

    [Fact]
    public async Task Nobody_reads_again_without_the_right()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite, new SpokenNotifications());
        var admin = await world.PersonAsync("admin", Role.Admin);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var kept = await KeptAsync(world, account, SpokenNotifications.Message("NO-1 123.00 PaymentSucceeded"));

        (await world.Get<InboundReplay>().ReadAgainAsync(admin, kept)).ShouldBeNull();
    }

    private static async Task<Guid> KeptAsync(World world, Account account, InboundMessage message)
    {
        await world.Get<InboundCommands>().TakeAsync(account, world.Provider.Notifications!, message, "203.0.113.24");
        return await world.ReadAsync(db => db.Set<Inbound>().OrderByDescending(row => row.Id).Select(row => row.Id)
            .FirstAsync());
    }

    private static Task<Imported> OrderAsync(World world, Account account) => world.Get<OrderImport>().ImportAsync(
        Actor.Job("test"), account.Id, "orders.csv",
        "order_no,time,amount,currency,method,shop_state\nNO-1,2026-11-20 09:00:00,123.00,CNY,card,new\n"u8.ToArray());

    /// <summary>Every row of every table, as text.</summary>
    private static Task<string> EverythingAsync(World world) => world.ReadAsync(async db =>
    {
        var all = new StringBuilder();
        await db.Database.OpenConnectionAsync();
        var tables = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct();
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1";
            await using var reader = await command.ExecuteReaderAsync();
            all.AppendLine(table);
            while (await reader.ReadAsync())
            {
                all.AppendLine(Text(reader));
            }
        }

        return all.ToString();
    });

    private static string Text(DbDataReader row) => string.Join('\t', Enumerable.Range(0, row.FieldCount)
        .Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : row.GetValue(i).ToString()));
}
