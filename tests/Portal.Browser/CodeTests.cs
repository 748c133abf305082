using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>The error codes: found by any spelling, opened, and readable in every look.</summary>
public sealed class CodeTests(PortalFixture portal) : BrowserTest(portal)
{
    public static TheoryData<string, string> Pages() => new()
    {
        { "codes", "/codes" },
        { "codes-found", "/codes?q=ZF10027&provider=allinpay" },
        { "codes-empty", "/codes?q=nothing-has-this-code" },
        { "code", "/codes/100998" },
        { "code-none", "/codes/100200" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_codes_are_accessible_and_fit_in_every_look(string name, string path)
    {
        foreach (var look in Look.All)
        {
            var page = await OpenAsync(Portal.The("Admin"), path, look);
            await ShouldFitAsync(page, name, look);
            await page.CloseAsync();
        }
    }

    [Fact]
    public async Task A_code_from_a_support_call_is_found_without_its_prefix_and_opened()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/codes");
        var box = page.GetByRole(AriaRole.Search).Locator("input");
        await box.FillAsync("30003");
        await box.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/codes\?q=30003$"));
        var first = page.Locator("[data-row]").First;
        await Expect(first).ToContainTextAsync("ZF30003");
        await Expect(first).ToContainTextAsync("100619");
        await Expect(first).ToContainTextAsync("Ask, do not repeat");
        await first.GetByRole(AriaRole.Link, new() { Name = "100619" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Duplicate transaction");
        await Expect(page.Locator(".note.unknown")).ToContainTextAsync("do not repeat");
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Search).Locator("input")).ToHaveValueAsync("30003");
    }

    [Fact]
    public async Task The_find_box_jumps_to_a_code()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/");
        await page.Keyboard.PressAsync("/");
        var box = page.Locator("#palette input");
        await Expect(box).ToBeFocusedAsync();
        await box.FillAsync("EM0001_000010");
        await page.Locator("#palette-list a", new() { HasText = "EM0001_000010" }).ClickAsync();
        await Expect(page.Locator("[data-row]").First).ToContainTextAsync("100224");
    }
}
