using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Many transfers at once: from a file with a bad row, over the names, to results row by row.</summary>
public sealed class TransferBatchJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Supplier = "Bwdemo0supplier0000000000000000002";
    private const string Agent = "Bwdemo0agent0000000000000000000003";
    private const string Closed = "Bwdemo0closed000000000000000000004";

    private static readonly string File = $"""
        payee,name,amount,currency,title,reason,remark,reference
        {Supplier},pay@timber.example,31.25,USDT,Invoice 4711,Supplier,,4711
        {Agent},Bob Chan,9.00,USDT,Travel,Reimbursement,,
        {Agent},alan@agent.example,14.75,USDT,十一月佣金,佣金,,C-1199
        {Closed},desk@oldharbour.example,3.10,USDT,Berth,Supplier,,4712

        """;

    [Fact]
    public async Task Names_are_compared_before_rows_are_asked_for_and_each_row_tells_its_end()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/batches/new-transfers");
        await ShouldBeAccessibleAsync(clerk);
        await ChooseAsync(clerk);
        await Expect(clerk.Locator("[data-others] tbody tr")).ToHaveCountAsync(1);
        await Expect(clerk.Locator("[data-others]")).ToContainTextAsync("the provider shows al*@agent.example");
        await Expect(clerk.Locator("[data-payees] tbody tr")).ToHaveCountAsync(3);
        await Expect(clerk.Locator("[data-payees]")).ToContainTextAsync("pa*@timber.example");
        await Expect(clerk.Locator(".batch-sums")).ToContainTextAsync("49.10");
        await Expect(clerk.Locator("#batch-lack")).ToHaveTextAsync("Compare the payees’ names.");
        await Expect(clerk.Locator("#batch-ask")).ToBeDisabledAsync();
        await ShouldBeAccessibleAsync(clerk);
        await clerk.Locator("#batch-compared").CheckAsync();
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Ask for 3 transfers of USDT 49.10" }).ClickAsync();
        await Expect(clerk.Locator("h1")).ToHaveTextAsync("transfers.csv");
        await Expect(Row(clerk, 3)).ToContainTextAsync("The name does not fit");

        await ApproveBatchAsync(clerk.Url, "Approve 3 transfers of USDT 49.10", "3 transfers are approved");

        // Nobody reloads the clerk's page; it follows by itself, row by row.
        await Expect(Row(clerk, 2)).ToContainTextAsync("Transferred", new() { Timeout = Steps.UntilKnown });
        await Expect(Row(clerk, 4)).ToContainTextAsync("Transferred", new() { Timeout = Steps.UntilKnown });
        await Expect(Row(clerk, 5)).ToContainTextAsync("Failed", new() { Timeout = Steps.UntilKnown });
        await Expect(clerk.Locator(".page-head").GetByRole(
            AriaRole.Link, new() { Name = "Ask again for 1 failed row" })).ToBeVisibleAsync();
        var number = await Row(clerk, 4).Locator("td.lead a").InnerTextAsync();
        (await Portal.Ledger.TransfersAsync(number)).ShouldBe([(Agent, 1475)]);
        await Row(clerk, 4).Locator("td.lead a").ClickAsync();
        await Expect(clerk.Locator("h1")).ToContainTextAsync(number);
        await clerk.Locator("[data-batch]").ClickAsync();
        await Expect(clerk.Locator("h1")).ToHaveTextAsync("transfers.csv");
    }

    public static TheoryData<string> Looks() => new(Look.All.Select(look => look.Name));

    [Theory, MemberData(nameof(Looks))]
    public async Task The_pages_of_a_batch_of_transfers_fit_every_look(string name)
    {
        var look = Look.All.Single(one => one.Name == name);
        var clerk = await OpenAsync(Portal.The("Clerk"), "/batches", look);
        await Expect(clerk.Locator("[data-row]").First).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "batches", look);
        await clerk.Locator("[data-open]", new() { HasText = "payouts-week-47.csv" }).ClickAsync();
        await Expect(clerk.Locator("[data-rows] tbody tr")).ToHaveCountAsync(4);
        await ShouldFitAsync(clerk, "transfer-batch", look);
        await clerk.GotoAsync("/batches/new-transfers");
        await Expect(clerk.Locator("#batch-account")).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "transfer-batch-new", look);
        await ChooseAsync(clerk);
        await Expect(clerk.Locator("[data-payees] tbody tr")).ToHaveCountAsync(3);
        await ShouldFitAsync(clerk, "transfer-batch-draft", look);
    }

    private static ILocator Row(IPage page, int line) => page.Locator($"[data-line='{line}']");

    private static Task ChooseAsync(IPage page) => page.Locator("#batch-file").SetInputFilesAsync(
        new FilePayload { Name = "transfers.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File) });
}
