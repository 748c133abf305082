using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace MerchantPortal.Portal.Browser;

/// <summary>
/// Tests share a portal and a browser and run one after the other. Those that settle operations have portals of their
/// own, so that their waits for codes and answers pass while others work.
/// </summary>
[CollectionDefinition(Name)]
public sealed class PortalCollection : ICollectionFixture<PortalFixture>
{
    public const string Name = "portal";
}

/// <summary>Pages by themselves, in every look.</summary>
[CollectionDefinition(Name)]
public sealed class PageCollection : ICollectionFixture<PortalFixture>
{
    public const string Name = "pages";
}

/// <summary>Refunds, alone and in batches.</summary>
[CollectionDefinition(Name)]
public sealed class RefundCollection : ICollectionFixture<PortalFixture>
{
    public const string Name = "refunds";
}

/// <summary>Everything else that is sent to a provider, and what people settle.</summary>
[CollectionDefinition(Name)]
public sealed class OperationCollection : ICollectionFixture<PortalFixture>
{
    public const string Name = "operations";
}

/// <summary>
/// The real portal in rehearsal, started as its command line starts it, and Chromium beside it. Sign-ins are read from
/// what the start prints, as a person would.
/// </summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-quic", "--no-first-run", "--force-color-profile=srgb",
    ];

    // The same browser without the windows that nobody sees: a page opens in two thirds of the time.
    private const string HeadlessShell = "/usr/bin/chromium-headless-shell";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("portal-browser-");
    private readonly List<Person> people = [];
    private RunningPortal? portal;
    private IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Where the portal listens: localhost and a port.</summary>
    public Uri Address => portal!.Address;

    /// <summary>The providers' side, as seen through the Sandbox's control interface.</summary>
    public HttpClient Sandbox { get; private set; } = null!;

    public SandboxLedger Ledger { get; private set; } = null!;

    /// <summary>The first of the printed people in a role, such as Clerk.</summary>
    public Person The(string role) => people.First(person => person.Role == role);

    /// <summary>The last of the printed people in a role: a second one where there are two.</summary>
    public Person TheOther(string role) => people.Last(person => person.Role == role);

    /// <summary>
    /// The reviewer who can give a code the soonest: a code is good once, and the next one comes after half a minute.
    /// </summary>
    public Person ReadyReviewer() =>
        people.Where(person => person.Role == "Reviewer").MinBy(person => person.Codes.LastStep)!;

    /// <summary>
    /// Lets the time be over in which questions alone may settle an operation: hours that no test can wait for.
    /// </summary>
    public async Task EndSettleTimeAsync(string number)
    {
        var services = portal!.App.Services;
        var clock = services.GetRequiredService<TimeProvider>();
        using var changed = new SemaphoreSlim(0);
        using var subscription = services.GetRequiredService<ChangeFeed>().Subscribe(_ => changed.Release());
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var rows = db.Set<Operation>().AsNoTracking().Where(row => row.Number == number);
        while (!await rows.AnyAsync(row => row.State == OperationState.NeedsPerson))
        {
            // A question that was under way writes its own times again, so the next one is told once more.
            var now = clock.GetUtcNow();
            await rows.Where(row => row.State == OperationState.Unknown).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.SettleAfter, now).SetProperty(row => row.NextQuestionAt, now));
            (await changed.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        }
    }

    public async Task InitializeAsync()
    {
        await using var printed = new StringWriter();
        portal = await PortalStart.StartAsync(
            new PortalOptions
            {
                Mode = PortalMode.Rehearse,
                Data = data.FullName,
                Urls = "http://localhost:0",
                ReviewStepSeconds = 1,
            },
            printed);
        foreach (var line in printed.ToString().Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Split(' ') is ["sign-in:", var role, var email, var password, var secret])
            {
                people.Add(new Person(this, role, email, password, new OneTimeCodes(secret)));
            }
        }

        Sandbox = new HttpClient { BaseAddress = portal.World!.SandboxAddress };
        Ledger = new SandboxLedger(Sandbox);
        playwright = await Playwright.CreateAsync();

        // A deadline for busy machines, not a wait: every expectation ends as soon as it holds.
        Assertions.SetDefaultExpectTimeout(15_000);
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM")
                ?? (File.Exists(HeadlessShell) ? HeadlessShell : "/usr/bin/chromium"),
            Args = Arguments,
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        playwright?.Dispose();
        Sandbox?.Dispose();
        if (portal is not null)
        {
            await portal.DisposeAsync();
        }

        data.Delete(recursive: true);
    }
}
