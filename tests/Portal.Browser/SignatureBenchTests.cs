using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>The signature bench in the browser: a message pasted, its text built, its signature checked.</summary>
public sealed class SignatureBenchTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Notification = """
        {"merchantId":"100020091218001","version":"v1.0","signType":"0","payType":"0","language":"","ext1":"",
        "paymentOrderId":"201803151649092687","orderNo":"PF_20180315165437zUjk","orderDatetime":"20180315103703",
        "orderAmount":"1","payDatetime":"20180315164927","payAmount":"1","payResult":"1",
        "returnDatetime":"20180315165330","signMsg":"B72D9264FF3FAA63106F0B6F9218DF70"}
        """;

    private const string Changed =
        "merchantId=100020091218001&version=v1.0&signType=0&payType=0&paymentOrderId=201803151649092687"
        + "&orderNo=PF_20180315165437zUjk&orderDatetime=20180315103703&orderAmount=100&payDatetime=20180315164927"
        + "&payAmount=1&payResult=1&returnDatetime=20180315165330";

    [Fact]
    public async Task A_pasted_message_builds_up_is_checked_and_compared_in_every_look()
    {
        foreach (var look in Look.All)
        {
            var page = await OpenAsync(
                Portal.The("Auditor"), "/signatures?provider=allinpay&interface=notification", look);
            await Expect(page.Locator(".sig-out .empty")).ToBeVisibleAsync();
            await ShouldBeAccessibleAsync(page);
            await Pictures.TakeAsync(page, "signatures-empty", look);

            await FillAsync(page, "#sig-message", Notification, ".sig-parts li >> nth=11");
            await FillAsync(page, "#sig-signature", "B72D9264FF3FAA63106F0B6F9218DF70", ".sig-out > p");
            await FillAsync(page, "#sig-key", "1234567890", ".note.done");
            await FillAsync(page, "#sig-expected", Changed, ".sig-cmp");
            await Expect(page.Locator(".sig-cmp mark").First).ToHaveTextAsync("&");
            await Expect(page.Locator(".sig-cmp mark").Last).ToHaveTextAsync("0");
            await ShouldFitAsync(page, "signatures", look);
            page.Url.ShouldNotContain("1234567890");
            page.Url.ShouldNotContain("B72D9264");
            await page.CloseAsync();
        }
    }

    [Fact]
    public async Task Whatever_was_pasted_is_gone_when_the_page_was_left()
    {
        var page = await OpenAsync(
            Portal.The("Auditor"), "/signatures?provider=allinpay&interface=refund-query-answer");
        await FillAsync(page, "#sig-message", "v2.4|0|M1|NO1|1|20141128031757|1|TKSUCC0002|2014112815\n", ".sig-end");
        await FillAsync(page, "#sig-key", "1234567890", ".sig-facts code >> nth=1");
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Audit");
        await page.GoBackAsync();
        await Expect(page.Locator(".sig-out .empty")).ToBeVisibleAsync();
        await Expect(page.Locator("#sig-message")).ToHaveValueAsync("");
        await Expect(page.Locator("#sig-key")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_interface_is_chosen_by_keyboard_and_stands_in_the_address()
    {
        var page = await OpenAsync(Portal.The("Admin"), "/signatures?provider=allinpay");
        await Expect(page.Locator("#sig-interface")).ToHaveValueAsync("pay-data");
        await FillAsync(page, "#sig-message", """{"cvv2":"８８８","bill_zip":"22222"}""", ".sig-parts");
        await page.Locator("#sig-interface").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("interface=ext1"));
        await Expect(page.Locator("#sig-interface")).ToHaveValueAsync("ext1");
        await Expect(page.Locator("#sig-key")).ToHaveCountAsync(0);
        await Expect(page.Locator(".sig-out")).ToContainTextAsync("cvv2, bill_zip");
        await Expect(page.Locator(".sig-out")).Not.ToContainTextAsync("８８８");
        await Pictures.TakeAsync(page, "signatures-digest", Look.Light);
    }

    /// <summary>Fills a field until the page answers: before the circuit stands, nobody hears the first try.</summary>
    private static async Task FillAsync(IPage page, string field, string text, string answer)
    {
        var shown = page.Locator(answer).First;
        for (var tries = 0; tries < 20 && (tries == 0 || !await shown.IsVisibleAsync()); tries++)
        {
            await page.Locator(field).FillAsync("");
            await page.Locator(field).FillAsync(text);
            try
            {
                await shown.WaitForAsync(new() { Timeout = 1500 });
            }
            catch (TimeoutException)
            {
                // The circuit came up in between; the next try is heard.
            }
        }

        await Expect(shown).ToBeVisibleAsync();
    }
}
