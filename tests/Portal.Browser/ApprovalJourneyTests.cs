using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>Decisions as reviewers take them: several with one code, the second of two, and a way back.</summary>
[Collection(RefundCollection.Name)]
public sealed class ApprovalJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    [Fact]
    public async Task A_reviewer_approves_three_at_once_with_one_code()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/orders");
        var asked = new List<(string Order, string Number)>();
        foreach (var amount in new[] { "3.00", "4.00", "5.50" })
        {
            var order = await Portal.Ledger.UntouchedOrderAsync();
            asked.Add((order, await AskAsync(clerk, order, amount)));
        }

        var person = Portal.TheOther("Reviewer");
        var page = await OpenAsync(person, "/approvals?kind=refund", new("360", Width: 360));
        foreach (var (_, number) in asked)
        {
            await page.Locator($".line:has([data-row='{number}']) input[type=checkbox]").CheckAsync();
        }

        await Expect(page.Locator(".queue-selbar")).ToContainTextAsync("CNY12.50");
        await ShouldNotScrollSidewaysAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve 3…" }).ClickAsync();
        await ShouldBeAccessibleAsync(page);
        await ShouldNotScrollSidewaysAsync(page);
        await page.Locator("#step-up-code").FillAsync(await person.Codes.NextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve all 3" }).ClickAsync();

        await Expect(page.Locator(".bulk .ink.done")).ToHaveCountAsync(3);
        foreach (var (order, number) in asked)
        {
            await clerk.GotoAsync($"/refunds/{number}");
            await Expect(clerk.State()).ToHaveTextAsync("Refunded", new() { Timeout = 120_000 });
            (await Portal.Ledger.RefundsOfAsync(order)).Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_second_of_two_releases_it_and_the_maker_recalls_it_in_time()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/orders?tab=paid&provider=allinpay");
        await clerk.Locator("[data-row]", new() { HasText = "HP-" }).First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(clerk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Order ");
        var number = await clerk.AskForRefundAsync("6.00", "USD");

        var first = await OpenAsync(Portal.The("Reviewer"), $"/approvals?open={number}");
        await ApproveHereAsync(first, Portal.The("Reviewer"));
        await first.GotoAsync($"/approvals?tab=all&open={number}");
        await Expect(first.GetByText("You have approved it; another person is next").First).ToBeVisibleAsync();
        await Expect(first.Locator(".sheet footer button[data-key=a]")).ToBeDisabledAsync();
        await ShouldBeAccessibleAsync(first);

        var second = await OpenAsync(
            Portal.TheOther("Reviewer"), $"/approvals?open={number}", new("zh", Language: "zh-Hans"));
        await ApproveHereAsync(second, Portal.TheOther("Reviewer"));

        await clerk.GotoAsync($"/refunds/{number}");
        await Expect(clerk.State()).ToHaveTextAsync("Approved, can be recalled");
        await ShouldBeAccessibleAsync(clerk);
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Recall…" }).ClickAsync();
        await clerk.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Recall USD 6.00" })
            .ClickAsync();
        await Expect(clerk.State()).ToHaveTextAsync("Recalled");
        await Expect(clerk.GetByText("Nothing was sent and no money moved.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_code_decides_nothing()
    {
        var person = Portal.The("Reviewer");
        var clerk = await OpenAsync(Portal.The("Clerk"), "/orders");
        var number = await AskAsync(clerk, await Portal.Ledger.UntouchedOrderAsync(), "2.00");
        var page = await OpenAsync(person, $"/approvals?open={number}");
        await page.Locator(".sheet footer button[data-key=a]").ClickAsync();
        await page.Locator("#step-up-code").FillAsync(person.Codes.Wrong());
        await page.Locator("#step-up-code").PressAsync("Enter");
        await Expect(page.Locator("#step-up-code-error")).ToContainTextAsync("does not fit");
        await ShouldBeAccessibleAsync(page);
        await clerk.GotoAsync($"/refunds/{number}");
        await Expect(clerk.State()).ToHaveTextAsync("Waiting for approval");
    }

    private static async Task<string> AskAsync(IPage page, string order, string amount)
    {
        await page.GotoAsync($"/orders/{order}");
        return await page.AskForRefundAsync(amount);
    }
}
