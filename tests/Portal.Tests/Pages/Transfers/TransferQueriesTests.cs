using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class TransferQueriesTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_offer_tells_whom_it_is_for_what_is_left_and_who_could_approve(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var other = await world.PersonAsync("wang", Role.Clerk);
        await world.PersonAsync("li", Role.Reviewer);
        var account = await world.AccountAsync(currencies: "CNY USD");
        await world.AskedTransferAsync(clerk, account, "30.00");
        var check = await world.CheckedAsync(clerk, account);
        var queries = world.Get<TransferQueries>();

        var offer = (await queries.OfferAsync(clerk, check.Id))!;

        (offer.MaskedName, offer.PayeeId).ShouldBe(("T**t", Payouts.Payee));
        offer.Currencies.Select(one => one.Currency.Code).ShouldBe(["CNY", "USD"]);
        offer.Currencies[0].Most.Minor.ShouldBe(10_000_00 - 30_00);
        offer.Currencies[1].Most.Minor.ShouldBe(10_000_00);
        offer.Prospect().Approvers.ShouldBe(["li"]);
        (await queries.OfferAsync(other, check.Id)).ShouldBeNull();
        (await queries.OfferAsync(clerk, Guid.CreateVersion7())).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_sheet_tells_the_terms_the_exchanges_and_what_the_reader_may_do(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var operation = await world.ReadyTransferAsync();
        var nobody = await world.PersonAsync("sun");
        var reader = await world.PersonAsync("wang", Role.Clerk);
        await world.Get<OperationSender>().SendNextAsync(default);
        var queries = world.Get<TransferQueries>();

        var sheet = (await queries.FindAsync(reader, operation.Number))!;

        (sheet.Title, sheet.Remark).ShouldBe(("November commission", "PO 2207"));
        sheet.Operation.Standing.ShouldBe(OperationStanding.Succeeded);
        sheet.Decisions.ShouldHaveSingleItem().By.ShouldBe("li");
        sheet.Evidence.ShouldHaveSingleItem().Exchange!.Interface.ShouldBe("scripted transfer");
        (sheet.ResendSafe, sheet.MayAsk, sheet.MayWithdraw).ShouldBe((true, true, false));
        (await queries.FindAsync(nobody, operation.Number)).ShouldBeNull();
        (await world.Get<Portal.Features.Refunds.RefundQueries>().FindAsync(reader, operation.Number)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_list_finds_transfers_by_number_payee_and_account_and_sums_them(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var account = await world.AccountAsync();
        var elsewhere = await world.AccountAsync("100020091218002");
        var first = await world.AskedTransferAsync(clerk, account, "10.00");
        await world.AskedTransferAsync(clerk, account, "2.50", "B2");
        await world.AskedTransferAsync(clerk, elsewhere, "4.00", "B3");
        await world.AskedAsync(clerk, await world.PaidOrderAsync(account), "1.00");
        var listing = world.Get<OperationListing>();

        var all = await listing.ReadAsync(clerk, new(OperationKind.Transfer));
        (all.Counts[OperationTab.All], all.Counts[OperationTab.Waiting], all.Sums.Single().Minor)
            .ShouldBe((3, 3, 16_50));
        foreach (var text in new[] { first.Number, Payouts.Payee[..6] })
        {
            var found = await listing.ReadAsync(clerk, new(OperationKind.Transfer, Find: text));
            found.Lines.ShouldHaveSingleItem().Operation.Number.ShouldBe(first.Number, text);
        }

        var there = await listing.ReadAsync(clerk, new(OperationKind.Transfer) { Account = elsewhere.Id });
        (there.Lines.Count, there.Sums.Single().Minor).ShouldBe((1, 4_00));
        (await listing.ReadAsync(clerk, new(OperationKind.Refund))).Lines.Count.ShouldBe(1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_find_box_leads_to_the_transfers_own_page(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var operation = await world.AskedTransferAsync(clerk, await world.AccountAsync());

        var found = await world.Get<JumpQueries>().FindAsync(clerk, operation.Number, default);

        var target = found.ShouldHaveSingleItem();
        (target.Href, target.Icon).ShouldBe(($"/transfers/{operation.Number}", IconName.Send));
        target.Detail!.ShouldContain("T**t");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Limits_are_listed_for_accounts_that_the_reader_may_see(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var nobody = await world.PersonAsync("sun");
        await world.AccountAsync(currencies: "CNY USD");
        var queries = world.Get<TransferQueries>();

        var lines = await queries.LimitsAsync(clerk);

        lines.Count.ShouldBe(6);
        lines.ShouldAllBe(line => line.ChangedAt == null && line.Limit.Minor > 0 && !line.MayChange);
        var admin = await world.PersonAsync("zhao", Role.Admin);
        (await queries.LimitsAsync(admin)).ShouldAllBe(line => line.MayChange);
        (await queries.LimitsAsync(admin)).Count.ShouldBe(6);
        (await queries.LimitsAsync(nobody)).ShouldBeEmpty();
        (await queries.AccountsAsync(nobody)).ShouldBeEmpty();
        (await queries.AccountsAsync(clerk)).ShouldHaveSingleItem().Provider.Key.ShouldBe("allinpay");
    }
}
