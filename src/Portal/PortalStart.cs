using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Rehearsal;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MerchantPortal.Portal;

/// <summary>Starts a portal, whole or not at all, and says where it listens.</summary>
public static class PortalStart
{
    /// <summary>Runs until it is stopped.</summary>
    public static async Task<int> RunAsync(PortalOptions options, CancellationToken cancel)
    {
        await using var portal = await StartAsync(options, Console.Out, cancel: cancel);
        await portal.App.WaitForShutdownAsync(cancel);
        return 0;
    }

    /// <summary>Starts and prints the address, in rehearsal the people, and "ready".</summary>
    /// <exception cref="StartRefusedException">
    /// An option, the folder or the database forbids it; the message says why.
    /// </exception>
    public static async Task<RunningPortal> StartAsync(
        PortalOptions options, TextWriter output, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new StartRefusedException(string.Join('\n', faults));
        }

        var folder = DataFolder.Open(options.Data, options.Mode, TimeProvider.System.GetUtcNow());
        if (folder.IsNew && !File.Exists(options.RootKeyPath))
        {
            RootKey.Create(options.RootKeyPath);
        }

        RefuseWithoutRoot(options);
        var time = clock ?? Clock(options, folder);
        var world = options.Mode == PortalMode.Rehearse ? await RehearsalWorld.StartAsync(options, time, cancel) : null;
        var app = PortalApp.Build(options, folder, time, world?.SandboxAddress);
        var portal = new RunningPortal(app, world);
        try
        {
            TakeFolder(app);
            await app.Services.GetRequiredService<Schema>().PrepareAsync(options.Mode);
            await AuditStart.CheckAsync(app.Services, cancel);
            await app.StartAsync(cancel);
            var address = app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!.Addresses.First();
            portal.Address = new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
            await SayAsync(portal, output);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a second process beside a portal: it sends, asks and expires, and shows no pages.</summary>
    public static async Task<int> RunWorkerAsync(PortalOptions options, CancellationToken cancel)
    {
        using var worker = await StartWorkerAsync(options, Console.Out, cancel: cancel);
        await worker.WaitForShutdownAsync(cancel);
        return 0;
    }

    /// <summary>Starts such a process on a folder that is there, in the folder's mode, and prints "ready".</summary>
    /// <exception cref="StartRefusedException">
    /// An option, the folder or the database forbids it; the message says why.
    /// </exception>
    public static async Task<IHost> StartWorkerAsync(
        PortalOptions options, TextWriter output, Action<IServiceCollection>? adjust = null,
        CancellationToken cancel = default)
    {
        var folder = DataFolder.OpenExisting(options.Data);
        options = options with { Mode = folder.Mode };
        if (options.Faults().Concat(options.WorkerFaults()).ToList() is { Count: > 0 } faults)
        {
            throw new StartRefusedException(string.Join('\n', faults));
        }

        RefuseWithoutRoot(options);
        var worker = PortalApp.BuildWorker(options, Clock(options, folder), options.SandboxAddress, adjust);
        try
        {
            TakeFolder(worker);
            await worker.Services.GetRequiredService<Schema>().CheckAsync(options.Mode);
            await AuditStart.CheckAsync(worker.Services, cancel);
            await worker.StartAsync(cancel);
            await output.WriteLineAsync("ready");
            await output.FlushAsync(cancel);
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Takes the data folder for this computer; a process that loses it stops.</summary>
    private static void TakeFolder(IHost host)
    {
        var folder = host.Services.GetRequiredService<HostLock>();
        folder.Take();
        folder.WhenLost.Register(host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
    }

    /// <summary>Every process of a folder gets the same clock.</summary>
    private static TimeProvider Clock(PortalOptions options, DataFolder folder) => options.ClockScale > 1
        ? new ScaledTime(folder.Content.CreatedAt, options.ClockScale)
        : TimeProvider.System;

    private static void RefuseWithoutRoot(PortalOptions options)
    {
        if (!File.Exists(options.RootKeyPath))
        {
            throw new StartRefusedException(
                $"--root-key: there is no {options.RootKeyPath}; without it nothing can be opened.");
        }
    }

    private static async Task SayAsync(RunningPortal portal, TextWriter output)
    {
        var lines = new List<string> { $"address: {portal.Address.GetLeftPart(UriPartial.Authority)}" };
        if (portal.World is { } world)
        {
            lines.AddRange(await world.PopulateAsync(portal.App.Services, portal.Address));
        }
        else
        {
            await using var scope = portal.App.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<TeamCommands>().FirstAdminLinkAsync() is { } token)
            {
                lines.Add($"set-up: {new Uri(portal.Address, Shell.PortalUrls.SetUp(token))}");
            }
        }

        foreach (var line in lines)
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync("ready");
        await output.FlushAsync();
    }
}

/// <summary>A started portal with what belongs to it.</summary>
public sealed class RunningPortal(WebApplication app, RehearsalWorld? world) : IAsyncDisposable
{
    public WebApplication App { get; } = app;

    /// <summary>The demo world and its Sandbox; null in the real thing.</summary>
    public RehearsalWorld? World { get; } = world;

    public Uri Address { get; internal set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }
}
