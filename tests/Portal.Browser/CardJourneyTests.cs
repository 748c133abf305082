using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MerchantPortal.Portal.Browser;

/// <summary>A payer's cards: looked up, one asked to be taken away, approved, gone at the Sandbox.</summary>
public sealed class CardJourneyTests(PortalFixture portal) : BrowserTest(portal)
{
    private const string Merchant = "201801160001410022";
    private const string Number = "6228483930213184893";

    [Fact]
    public async Task A_card_is_taken_away_by_two_people_and_the_provider_lists_it_no_more()
    {
        const string payer = "U77001";
        foreach (var number in new[] { Number, "6225752425080340" })
        {
            (await Portal.Sandbox.PostAsJsonAsync(
                $"/control/lianlian-mobile/merchants/{Merchant}/cards",
                new { userId = payer, cardNo = number, bindMobile = "13700077001" })).EnsureSuccessStatusCode();
        }

        var clerk = await OpenAsync(Portal.The("Clerk"), "/cards");
        await ChooseAsync(clerk);
        await clerk.Locator("#card-payer").FillAsync(payer);
        await clerk.Locator("#card-payer").PressAsync("Enter");
        await Expect(clerk.Locator(".card-list")).ToContainTextAsync("4893");
        clerk.Url.ShouldContain(payer);

        await clerk.GetByRole(AriaRole.Button, new() { Name = "Take away the card ending 4893" }).ClickAsync();
        var dialog = clerk.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#unbind-reason").SelectOptionAsync("CardLost");
        await Expect(dialog).ToContainTextAsync("Who approves");
        await Expect(dialog).ToContainTextAsync("then it expires");
        await ShouldBeAccessibleAsync(clerk);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask to take away" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await clerk.Locator(".card-list a").ClickAsync();
        await Expect(clerk.State()).ToHaveTextAsync("Waiting for approval");
        await Expect(clerk.GetByText("You asked for it yourself").First).ToBeVisibleAsync();
        var request = clerk.Url.Split('/')[^1];

        await ApproveAsync(request);

        // Nobody reloads the clerk's page; it follows by itself.
        await Expect(clerk.State()).ToHaveTextAsync("Card removed", new() { Timeout = Steps.UntilKnown });
        await ShouldBeAccessibleAsync(clerk);
        await clerk.GetByRole(AriaRole.Link, new() { Name = "Cards of this payer" }).ClickAsync();
        await Expect(clerk.Locator(".card-list")).ToContainTextAsync("0340");
        await Expect(clerk.Locator(".card-list")).Not.ToContainTextAsync("4893");
    }

    [Fact]
    public async Task A_cards_bank_is_told_and_its_number_is_gone_from_the_page()
    {
        var clerk = await OpenAsync(Portal.The("Clerk"), "/cards");
        await clerk.Locator("#card-number").FillAsync("6228 4839 3021 3184 893");
        await clerk.Locator("#card-number").PressAsync("Enter");
        await Expect(clerk.Locator("main")).ToContainTextAsync("农业银行");
        await Expect(clerk.Locator("main")).ToContainTextAsync("4893");
        await Expect(clerk.Locator("#card-number")).ToHaveValueAsync("");
        clerk.Url.ShouldNotContain("6228");
        await ShouldBeAccessibleAsync(clerk);
        await clerk.Locator("#card-number").FillAsync("1234567890123456");
        await clerk.Locator("#card-number").PressAsync("Enter");
        await Expect(clerk.Locator("#card-number-error")).ToContainTextAsync("not a card’s number");
        await ShouldBeAccessibleAsync(clerk);
    }

    public static TheoryData<string> Looks() => new(Look.All.Select(look => look.Name));

    [Theory, MemberData(nameof(Looks))]
    public async Task The_page_of_a_request_fits_every_look(string name)
    {
        var look = Look.All.Single(one => one.Name == name);
        var clerk = await OpenAsync(Portal.The("Clerk"), "/cards", look);
        await ChooseAsync(clerk);
        await clerk.Locator("#card-payer").FillAsync("U30881");
        await clerk.Locator("#card-payer").PressAsync("Enter");
        await clerk.Locator(".card-list a").First.ClickAsync();
        await Expect(clerk.State()).ToBeVisibleAsync();
        await ShouldFitAsync(clerk, "unbind", look);
    }

    private static async Task ChooseAsync(IPage page)
    {
        var option = page.Locator("#card-account option", new() { HasText = "Mobile app" });
        await page.GotoAsync($"/cards?account={await option.GetAttributeAsync("value")}");
    }

    private async Task ApproveAsync(string request)
    {
        var person = Portal.ReadyReviewer();
        var reviewer = await OpenAsync(person, $"/cards/{request}");
        await reviewer.GetByRole(AriaRole.Link, new() { Name = "Open in approvals" }).First.ClickAsync();
        await Expect(reviewer.Locator(".sheet")).ToContainTextAsync("4893");
        await ApproveHereAsync(reviewer, person);
    }
}
