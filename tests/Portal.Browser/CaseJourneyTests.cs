using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Money that somebody gave back past the portal: found, explained, and its order free again.</summary>
public sealed class CaseJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Merchant = "142019061000001";

    [Fact]
    public async Task A_refund_past_the_portal_opens_a_case_and_holds_the_order_back_until_it_is_explained()
    {
        var order = await OldestAsync();
        (await Portal.Sandbox.PostAsJsonAsync(
            $"/control/lianlian-global/payments/{order}/refunds?merchantId={Merchant}", new { amount = "21.50" }))
            .EnsureSuccessStatusCode();
        var clerk = await OpenAsync(Portal.The("Clerk"), $"/orders/{order}");
        await Expect(Request(clerk)).ToBeEnabledAsync();
        await clerk.GetByRole(AriaRole.Button, new() { NameRegex = new("^Ask .+ now$") }).First.ClickAsync();
        await Expect(clerk.Locator(".ask-why").First).ToContainTextAsync("holds refunds of this order back");
        await Expect(Request(clerk)).ToBeDisabledAsync();
        await ShouldBeAccessibleAsync(clerk);

        await clerk.Locator(".ask-why a").First.ClickAsync();
        await Expect(clerk.Locator(".hero")).ToContainTextAsync("Refunded outside the portal");
        await Expect(clerk.Locator("main")).ToContainTextAsync("Nothing was asked for on this order here.");
        var close = clerk.GetByRole(AriaRole.Button, new() { Name = "Close the case" });
        await Expect(close).ToBeDisabledAsync();
        await clerk.Locator("#case-outside").FillAsync("21.50");
        await clerk.GetByRole(AriaRole.Radio, new() { Name = "Done at the provider’s station" }).CheckAsync();
        await clerk.Locator("#case-comment").FillAsync("Line 7 of the station’s list; ticket 4711.");
        await ShouldBeAccessibleAsync(clerk);
        await close.ClickAsync();
        await Expect(clerk.Locator(".hero .tag")).ToHaveTextAsync("Closed");
        await Expect(clerk.Locator("main")).ToContainTextAsync("HKD 21.50 was booked as refunded.");
        await ShouldBeAccessibleAsync(clerk);

        await clerk.GotoAsync($"/orders/{order}");
        await Expect(Request(clerk)).ToBeEnabledAsync();
        await clerk.GotoAsync("/cases?tab=closed");
        await Expect(clerk.Locator("[data-row]").First).ToContainTextAsync("ticket 4711");
    }

    [Fact]
    public async Task Who_only_reads_sees_a_case_and_cannot_close_it()
    {
        var page = await OpenAsync(Portal.The("Auditor"), "/cases");
        await page.Locator("[data-row] a").First.ClickAsync();
        await Expect(page.GetByText("You need the right cases.work.").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close the case" })).ToBeDisabledAsync();
    }

    public static TheoryData<string> Looks() => new(Look.All.Select(look => look.Name));

    [Theory, MemberData(nameof(Looks))]
    public async Task A_case_fits_every_look(string name)
    {
        var look = Look.All.Single(one => one.Name == name);
        var clerk = await OpenAsync(Portal.The("Clerk"), "/cases", look);
        await clerk.Locator("[data-row]", new() { HasText = "HGSTATION1" }).GetByRole(AriaRole.Link).First
            .ClickAsync();
        await Expect(clerk.Locator("#case-outside")).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "case", look);
    }

    private static ILocator Request(IPage page) =>
        page.Locator(".page-head").GetByRole(AriaRole.Button, new() { Name = "Request refund" });

    /// <summary>The shop's number of the oldest paid order of the week that nobody gave anything back of.</summary>
    private async Task<string> OldestAsync()
    {
        var ledger = await Portal.Sandbox.GetFromJsonAsync<JsonElement>(
            $"/control/lianlian-global/ledger?merchantId={Merchant}");
        return ledger.GetProperty("payments").EnumerateArray()
            .Where(row => row.GetProperty("state").GetString() == "PS")
            .OrderBy(row => row.GetProperty("paidAt").GetDateTimeOffset())
            .Select(row => row.GetProperty("merchantTransactionId").GetString()!).First();
    }
}
