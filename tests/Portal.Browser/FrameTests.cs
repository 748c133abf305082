using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>The frame round every page, and the kit of components.</summary>
public sealed class FrameTests(PortalFixture portal) : BrowserTest(portal)
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("contrast")]
    public async Task Every_component_is_accessible(string theme)
    {
        var look = new Look(theme, theme);
        var page = await OpenAsync(Portal.The("Clerk"), "/kit", look);
        await ShouldBeAccessibleAsync(page);
        await Pictures.TakeAsync(page, "kit", look);
    }

    [Theory]
    [InlineData("/kit")]
    public async Task A_telephone_shows_a_page_without_scrolling_sideways(string path)
    {
        var look = new Look("360", Width: 360);
        var page = await OpenAsync(Portal.The("Clerk"), path, look);
        await ShouldNotScrollSidewaysAsync(page);
        await ShouldBeAccessibleAsync(page);
        await Pictures.TakeAsync(page, path.Trim('/'), look);
    }

    [Fact]
    public async Task The_theme_is_switched_at_once_and_kept()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/kit");
        var root = page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "light");
        await page.GetByLabel("Theme").ClickAsync();
        await page.Locator("[data-set-theme=dark]").ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Kit");
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task The_language_is_switched_on_the_page_one_is_on()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/kit");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.Locator(".me").ClickAsync();
        await page.Locator("button[name=culture][value=zh-Hans]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        new Uri(page.Url).AbsolutePath.ShouldBe("/kit");
        await Expect(page.Locator("a.skip")).Not.ToHaveTextAsync("Skip to content");
    }

    [Fact]
    public async Task The_find_box_opens_with_a_key_and_closes_with_escape()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/kit");
        await page.Keyboard.PressAsync("Control+k");
        var box = page.Locator("dialog#palette");
        await Expect(box).ToBeVisibleAsync();
        await Expect(box.Locator("input")).ToBeFocusedAsync();
        await ShouldBeAccessibleAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(box).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_closes_the_other_window_too()
    {
        var reviewer = Portal.The("Auditor");
        var first = await OpenAsync("/sign-in?returnUrl=%2Fkit");
        await Person.FillAsync(first, reviewer.Email, reviewer.Password, await reviewer.Codes.NextAsync());
        await Expect(first.Locator("h1")).ToHaveTextAsync("Kit");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync("/kit");
        await Expect(second.Locator("h1")).ToHaveTextAsync("Kit");
        await first.Locator(".me").ClickAsync();
        await first.Locator("form[action='/sign-out'] button").ClickAsync();
        await Expect(first.Locator("#password")).ToBeVisibleAsync();
        await Expect(second.Locator("#password")).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }
}
