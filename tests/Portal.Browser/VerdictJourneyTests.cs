using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>What no question answers is settled by two people, and a change of rights needs two as well.</summary>
[Collection(OperationCollection.Name)]
public sealed class VerdictJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    [Fact]
    public async Task Two_resolvers_settle_a_refund_that_no_question_answers()
    {
        var order = await Portal.Ledger.UntouchedOrderAsync();
        var clerk = await OpenAsync(Portal.The("Clerk"), $"/orders/{order}");
        var number = await clerk.AskForRefundAsync("4.72");
        await ApproveAsync(number);
        await clerk.GotoAsync($"/refunds/{number}");
        await Expect(clerk.State()).ToHaveTextAsync("Outcome unknown", new() { Timeout = 60_000 });
        await Portal.EndSettleTimeAsync(number);

        var he = await OpenAsync(Portal.The("Resolver"), "/unknown?tab=people");
        await he.Locator($"[data-row='{number}'] a").First.ClickAsync();
        await Expect(he.Locator("h1")).ToHaveTextAsync($"Settle {number}");
        await ShouldBeAccessibleAsync(he);
        await ProposeAsync(he, Portal.The("Resolver"));
        await Expect(he.Locator(".sheet .act-why")).ToHaveTextAsync("You proposed it yourself");
        await ShouldBeAccessibleAsync(he);

        var wu = Portal.TheOther("Resolver");
        foreach (var look in Look.All)
        {
            var seen = await OpenAsync(wu, $"/unknown/{number}", look);
            await Expect(seen.Locator(".sheet h2").First).ToBeVisibleAsync();
            await ShouldBeAccessibleAsync(seen);
            await ShouldNotScrollSidewaysAsync(seen);
            await Pictures.TakeAsync(seen, "settle", look);
            await seen.CloseAsync();
        }

        await ConfirmAsync(await OpenAsync(wu, "/changes"), wu, "Settle an unknown outcome");

        // Nobody reloads the first resolver's page; it follows by itself.
        await Expect(he.State()).ToHaveTextAsync("Settled as not sent");
        await Expect(he.GetByText("stays set aside until that is proven").First).ToBeVisibleAsync();
        await clerk.GotoAsync($"/orders/{order}");
        await Expect(clerk.Locator(".ask-why").First).ToContainTextAsync($"{number} has to be settled or proven first");
        (await Portal.Ledger.RefundsOfAsync(order)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_role_is_given_by_two_people()
    {
        var admin = await OpenAsync(Portal.The("Admin"), "/team");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Give a role to 吴涛 Wu Tao" }).ClickAsync();
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await ShouldBeAccessibleAsync(admin);
        await dialog.Locator("#propose-choice").SelectOptionAsync(new SelectOptionValue { Label = "Clerk" });
        await dialog.Locator("#propose-why").FillAsync("Covers for Chen Wei in December.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Propose the role" }).ClickAsync();
        await Expect(admin.GetByText("It takes effect once another person has confirmed it.")).ToBeVisibleAsync();

        var lead = Portal.The("FinanceLead");
        var page = await OpenAsync(lead, "/changes");
        await page.Locator(".inbox .item", new() { HasText = "wu.tao" }).ClickAsync();
        await Expect(page.Locator(".sheet")).ToContainTextAsync("Covers for Chen Wei in December.");
        await ConfirmAsync(page, lead, "Give a role");
        await Expect(admin.Locator("tr", new() { HasText = "Wu Tao" })).ToContainTextAsync("Clerk");
    }

    private static async Task ProposeAsync(IPage page, Person person)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "It did not happen" }).CheckAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "station.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes("No refund at the station."),
        });
        await page.Locator("#verdict-why").FillAsync("The station lists no refund of this order.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose: it did not happen" }).ClickAsync();
        await ShouldBeAccessibleAsync(page);
        await page.GiveCodeAsync(person);
    }

    private static async Task ConfirmAsync(IPage page, Person person, string title)
    {
        await Expect(page.Locator(".sheet h2").First).ToHaveTextAsync(title);
        await ApproveHereAsync(page, person);
    }
}
