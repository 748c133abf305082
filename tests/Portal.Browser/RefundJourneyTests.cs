using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Refunds from the click to the end: two people in two browsers, the Sandbox as the provider.</summary>
[Collection(RefundCollection.Name)]
public sealed partial class RefundJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    [Fact]
    public async Task A_partial_refund_goes_from_the_click_to_the_payer_once()
    {
        var order = await Portal.Ledger.UntouchedOrderAsync();
        var clerk = await FindAsync(order);
        var number = await clerk.AskForRefundAsync("12.30");
        await OpenRefundAsync(clerk, number);
        await Expect(clerk.State()).ToHaveTextAsync("Waiting for approval");

        await ApproveAsync(number, "CNY 12.30");

        // Nobody reloads the clerk's page; it follows by itself.
        await Expect(clerk.State()).ToHaveTextAsync(Working(), new() { Timeout = 20_000 });
        await Expect(clerk.State()).ToHaveTextAsync("Refunded", new() { Timeout = Steps.UntilKnown });
        var refund = (await Portal.Ledger.RefundsAsync(number)).ShouldHaveSingleItem();
        refund.ShouldBe(new SandboxLedger.Refund(number, order, 1230, MoneyMoved: true));
        (await Portal.Ledger.RefundsOfAsync(order)).Count.ShouldBe(1);
        await ShouldBeAccessibleAsync(clerk);

        await clerk.GotoAsync($"/orders/{order}");
        await Expect(clerk.State()).ToBeVisibleAsync();
        await Expect(clerk.Refunds()).ToContainTextAsync("Refunded");
        await ShouldBeAccessibleAsync(clerk);
        await Pictures.UpdateReadmeAsync(clerk);
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_until_a_question_settles_it()
    {
        var order = await Portal.Ledger.UntouchedOrderAsync();
        var clerk = await FindAsync(order);
        var number = await clerk.AskForRefundAsync("10.71");
        await OpenRefundAsync(clerk, number);

        await ApproveAsync(number, "CNY 10.71");

        await Expect(clerk.State()).ToHaveTextAsync("Outcome unknown", new() { Timeout = 60_000 });
        var steps = clerk.Locator(".safe-steps");
        await Expect(steps.GetByRole(AriaRole.Button)).ToHaveTextAsync("Ask now");
        await Expect(steps).ToContainTextAsync("locked by this one");
        await Expect(clerk.GetByText("The money may have moved, or not.").First).ToBeVisibleAsync();
        await Expect(clerk.State()).ToHaveTextAsync("Refunded", new() { Timeout = Steps.UntilKnown });
        (await Portal.Ledger.RefundsOfAsync(order)).ShouldHaveSingleItem()
            .ShouldBe(new SandboxLedger.Refund(number, order, 1071, MoneyMoved: true));
    }

    [Theory]
    [InlineData("lianlian-global", "142019061000001", "HKD")]
    [InlineData("lianlian-mobile", "201801160001410022", "CNY")]
    public async Task A_refund_settles_at_the_other_providers_too(string provider, string merchant, string currency)
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), $"/orders?tab=paid&provider={provider}");
        var row = clerk.Locator("[data-row]", new() { HasText = merchant.StartsWith('1') ? "HG" : "HM" }).First;
        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(clerk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Order ");
        await ShouldBeAccessibleAsync(clerk);
        var number = await clerk.AskForRefundAsync("11.30", currency);
        await OpenRefundAsync(clerk, number);
        await ApproveAsync(number, $"{currency} 11.30");
        await Expect(clerk.State()).ToHaveTextAsync("Refunded", new() { Timeout = Steps.UntilKnown });
        var moved = await Portal.Ledger.MovedAsync(provider, merchant, number);
        moved.ShouldBe(1);
    }

    [Fact]
    public async Task A_double_click_asks_once()
    {
        var order = await Portal.Ledger.UntouchedOrderAsync();
        var clerk = await FindAsync(order);
        await clerk.FillRefundAsync("5.00");
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Ask for refund of CNY 5.00" }).DblClickAsync();
        await Expect(clerk.Refunds()).ToHaveCountAsync(1);
        await clerk.ReloadAsync();
        await Expect(clerk.Refunds()).ToHaveCountAsync(1);
        (await Portal.Ledger.RefundsOfAsync(order)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_decides_on_a_request_of_their_own()
    {
        var order = await Portal.Ledger.UntouchedOrderAsync();
        var both = Portal.TheOther("Reviewer");
        var page = await FindAsync(order, both);
        var number = await page.AskForRefundAsync("7.00");
        await page.GotoAsync($"/approvals?tab=all&open={number}");
        await Expect(page.GetByText("You asked for it yourself").First).ToBeVisibleAsync();
        await Expect(page.Locator(".sheet footer button[data-key=a]")).ToBeDisabledAsync();
        await Expect(page.Locator(".sheet footer button[data-key=r]")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_and_frees_the_amount()
    {
        var order = await Portal.Ledger.UntouchedOrderAsync();
        var clerk = await FindAsync(order);
        var number = await clerk.AskForRefundAsync("9.00");
        await OpenRefundAsync(clerk, number);
        var reviewer = await OpenAsync(Portal.The("Reviewer"), $"/approvals?open={number}");
        await reviewer.Locator(".sheet footer button[data-key=r]").ClickAsync();
        var dialog = reviewer.GetByRole(AriaRole.Dialog);
        var reject = dialog.GetByRole(AriaRole.Button, new() { Name = "Reject CNY 9.00" });
        await reject.ClickAsync();
        await Expect(dialog.Locator("#confirm-reason")).ToHaveAttributeAsync("aria-invalid", "true");
        await ShouldBeAccessibleAsync(reviewer);
        await dialog.Locator("#confirm-reason").FillAsync("The parcel arrived after all.");
        await reject.ClickAsync();
        await Expect(clerk.State()).ToHaveTextAsync("Rejected", new() { Timeout = 20_000 });
        (await Portal.Ledger.RefundsOfAsync(order)).ShouldBeEmpty();
    }

    private async Task<IPage> FindAsync(string shopNumber, Person? person = null)
    {
        var page = await OpenAsync(person ?? Portal.The("Clerk"), "/orders");
        var box = page.GetByRole(AriaRole.Search).Locator("input");
        await box.FillAsync(shopNumber);
        await box.PressAsync("Enter");

        // The whole number of one order opens it.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Order ");
        await Expect(page.GetByText(shopNumber).First).ToBeVisibleAsync();
        return page;
    }

    private static async Task OpenRefundAsync(IPage page, string number)
    {
        await page.Refunds().GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Refund {number}");
    }

    [GeneratedRegex("^(?:Provider is working on it|In the provider’s own review)$", RegexOptions.None, 1000)]
    private static partial Regex Working();
}
