using System.Data.Common;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// Two portals on one database, which keep no state of their own between runs, one provider and one clock.
/// </summary>
internal sealed class SimulationLane : IAsyncDisposable
{
    private readonly List<(WebApplication App, AsyncServiceScope Scope)> portals = [];
    private readonly PortalOptions options;
    private readonly SimulationGround? ground;
    private readonly Plant? plant;
    private (WebApplication App, AsyncServiceScope Scope)? sealedPortal;

    private SimulationLane(PortalOptions options, Cast cast, DbConnection database, Plant? plant, int nodes = 2)
    {
        this.options = options;
        this.plant = plant;
        Cast = cast;
        Database = database;
        Provider = new(Clock);
        for (var i = 0; i < nodes; i++)
        {
            var app = Build(AnchorFile(i));
            portals.Add((app, app.Services.CreateAsyncScope()));
        }
    }

    /// <summary>One run after the other on a SQLite file of its own, each from the ground's beginning.</summary>
    public SimulationLane(SimulationGround ground, Plant? plant = null)
        : this(ground.Copy(), ground, plant)
    {
    }

    private SimulationLane(string folder, SimulationGround ground, Plant? plant)
        : this(new PortalOptions { Data = folder }, ground.Cast, Open(folder), plant) => this.ground = ground;

    /// <summary>One run on the database of a world, whichever it is.</summary>
    public SimulationLane(World world, Cast cast)
        : this(
            world.Options,
            cast,
            world.Options.Database == DatabaseKind.Postgres ? new NpgsqlConnection() : new SqliteConnection(),
            null)
    {
        Database.ConnectionString = world.Options.ConnectionString;
        Database.Open();
    }

    public Cast Cast { get; private set; }

    /// <summary>Where its data lie.</summary>
    public string Folder => options.Data;

    public SeedClock Clock { get; } = new();

    public ModelProvider Provider { get; }

    /// <summary>A connection for looking on from outside, and for what somebody does past the portal.</summary>
    public DbConnection Database { get; }

    /// <summary>One node of another process on a lane's folder, as the folder stands.</summary>
    public static async Task<SimulationLane> JoinAsync(string folder, CastNames names)
    {
        var lane = new SimulationLane(new PortalOptions { Data = folder }, null!, Open(folder), null, nodes: 1);
        lane.Cast = await names.FindAsync(lane.portals[0].Scope.ServiceProvider);
        return lane;
    }

    /// <summary>Everything as on the first day.</summary>
    public void Restart()
    {
        ground?.Restore((SqliteConnection)Database);
        Clock.Restart();
        if (plant?.Sql is { } sql)
        {
            using var command = Database.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>A node that has just started; a sealed one cannot anchor its audit.</summary>
    public Node StartNode(int which, int life, Action began, Action? ends = null, bool isSealed = false) => isSealed
        ? new((sealedPortal ??= StartSealed()).Scope.ServiceProvider, $"{"AB"[which]}{life} sealed", began)
        {
            IsSealed = true,
        }
        : new(portals[which % portals.Count].Scope.ServiceProvider, $"{"AB"[which]}{life}", began) { Ends = ends };

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, scope) in portals.Concat(sealedPortal is { } built ? [built] : []))
        {
            await scope.DisposeAsync();
            await app.DisposeAsync();
        }

        await Database.DisposeAsync();
        if (ground is not null)
        {
            SqliteConnection.ClearPool(new(options.ConnectionString));
            Directory.Delete(options.Data, recursive: true);
        }
    }

    private static SqliteConnection Open(string folder)
    {
        var database = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False");
        database.Open();
        return database;
    }

    // Each portal anchors into its own file: two writers of one file are no subject of these tests.
    private string AnchorFile(int which) => Path.Combine(options.Data, $"anchor-{which}.log");

    /// <summary>A portal whose anchor would have to lie in what is no folder.</summary>
    private (WebApplication App, AsyncServiceScope Scope) StartSealed()
    {
        var file = Path.Combine(options.Data, "no-folder");
        File.WriteAllText(file, "");
        var app = Build(plant is { ForgetsSeal: true } ? AnchorFile(2) : Path.Combine(file, "anchor.log"));
        var gate = app.Services.GetRequiredService<SendGate>();
        if (plant is not { ForgetsSeal: true } && !SpinWait.SpinUntil(() => gate.Closed is not null, 10_000))
        {
            throw new InvalidOperationException("The anchor cannot be written, and the gate is open.");
        }

        return (app, app.Services.CreateAsyncScope());
    }

    private WebApplication Build(string anchor) => PortalApp.Build(
        options with { AnchorFile = anchor },
        DataFolder.Open(options.Data, PortalMode.Rehearse, Clock.GetUtcNow()),
        Clock,
        new Uri("http://127.0.0.1:9/"),
        services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<IInterceptor>(new DatabasePoints());

            // Whose turn it is, the seed says: a job that waits at its beginning must not hold up the others.
            services.AddSingleton(new WriterTurn(isNeeded: false));
            services.AddSingleton(new ProviderCatalog(plant?.Provider is { } bend ? bend(Provider) : Provider));
        });
}
