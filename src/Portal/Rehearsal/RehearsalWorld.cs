using System.Text.Json;
using MerchantPortal.Sandbox;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// The demo world of a rehearsal: the Sandbox as a second web host, and the people and orders of a merchant.
/// </summary>
public sealed class RehearsalWorld : IAsyncDisposable
{
    private const string PeopleFile = "rehearsal.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly WebApplication sandbox;
    private readonly PortalOptions options;

    private RehearsalWorld(WebApplication sandbox, PortalOptions options)
    {
        this.sandbox = sandbox;
        this.options = options;
        SandboxAddress = new Uri(sandbox.Urls.First());
    }

    /// <summary>Where the Sandbox listens.</summary>
    public Uri SandboxAddress { get; }

    /// <summary>Starts the Sandbox, with its ledger in the data folder so that it survives a restart.</summary>
    public static async Task<RehearsalWorld> StartAsync(
        PortalOptions options, TimeProvider time, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(options.Data, "sandbox"));
        var app = SandboxApp.Build(
            [
                "--urls", options.SandboxUrls,
                "--ledger", Path.Combine(options.Data, "sandbox", "ledger.jsonl"),
                "--review-step", options.ReviewStepSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ],
            time);
        await app.StartAsync(cancel);
        return new(app, options);
    }

    /// <summary>Makes the world on the first start; tells the people's sign-ins on every start.</summary>
    public async Task<IReadOnlyList<string>> PopulateAsync(IServiceProvider services, Uri portal)
    {
        var file = Path.Combine(options.Data, PeopleFile);
        DemoSecrets secrets;
        if (File.Exists(file))
        {
            secrets = JsonSerializer.Deserialize<DemoSecrets>(await File.ReadAllTextAsync(file), Json)!;
        }
        else
        {
            secrets = DemoSecrets.New();
            using var control = new SandboxControl(SandboxAddress);
            await using var scope = services.CreateAsyncScope();
            await new DemoWorld(scope.ServiceProvider, control, portal).CreateAsync(secrets);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(secrets, Json));
        }

        return
        [
            $"sandbox: {SandboxAddress.GetLeftPart(UriPartial.Authority)}",
            .. secrets.People.Select(p => $"sign-in: {p.Role} {p.Email} {p.Password} {p.TotpSecret}"),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.StopAsync();
        await sandbox.DisposeAsync();
    }
}
