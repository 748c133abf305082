using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Calls that came in: listed by provider, opened raw, and read again without any effect.</summary>
public sealed class NotificationTests(PortalFixture portal) : BrowserTest(portal)
{
    public static TheoryData<string, string> Providers() => new()
    {
        { "lianlian-global", "LianLian Global" },
        { "lianlian-mobile", "LianLian mobile" },
        { "bgcpay", "BGCPay" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_call_is_opened_raw_and_read_again_and_nothing_changes(string provider, string name)
    {
        var looks = provider == "bgcpay" ? Look.All : [Look.Light];
        foreach (var look in looks)
        {
            var page = await OpenAsync(Portal.The("Clerk"), $"/notifications?provider={provider}", look);
            var row = page.Locator("[data-row]").First;
            await Expect(row).ToContainTextAsync(name);
            await page.GotoAsync((await row.Locator("a[data-open]").GetAttributeAsync("href"))!);
            await Expect(page.Locator("main")).ToContainTextAsync(name);
            await page.Locator("[data-replay]").ClickAsync();
            await Expect(page.Locator("[data-replayed]")).ToBeVisibleAsync();
            await ShouldFitAsync(page, $"notification-{provider}", look);
            await page.CloseAsync();
        }
    }
}
