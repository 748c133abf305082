using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// One seed after the other on one database file: two portals on it, which keep no state of their own between seeds,
/// one provider and one clock.
/// </summary>
internal sealed class SimulationLane : IAsyncDisposable
{
    private readonly List<(WebApplication App, AsyncServiceScope Scope)> portals = [];
    private readonly string folder;
    private readonly Plant? plant;

    public SimulationLane(SimulationGround ground, Plant? plant)
    {
        Ground = ground;
        this.plant = plant;
        folder = ground.Copy();
        Database = new($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False");
        Database.Open();
        Provider = new(Clock);
        for (var i = 0; i < 2; i++)
        {
            var app = Build(i);
            portals.Add((app, app.Services.CreateAsyncScope()));
        }
    }

    public SimulationGround Ground { get; }

    public SeedClock Clock { get; } = new();

    public ModelProvider Provider { get; }

    /// <summary>A connection for looking on from outside, and for what somebody does past the portal.</summary>
    public SqliteConnection Database { get; }

    /// <summary>Everything as on the first day.</summary>
    public void Restart()
    {
        Ground.Restore(Database);
        Clock.Restart();
        if (plant?.Sql is { } sql)
        {
            using var command = Database.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>A node that has just started.</summary>
    public Node StartNode(int which, int life, Action began) =>
        new(portals[which].Scope.ServiceProvider, $"{"AB"[which]}{life}", began);

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, scope) in portals)
        {
            await scope.DisposeAsync();
            await app.DisposeAsync();
        }

        await Database.DisposeAsync();
        SqliteConnection.ClearPool(new(Options(0).ConnectionString));
        Directory.Delete(folder, recursive: true);
    }

    // Each portal anchors into its own file: two writers of one file are no subject of this test.
    private PortalOptions Options(int which) =>
        new() { Data = folder, AnchorFile = Path.Combine(folder, $"anchor-{which}.log") };

    private WebApplication Build(int which) => PortalApp.Build(
        Options(which),
        DataFolder.Open(folder, PortalMode.Rehearse, Clock.GetUtcNow()),
        Clock,
        new Uri("http://127.0.0.1:9/"),
        services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<IInterceptor>(new DatabasePoints());
            services.AddSingleton(new ProviderCatalog(plant?.Provider is { } bend ? bend(Provider) : Provider));
        });
}
