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
            await ShouldFitAsync(seen, "settle", look);
            await seen.CloseAsync();
        }

        await ConfirmChangeAsync(wu, number, "Settle an unknown outcome");

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

        await ConfirmChangeAsync(
            Portal.The("FinanceLead"), "wu.tao", "Give a role", "Covers for Chen Wei in December.");
        await Expect(admin.Locator("tr", new() { HasText = "Wu Tao" })).ToContainTextAsync("Clerk");
    }

    [Fact]
    public async Task Two_people_change_from_which_amount_three_settle()
    {
        var admin = await OpenAsync(Portal.The("Admin"), "/policies");
        var part = admin.Locator(".aside-part", new() { HasText = "Three people from" });
        await part.GetByRole(AriaRole.Button, new() { Name = "Change…" }).ClickAsync();
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#third-new").FillAsync("60000.5");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await Expect(dialog.Locator("#third-new-error")).ToContainTextAsync("Write a whole number");
        await dialog.Locator("#third-new").FillAsync("60,000");
        await ShouldBeAccessibleAsync(admin);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await dialog.Locator("#propose-why").FillAsync("Agreed with finance in November.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Propose three people from 60,000" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await ConfirmChangeAsync(
            Portal.The("FinanceLead"), "", "Change from which amount three people settle",
            "Agreed with finance in November.");

        // Nobody reloads the admin's page; it follows by itself.
        await Expect(part).ToContainTextAsync("Three people from 60,000");
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
}
