using Microsoft.Playwright;

namespace MerchantPortal.Portal.Browser;

/// <summary>One of the rehearsal's people. Signs in once; later windows take the session over.</summary>
public sealed class Person(PortalFixture portal, string role, string email, string password, OneTimeCodes codes)
{
    private readonly Dictionary<Look, IBrowserContext> windows = [];
    private string? session;

    public string Role => role;

    public string Email => email;

    public string Password => password;

    public OneTimeCodes Codes => codes;

    /// <summary>Fills in the form of a sign-in page.</summary>
    public static async Task FillAsync(IPage page, string email, string password, string code)
    {
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("#code").FillAsync(code);
        await page.Locator("#code").PressAsync("Enter");
    }

    /// <summary>
    /// A window of this person's own, signed in. It stays for the next test, as a person's does; only what the look
    /// decides is set again.
    /// </summary>
    public async Task<IBrowserContext> WindowAsync(Look look)
    {
        session ??= await SignInAsync();
        if (!windows.TryGetValue(look, out var window))
        {
            windows[look] = window = await portal.Browser.NewContextAsync(new()
            {
                BaseURL = portal.Address.ToString(),
                StorageState = session,
                ViewportSize = look.Window,
                ReducedMotion = ReducedMotion.Reduce,
                TimezoneId = "Asia/Shanghai",
            });
        }

        await window.AddCookiesAsync(look.Cookies(portal.Address));
        return window;
    }

    private async Task<string> SignInAsync()
    {
        await using var window = await portal.Browser.NewContextAsync(new() { BaseURL = portal.Address.ToString() });
        var page = await window.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=%2Fkit");
        await FillAsync(page, email, password, await codes.NextAsync());
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Kit");
        return await window.StorageStateAsync();
    }
}
