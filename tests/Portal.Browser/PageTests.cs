using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Every page: accessible, within its window, in both themes, on a telephone and in Chinese.</summary>
[Collection(PageCollection.Name)]
public sealed class PageTests(PortalFixture portal) : BrowserTest(portal)
{
    public static TheoryData<string, string, string> Pages() => new()
    {
        { "home", "/", "Clerk" },
        { "orders", "/orders", "Clerk" },
        { "orders-filtered", "/orders?tab=unpaid", "Clerk" },
        { "import", "/orders/import", "Clerk" },
        { "refunds", "/refunds", "Clerk" },
        { "batches", "/batches", "Clerk" },
        { "batches-new", "/batches/new", "Clerk" },
        { "cards", "/cards", "Clerk" },
        { "cards-payer", "/cards?payer=U20417", "Clerk" },
        { "cases", "/cases", "Clerk" },
        { "limits", "/transfers/limits", "Admin" },
        { "unknown", "/unknown", "Clerk" },
        { "undecided", "/unknown?tab=undecided", "Resolver" },
        { "changes", "/changes", "FinanceLead" },
        { "approvals", "/approvals", "Reviewer" },
        { "policies", "/policies", "Admin" },
        { "notifications", "/notifications", "Clerk" },
        { "audit", "/audit", "Auditor" },
        { "accounts", "/accounts", "Admin" },
        { "team", "/team", "Admin" },
        { "me", "/me", "Clerk" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_and_fits_in_every_look(string name, string path, string role)
    {
        foreach (var look in Look.All)
        {
            var page = await OpenAsync(Portal.The(role), path, look);
            await Expect(page.Locator(".skeleton").First).Not.ToBeVisibleAsync();
            await ShouldFitAsync(page, name, look);
            await page.CloseAsync();
        }
    }

    [Theory]
    [InlineData("Clerk", "/audit")]
    [InlineData("Admin", "/orders")]
    public async Task Who_lacks_a_right_is_told_which(string role, string path)
    {
        Expected.Add("status of 403");
        var page = await OpenAsync(Portal.The(role), path);
        await Expect(page.Locator("main")).ToContainTextAsync(path == "/audit" ? "audit.read" : "orders.read");
        await ShouldBeAccessibleAsync(page);
    }

    [Fact]
    public async Task A_shops_file_is_read_in_and_its_bad_line_is_shown_beside_its_reason()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/orders/import");
        await page.Locator("#import-account").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        var now = TimeProvider.System.GetUtcNow();
        var csv = $"""
            order_no,time,amount,currency,method,shop_state,payer
            BT-1001,{now.AddHours(-3):yyyy-MM-ddTHH:mm:ss}Z,486.00,CNY,快捷支付,packing,陈晓明
            BT-1002,{now.AddHours(-2):yyyy-MM-ddTHH:mm:ss}Z,12.005,CNY,快捷支付,packing,林美玲

            """;
        await page.Locator("#import-file").SetInputFilesAsync(
            new FilePayload { Name = "shop.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Import shop.csv" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Import of shop.csv");
        await Expect(page.Locator("main")).ToContainTextAsync("1 of 2 lines were not taken.");
        await Expect(page.Locator(".bad-lines tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".bad-lines")).ToContainTextAsync("12.005");
        await ShouldBeAccessibleAsync(page);

        await page.GotoAsync("/orders/BT-1001");
        await Expect(page.Locator(".hero")).ToContainTextAsync("486.00");
    }

    [Fact]
    public async Task The_auditor_finds_the_chain_untouched_and_changes_nothing()
    {
        var page = await OpenAsync(Portal.The("Auditor"), "/audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();
        await Expect(page.Locator(".chain .tag.done")).ToContainTextAsync("rows verified, untouched");
        await page.GotoAsync("/audit?action=refund.request");
        await Expect(page.GetByText("Ask for a refund").First).ToBeVisibleAsync();
        await page.GotoAsync("/orders");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Orders");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Import" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Back_and_reload_keep_the_filter()
    {
        var page = await OpenAsync(Portal.The("Clerk"), "/orders");
        var box = page.GetByRole(AriaRole.Search).Locator("input");
        await box.FillAsync("HW-");
        await box.PressAsync("Enter");
        await Expect(page.Locator("[data-row]").First).ToContainTextAsync("HW-");
        var filtered = page.Url;
        filtered.ShouldContain("HW-");
        await page.Locator("[data-row]").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Order ");
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(filtered);
        await Expect(page.Locator("[data-row]").First).ToContainTextAsync("HW-");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-row]").First).ToContainTextAsync("HW-");
    }
}
