using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Transfers from the payee's name to the end: clerk and reviewer, the Sandbox as BGCPay.</summary>
[Collection(OperationCollection.Name)]
public sealed class TransferJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Agent = "Bwdemo0agent0000000000000000000003";

    [Fact]
    public async Task A_transfer_goes_from_the_compared_name_to_the_payee_once()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/transfers");
        await ShouldBeAccessibleAsync(clerk);
        await clerk.Locator(".page-head").GetByRole(AriaRole.Link, new() { Name = "New transfer" }).ClickAsync();
        await LookUpAsync(clerk, "alan@agent.example");
        await Expect(clerk.Locator(".payee-found .mono")).ToContainTextAsync(Agent);
        await ShouldBeAccessibleAsync(clerk);
        var name = await clerk.Locator(".payee-name").InnerTextAsync();
        await clerk.Locator(".payee-found .btn.p").ClickAsync();
        await Expect(clerk.Locator(".payee-name")).ToHaveTextAsync(name);
        await FillAsync(clerk, "21.30");
        await ShouldBeAccessibleAsync(clerk);
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Ask for transfer of USDT 21.30" }).ClickAsync();
        await Expect(clerk.State()).ToHaveTextAsync("Waiting for approval");
        var number = clerk.Url.Split('/')[^1];
        await ShouldBeAccessibleAsync(clerk);

        await ApproveAsync(number, name, Agent);

        // Nobody reloads the clerk's page; it follows by itself.
        await Expect(clerk.State()).ToHaveTextAsync("Transferred", new() { Timeout = Steps.UntilKnown });
        await ShouldBeAccessibleAsync(clerk);
        (await Portal.Ledger.TransfersAsync(number)).ShouldBe([(Agent, 2130)]);
    }

    [Fact]
    public async Task A_wrong_name_stops_before_anybody_writes_an_amount()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/transfers/new");
        await LookUpAsync(clerk, "nobody@agent.example");
        await Expect(clerk.GetByRole(AriaRole.Alert)).ToContainTextAsync("BGCPay knows nobody by this.");
        await Expect(clerk.Locator("#transfer-amount")).ToHaveCountAsync(0);
        await ShouldBeAccessibleAsync(clerk);

        await LookUpAsync(clerk, "pay@timber.example");
        await Expect(clerk.Locator(".payee-name")).ToBeVisibleAsync();
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Not this one" }).ClickAsync();
        await Expect(clerk.Locator(".payee-name")).ToHaveCountAsync(0);
        await Expect(clerk.Locator("#transfer-payee")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_limit_is_proposed_by_an_admin_and_waits_for_a_second_person()
    {
        var admin = await OpenAsync(Portal.The("Admin"), "/transfers/limits");
        await admin.Locator("[data-row]").First.GetByRole(AriaRole.Button, new() { Name = "Change…" }).ClickAsync();
        await admin.Locator("#limit-new").FillAsync("7500.00");
        await ShouldBeAccessibleAsync(admin);
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await admin.Locator("#propose-why").FillAsync("Agreed with finance.");
        await ShouldBeAccessibleAsync(admin);
        await admin.GetByRole(AriaRole.Dialog).Locator("button.btn.p").ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await admin.GotoAsync("/changes?tab=All");
        await Expect(admin.Locator("main")).ToContainTextAsync("Change a transfer limit");
    }

    public static TheoryData<string> Looks() => new(Look.All.Select(look => look.Name));

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_of_transfers_fits_every_look(string name)
    {
        var look = Look.All.Single(one => one.Name == name);
        var clerk = await OpenAsync(Portal.The("Clerk"), "/transfers", look);
        await Expect(clerk.Locator("[data-row]").First).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "transfers", look);
        await clerk.Locator("[data-row] a").First.ClickAsync();
        await Expect(clerk.State()).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "transfer", look);
        await clerk.GotoAsync("/transfers/limits");
        await Expect(clerk.Locator("[data-row]").First).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "transfer-limits", look);
        await clerk.GotoAsync("/transfers/new");
        await LookUpAsync(clerk, Agent);
        await Expect(clerk.Locator(".payee-name")).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "transfer-payee", look);
        await clerk.Locator(".payee-found .btn.p").ClickAsync();
        await FillAsync(clerk, "120.00");
        await ShouldFitAsync(clerk, "transfer-new", look);

        // The demo's own transfer of this amount is pointed out before a second one is asked for.
        await clerk.Locator(".btn.p[aria-describedby=transfer-lack]").ClickAsync();
        await Expect(clerk.Locator(".separate input")).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "transfer-twin", look);
    }

    private static async Task LookUpAsync(IPage page, string payee)
    {
        await page.Locator("#transfer-payee").FillAsync(payee);
        await page.Locator("form .btn.p").ClickAsync();
    }

    private static async Task FillAsync(IPage page, string amount)
    {
        await page.Locator("#transfer-amount").FillAsync(amount);
        await page.Locator("#transfer-title").FillAsync("November commission 十一月佣金");
        await page.Locator("#transfer-reason").SelectOptionAsync("Commission");
        await page.Locator("#transfer-comment").FillAsync("Agreed in the contract.");
        await Expect(page.Locator(".btn.p[aria-describedby=transfer-lack]")).ToBeEnabledAsync();
    }
}
