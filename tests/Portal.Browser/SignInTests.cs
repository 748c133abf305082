using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

public sealed class SignInTests(PortalFixture portal) : BrowserTest(portal)
{
    [Fact]
    public async Task Nobody_sees_a_page_without_signing_in()
    {
        var page = await OpenAsync("/kit");
        await Expect(page).ToHaveURLAsync(new Uri(Portal.Address, "/sign-in?returnUrl=%2Fkit").ToString());
        await Expect(page.Locator("#password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Password_and_code_lead_to_the_page_that_was_asked_for()
    {
        var auditor = Portal.The("Auditor");
        var page = await OpenAsync("/sign-in?returnUrl=%2Fkit");
        await Person.FillAsync(page, auditor.Email, auditor.Password, await auditor.Codes.NextAsync());
        await Expect(page).ToHaveURLAsync(new Uri(Portal.Address, "/kit").ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kit");
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_code_are_told_in_the_same_words()
    {
        var admin = Portal.The("Admin");
        var page = await OpenAsync("/sign-in");
        await Person.FillAsync(page, admin.Email, "not-the-password", await admin.Codes.NextAsync());
        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToBeVisibleAsync();
        var words = await alert.InnerTextAsync();
        await Person.FillAsync(page, admin.Email, admin.Password, admin.Codes.Wrong());
        await Expect(alert).ToBeVisibleAsync();
        (await alert.InnerTextAsync()).ShouldBe(words);
        words.ShouldNotContain(admin.Email);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var lead = Portal.The("FinanceLead");
        var code = await lead.Codes.NextAsync();
        var first = await OpenAsync("/sign-in?returnUrl=%2Fkit");
        await Person.FillAsync(first, lead.Email, lead.Password, code);
        await Expect(first.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Kit");
        var second = await OpenAsync("/sign-in?returnUrl=%2Fkit");
        await Person.FillAsync(second, lead.Email, lead.Password, code);
        await Expect(second.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    public async Task A_way_back_to_somewhere_else_is_not_taken(string elsewhere)
    {
        var page = await OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(elsewhere)}");
        await Person.FillAsync(page, "nobody@harbourpine.example", "no password at all", "000000");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        new Uri(page.Url).Host.ShouldBe("localhost");
        page.Url.ShouldNotContain("elsewhere");
    }

    [Theory]
    [InlineData("light", "en")]
    [InlineData("dark", "zh-Hans")]
    [InlineData("contrast", "zh-Hant")]
    public async Task The_page_is_accessible_in_every_theme_and_language(string theme, string language)
    {
        var look = new Look(theme, theme, Language: language);
        var page = await OpenAsync("/sign-in?problem=wrong", look);
        await ShouldBeAccessibleAsync(page);
        await Pictures.TakeAsync(page, "sign-in", look);
    }
}
