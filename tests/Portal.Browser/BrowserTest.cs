using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace MerchantPortal.Portal.Browser;

/// <summary>
/// A test with windows of its own. When it ends, whatever the browser complained about on its consoles, refused by the
/// content security policy or not caught by a script, fails it.
/// </summary>
[Collection(PortalCollection.Name)]
public abstract class BrowserTest(PortalFixture portal) : IAsyncLifetime
{
    private readonly List<IBrowserContext> windows = [];
    private readonly List<IPage> pages = [];
    private readonly ConcurrentQueue<string> complaints = [];

    protected PortalFixture Portal { get; } = portal;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var page in pages)
        {
            await page.CloseAsync();
        }

        foreach (var window in windows)
        {
            await window.DisposeAsync();
        }

        complaints.Where(complaint => !Expected.Exists(words => complaint.Contains(words, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    /// <summary>Words of complaints that this test means to cause, such as "status of 403".</summary>
    protected List<string> Expected { get; } = [];

    /// <summary>A page of a person who is signed in.</summary>
    protected async Task<IPage> OpenAsync(Person person, string path, Look? look = null) =>
        await OpenAsync(await person.WindowAsync(look ?? Look.Light), path);

    /// <summary>A page of somebody who is not signed in.</summary>
    protected async Task<IPage> OpenAsync(string path, Look? look = null)
    {
        look ??= Look.Light;
        var window = await Portal.Browser.NewContextAsync(new()
        {
            BaseURL = Portal.Address.ToString(), ViewportSize = look.Window, ReducedMotion = ReducedMotion.Reduce,
        });
        windows.Add(window);
        await window.AddCookiesAsync(look.Cookies(Portal.Address));
        return await OpenAsync(window, path);
    }

    /// <summary>Approves what is asked for under a number, in the inbox, as one of the reviewers.</summary>
    /// <param name="number">Number of the operation.</param>
    /// <param name="shown">What the sheet must show before anybody approves, such as the amount.</param>
    protected async Task ApproveAsync(string number, params string[] shown)
    {
        var person = Portal.ReadyReviewer();
        var page = await OpenAsync(person, $"/approvals?open={number}");
        foreach (var words in shown)
        {
            await Assertions.Expect(page.Locator(".sheet")).ToContainTextAsync(words);
        }

        await ApproveHereAsync(page, person);
    }

    /// <summary>Approves what the open sheet shows.</summary>
    protected static async Task ApproveHereAsync(IPage page, Person person)
    {
        await page.Locator(".sheet footer button[data-key=a]").ClickAsync();
        await ShouldBeAccessibleAsync(page);
        await page.GiveCodeAsync(person);
    }

    /// <summary>Confirms a change that somebody else proposed, in the list of changes.</summary>
    /// <param name="person">Who confirms.</param>
    /// <param name="about">Words of its line, such as the person or the number it is about.</param>
    /// <param name="title">Title of its kind.</param>
    /// <param name="shown">What the sheet must show before anybody confirms.</param>
    protected async Task ConfirmChangeAsync(Person person, string about, string title, params string[] shown)
    {
        var page = await OpenAsync(person, "/changes");
        await page.Locator(".inbox .item", new() { HasText = title })
            .Filter(new() { HasText = about }).ClickAsync();
        await Assertions.Expect(page.Locator(".sheet h2").First).ToHaveTextAsync(title);
        foreach (var words in shown)
        {
            await Assertions.Expect(page.Locator(".sheet")).ToContainTextAsync(words);
        }

        await ApproveHereAsync(page, person);
    }

    /// <summary>Approves a whole batch on its page, as one of the reviewers.</summary>
    /// <param name="url">Address of the batch.</param>
    /// <param name="act">What the button says, with count and sum.</param>
    /// <param name="told">What the page says afterwards.</param>
    protected async Task ApproveBatchAsync(string url, string act, string told)
    {
        var person = Portal.ReadyReviewer();
        var page = await OpenAsync(person, new Uri(url).AbsolutePath);
        await page.Locator("#batch-approve").ClickAsync();
        await ShouldBeAccessibleAsync(page);
        await page.Locator("#step-up-code").FillAsync(await person.Codes.NextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
        await Assertions.Expect(page.Locator("#step-up-code")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(told);
    }

    /// <summary>No fault that the axe rules know, in the page as it stands.</summary>
    protected static async Task ShouldBeAccessibleAsync(IPage page) =>
        (await AxeRules.FaultsAsync(page)).ShouldBeEmpty(page.Url);

    /// <summary>The page fits its window: nobody has to scroll sideways to read a line.</summary>
    protected static async Task ShouldNotScrollSidewaysAsync(IPage page)
    {
        const string widest = """
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
              .filter(e => e.getBoundingClientRect().right > innerWidth)
              .map(e => `${e.tagName} ${e.className} to ${e.getBoundingClientRect().right}`).slice(-8)
              .concat(`page ${document.documentElement.scrollWidth} of ${innerWidth}`)
            """;
        (await page.EvaluateAsync<string[]>(widest)).ShouldBeEmpty(page.Url);
    }

    /// <summary>A page in one look: accessible, within its window, and its picture taken.</summary>
    protected static async Task ShouldFitAsync(IPage page, string name, Look look)
    {
        await ShouldBeAccessibleAsync(page);
        await ShouldNotScrollSidewaysAsync(page);
        await Pictures.TakeAsync(page, name, look);
    }

    private async Task<IPage> OpenAsync(IBrowserContext window, string path)
    {
        var page = await window.NewPageAsync();
        pages.Add(page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, fault) => complaints.Enqueue($"{page.Url}: {fault}");
        await page.GotoAsync(path);
        await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
        return page;
    }
}
