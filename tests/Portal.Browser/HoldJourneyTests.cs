using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Captures and voids of held amounts: clerk and reviewer, the Sandbox as the provider.</summary>
[Collection(OperationCollection.Name)]
public sealed class HoldJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Overseas = "100020091218002";

    [Fact]
    public async Task A_partial_capture_goes_from_the_board_to_the_provider_once()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/preauths?q=HR-7714");
        await Card(clerk, "A. Lindqvist").GetByRole(AriaRole.Link, new() { Name = "A. Lindqvist" }).ClickAsync();
        await Expect(clerk.Locator(".sheet")).ToContainTextAsync("Allinpay answers no questions about holds.");
        await ShouldBeAccessibleAsync(clerk);
        await clerk.Locator(".sheet > footer").GetByRole(AriaRole.Button, new() { Name = "Capture…" }).ClickAsync();
        var dialog = clerk.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("#hold-amount")).ToHaveValueAsync("1120.00");
        await dialog.Locator("#hold-comment").FillAsync("Two of three were shipped. 已发两件。");
        await ShouldBeAccessibleAsync(clerk);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask to capture USD 1,120.00" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var number = await OpenNewestAsync(clerk);
        await Expect(clerk.State()).ToHaveTextAsync("Waiting for approval");

        await ApproveAsync(number, "USD 1,120.00");

        await Expect(clerk.State()).ToHaveTextAsync("Captured", new() { Timeout = Steps.UntilKnown });
        await ShouldBeAccessibleAsync(clerk);
        var order = await OrderAsync("HR-7714");
        (order.GetProperty("state").GetString(), order.GetProperty("payAmount").GetInt64())
            .ShouldBe(("captured", 112_000));
        await clerk.GotoAsync("/preauths?tab=ended");
        await Expect(clerk.Locator("main")).ToContainTextAsync("A. Lindqvist");
        await ShouldBeAccessibleAsync(clerk);
    }

    [Fact]
    public async Task A_hold_is_let_go_with_a_reason()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/preauths?q=HR-4432");
        await Card(clerk, "Tomás Silva").GetByRole(AriaRole.Button, new() { Name = "Cancel hold…" }).ClickAsync();
        var dialog = clerk.GetByRole(AriaRole.Dialog);
        var act = dialog.GetByRole(AriaRole.Button, new() { Name = "Ask to cancel the hold of USD 800.00" });
        await Expect(act).ToBeDisabledAsync();
        await dialog.Locator("#hold-reason").SelectOptionAsync("Cancelled");
        await ShouldBeAccessibleAsync(clerk);
        await act.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Card(clerk, "Tomás Silva").GetByRole(AriaRole.Link, new() { Name = "Tomás Silva" }).ClickAsync();
        var number = await OpenNewestAsync(clerk);

        await ApproveAsync(number, "USD 800.00");

        await Expect(clerk.State()).ToHaveTextAsync("Hold cancelled", new() { Timeout = Steps.UntilKnown });
        (await OrderAsync("HR-4432")).GetProperty("state").GetString().ShouldBe("voided");
    }

    [Fact]
    public async Task LianLian_mobile_wants_the_payers_number_and_tells_the_end_when_asked()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/preauths?provider=lianlian-mobile&q=HRM8850");
        var card = Card(clerk, "吴俊杰");
        await card.GetByRole(AriaRole.Button, new() { Name = "Capture…" }).ClickAsync();
        var dialog = clerk.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#hold-amount").FillAsync("600.00");
        await Expect(dialog.Locator("#hold-lack")).ToHaveTextAsync("Write the payer’s number.");
        await dialog.Locator("#hold-payer").FillAsync("UHRM8850");
        await ShouldBeAccessibleAsync(clerk);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask to capture CNY 600.00" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await card.GetByRole(AriaRole.Link, new() { Name = "吴俊杰" }).ClickAsync();
        var number = await OpenNewestAsync(clerk);

        await ApproveAsync(number, "CNY 600.00");

        await Expect(clerk.State()).ToHaveTextAsync("Captured", new() { Timeout = Steps.UntilKnown });
        var ledger = await Portal.Sandbox.GetFromJsonAsync<JsonElement>(
            "/control/lianlian-mobile/ledger?oidPartner=201801160001410022");
        ledger.GetProperty("orders").EnumerateArray()
            .Single(order => order.GetProperty("noOrder").GetString() == "HRM8850")
            .GetProperty("captured").GetString().ShouldBe("600.00");
    }

    [Fact]
    public async Task A_plan_is_written_down_beside_the_board()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/preauths?q=HR-9921");
        await Card(clerk, "C. Moreau").GetByRole(AriaRole.Link, new() { Name = "C. Moreau" }).ClickAsync();
        var sheet = clerk.Locator(".sheet");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Plan…" }).ClickAsync();
        await sheet.Locator("#plan-amount").FillAsync("900.00");
        await ShouldBeAccessibleAsync(clerk);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Expect(sheet).ToContainTextAsync("planned by 陈伟 Chen Wei");
        await Expect(sheet).ToContainTextAsync("900.00");
    }

    [Fact]
    public async Task The_board_and_its_sheet_fit_in_every_look()
    {
        foreach (var look in Look.All)
        {
            var page = await OpenAsync(Portal.The("Clerk"), "/preauths", look);
            await Expect(page.Locator(".board .card.hold").First).ToBeVisibleAsync();
            await ShouldFitAsync(page, "preauths", look);
            await page.Locator(".board .card.hold a[data-open]").First.ClickAsync();
            await Expect(page.Locator(".sheet .blk").First).ToBeVisibleAsync();
            await ShouldFitAsync(page, "preauths-sheet", look);
            await page.CloseAsync();
        }
    }

    private static ILocator Card(IPage page, string payer) =>
        page.Locator(".card.hold", new() { HasText = payer }).First;

    /// <summary>Opens the newest capture or cancellation of the open sheet; its number.</summary>
    private static async Task<string> OpenNewestAsync(IPage page)
    {
        var link = page.Locator(".sheet .others a").First;
        await Expect(link).ToBeVisibleAsync();
        var number = await link.InnerTextAsync();
        await link.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(number);
        return number;
    }

    private async Task<JsonElement> OrderAsync(string orderNo)
    {
        var ledger = await Portal.Sandbox.GetFromJsonAsync<JsonElement>(
            $"/control/allinpay/ledger?merchantId={Overseas}");
        return ledger.GetProperty("orders").EnumerateArray()
            .Single(order => order.GetProperty("orderNo").GetString() == orderNo);
    }
}
