using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>What people do in every journey, click by click.</summary>
internal static class Steps
{
    /// <summary>Longer than a provider's answer, the waits between questions and its review together.</summary>
    public const float UntilKnown = 120_000;

    /// <summary>The state that stands beside the amount.</summary>
    public static ILocator State(this IPage page) => page.Locator(".hero .tag").First;

    /// <summary>The refunds in an order's own list.</summary>
    public static ILocator Refunds(this IPage page) => page.Locator("table[aria-label=Refunds] tbody tr");

    /// <summary>Fills in the request of a refund from an order's page, and leaves it open.</summary>
    public static async Task<ILocator> FillRefundAsync(this IPage page, string amount)
    {
        await page.Locator(".page-head").GetByRole(AriaRole.Button, new() { Name = "Request refund" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#refund-amount").FillAsync(amount);
        await dialog.Locator("#refund-reason").SelectOptionAsync("Returned");
        await dialog.Locator("#refund-comment").FillAsync("One of the items came back. 退货。");
        await Expect(dialog.Locator("#refund-lack")).ToHaveTextAsync("Nothing is sent until someone approves.");
        return dialog;
    }

    /// <summary>Asks for a refund from an order's page.</summary>
    /// <returns>The refund's number.</returns>
    public static async Task<string> AskForRefundAsync(this IPage page, string amount, string currency = "CNY")
    {
        var dialog = await page.FillRefundAsync(amount);
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Ask for refund of {currency} {amount}" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Refunds()).ToHaveCountAsync(1);
        await Expect(page.Refunds()).ToContainTextAsync("Waiting for approval");
        return await page.Refunds().GetByRole(AriaRole.Link).InnerTextAsync();
    }

    /// <summary>Gives a code where one is asked for, and waits until it was taken.</summary>
    public static async Task GiveCodeAsync(this IPage page, Person person)
    {
        await page.Locator("#step-up-code").FillAsync(await person.Codes.NextAsync());
        await page.Locator("#step-up-code").PressAsync("Enter");
        await Expect(page.Locator("#step-up-code")).ToHaveCountAsync(0);
    }
}
