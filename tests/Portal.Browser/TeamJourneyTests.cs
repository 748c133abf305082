using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Somebody comes, gets a role from two people, and loses it again.</summary>
public sealed class TeamJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Name = "何静 He Jing";
    private const string Email = "he.jing@harbourpine.example";
    private const string Password = "a lamp, 3 ledgers and a heron";

    [Fact]
    public async Task Who_is_invited_works_when_a_second_person_agrees_and_stops_when_the_role_is_taken_away()
    {
        Expected.Add("status of 403");
        var admin = await OpenAsync(Portal.The("Admin"), "/team");
        var clerk = await SetUpAsync(await InviteAsync(admin));
        var page = await OpenAsync(clerk, "/orders");
        await Expect(page.Locator("main")).ToContainTextAsync("orders.read");
        (await page.APIRequest.GetAsync("/orders/import/example.csv", new() { MaxRedirects = 0 }))
            .Status.ShouldBe(403, "a file is not handed out either");

        await ConfirmChangeAsync(Portal.The("FinanceLead"), "he.jing", "Give a role", "Covers the evenings.");

        await page.GotoAsync("/orders");
        await Expect(page.Locator("[data-row]").First).ToBeVisibleAsync();
        await TakeAwayAsync(admin);

        // Nobody reloads the clerk's page: it closes by itself, and its session is over.
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(0);
        await page.GotoAsync("/orders");
        await Expect(page.Locator("#password")).ToBeVisibleAsync();
    }

    /// <summary>Invites a clerk.</summary>
    /// <returns>The link that is shown once.</returns>
    private static async Task<string> InviteAsync(IPage admin)
    {
        await admin.Locator(".page-head")
            .GetByRole(AriaRole.Button, new() { Name = "Invite somebody…" }).ClickAsync();
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#invite-name").FillAsync(Name);
        await dialog.Locator("#invite-email").FillAsync(Email);
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Clerk" }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Invite {Name}" }).ClickAsync();
        await Expect(dialog.Locator("#invite-why-error")).ToBeVisibleAsync();
        await dialog.Locator("#invite-why").FillAsync("Covers the evenings.");
        await ShouldBeAccessibleAsync(admin);
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Invite {Name}" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(admin.Locator(".fresh-link")).ToContainTextAsync("It is shown this once");
        await ShouldFitAsync(admin, "team-invited", Look.Light);
        return await admin.Locator(".fresh-link code").InnerTextAsync();
    }

    private static async Task TakeAwayAsync(IPage admin)
    {
        await admin.GetByRole(AriaRole.Button, new() { Name = $"Take away Clerk: {Name}" }).ClickAsync();
        var dialog = admin.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Giving it back takes two people.");
        await ShouldBeAccessibleAsync(admin);
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Take Clerk away from {Name}" }).ClickAsync();
        await Expect(admin.Locator("main")).ToContainTextAsync($"The role was taken away from {Name}.");
        await Expect(admin.Locator("tr", new() { HasText = Name })).Not.ToContainTextAsync("Clerk");
    }

    /// <summary>Sets a sign-in up from its link.</summary>
    private async Task<Person> SetUpAsync(string link)
    {
        var page = await OpenAsync(new Uri(link).PathAndQuery);
        await ShouldBeAccessibleAsync(page);
        var codes = new OneTimeCodes(
            (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("#again").FillAsync(Password);
        await page.Locator("#code").FillAsync(await codes.NextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up sign-in" }).ClickAsync();
        await Expect(page.Locator("#email")).ToBeVisibleAsync();
        return new(Portal, "Clerk", Email, Password, codes);
    }
}
