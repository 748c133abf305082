using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Many refunds at once: from a file with bad rows to results row by row, and from selected orders.</summary>
[Collection(RefundCollection.Name)]
public sealed class BatchJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    [Fact]
    public async Task A_file_with_two_bad_rows_is_asked_for_approved_and_its_failed_row_asked_for_again()
    {
        var (good, refused) = (await Portal.Ledger.UntouchedOrderAsync(), await Portal.Ledger.UntouchedOrderAsync());
        var clerk = await OpenAsync(Portal.The("Clerk"), "/batches/new");
        await ShouldBeAccessibleAsync(clerk);
        await ChooseAsync(clerk, $"""
            order,amount,reason,comment
            {good},11.40,Returned,来回
            NOBODY-1,5.00,Returned,
            {refused},11.75,退货,
            {refused},1E3,Returned,

            """);
        await Expect(clerk.Locator("[data-others] tbody tr")).ToHaveCountAsync(2);
        await Expect(clerk.Locator("[data-others]")).ToContainTextAsync("NOBODY-1");
        await Expect(clerk.Locator("[data-others]")).ToContainTextAsync("1E3");
        await ShouldFitAsync(clerk, "batch-draft", Look.Light);
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Ask for 2 refunds of CNY 23.15" }).ClickAsync();
        await Expect(clerk.Locator("h1")).ToHaveTextAsync("refunds.csv");
        await Expect(Rows(clerk)).ToHaveCountAsync(4);
        (await Portal.Ledger.RefundsOfAsync(good)).ShouldBeEmpty();
        await LookAtAsync(clerk.Url);

        await ApproveBatchAsync(clerk.Url, "Approve 2 refunds of CNY 23.15", "2 refunds are approved");

        // Nobody reloads the clerk's page; it follows by itself, row by row.
        await Expect(Row(clerk, 2)).ToContainTextAsync("Refunded", new() { Timeout = Steps.UntilKnown });
        await Expect(Row(clerk, 4)).ToContainTextAsync("Failed", new() { Timeout = Steps.UntilKnown });
        (await Portal.Ledger.RefundsOfAsync(good)).ShouldHaveSingleItem().Amount.ShouldBe(1140);

        await clerk.Locator(".page-head")
            .GetByRole(AriaRole.Link, new() { Name = "Ask again for 1 failed row" }).ClickAsync();
        await Expect(clerk.Locator("[data-good] tbody tr")).ToHaveCountAsync(1);
        await Expect(clerk.Locator("[data-good]")).ToContainTextAsync(refused);
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Ask for 1 refund of CNY 11.75" }).ClickAsync();
        await Expect(clerk.Locator("h1")).ToContainTextAsync("Failed rows of B");
        await Expect(Rows(clerk)).ToHaveCountAsync(1);
        await Expect(Rows(clerk)).ToContainTextAsync("Waiting for approval");
    }

    [Fact]
    public async Task Orders_selected_with_the_keyboard_are_refunded_without_leaving_the_list()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/orders?tab=paid&provider=lianlian-mobile");
        await page.Locator("[data-row]").First.WaitForAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await page.Keyboard.PressAsync("j");
            await page.Keyboard.PressAsync("x");
        }

        await Expect(page.Locator(".selbar")).ToContainTextAsync("3 selected");
        await Expect(page.Locator(".selbar .sum")).ToContainTextAsync("CNY");
        await ShouldBeAccessibleAsync(page);
        await page.Keyboard.PressAsync("r");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("#batch-lack")).ToHaveTextAsync("Choose a reason.");
        await dialog.Locator("#batch-reason").SelectOptionAsync("Cancelled");
        await Expect(dialog.Locator("#batch-ask")).ToBeEnabledAsync();
        await ShouldBeAccessibleAsync(page);
        await Pictures.TakeAsync(page, "batch-selection", Look.Light);
        await dialog.Locator("#batch-ask").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator(".selbar")).ToHaveCountAsync(0);
        new Uri(page.Url).PathAndQuery.ShouldBe("/orders?tab=paid&provider=lianlian-mobile");
    }

    [Fact]
    public async Task All_that_match_a_filter_are_selected_with_their_count_and_sum()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/orders?tab=paid&provider=bgcpay");
        await page.Locator("[data-row]").First.WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator(".selbar")).ToContainTextAsync("1 selected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all that match" }).ClickAsync();
        await Expect(page.Locator(".selbar")).ToContainTextAsync("9 selected");
        await Expect(page.Locator(".selbar .sum")).ToContainTextAsync("USDT");
        await ShouldBeAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Locator(".selbar")).ToHaveCountAsync(0);
    }

    private static ILocator Rows(IPage page) => page.Locator("[data-rows] tbody tr");

    private static ILocator Row(IPage page, int line) => page.Locator($"[data-line='{line}']");

    private static Task ChooseAsync(IPage page, string csv) => page.Locator("#batch-file").SetInputFilesAsync(
        new FilePayload { Name = "refunds.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    private async Task LookAtAsync(string url)
    {
        foreach (var look in Look.All)
        {
            var page = await OpenAsync(Portal.The("Reviewer"), new Uri(url).AbsolutePath, look);
            await Expect(Rows(page)).ToHaveCountAsync(4);
            await ShouldFitAsync(page, "batch", look);
            await page.CloseAsync();
        }
    }
}
