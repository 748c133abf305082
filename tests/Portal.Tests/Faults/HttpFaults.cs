using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>The faults of the way to a provider and of its answers, over real connections.</summary>
internal static class HttpFaults
{
    /// <summary>The provider did it, and the answer never came: a question tells, and nothing goes twice.</summary>
    public static async Task AnswerLost(OperationKind kind)
    {
        await using var ground = await SandboxGround.StartAsync(kind);
        await ground.OrderFaultAsync("lost");
        await ground.SendAsync(hangs: true);
        await ground.StandsAsync(OperationState.Unknown, OperationStanding.Unknown, arrived: 1);

        await ground.AskUntilFinalAsync();

        await ground.StandsAsync(OperationState.Succeeded, OperationStanding.Succeeded, arrived: 1);
        (await ground.Sender.SendNextAsync(default)).ShouldBeFalse();
    }

    /// <summary>Whatever comes back is outside the definite lists, so nobody can tell.</summary>
    public static async Task Unclear(OperationKind kind, string fault, Action<IServiceCollection>? plant = null)
    {
        await using var ground = await SandboxGround.StartAsync(kind, plant: plant);
        await ground.OrderFaultAsync(fault);
        await ground.SendAsync();

        await ground.StandsAsync(OperationState.Unknown, OperationStanding.Unknown, arrived: 1);
        (await ground.Sender.SendNextAsync(default)).ShouldBeFalse();
        (await ground.Host.GetAsync("/control/calls?interface=redirect-target")).GetArrayLength().ShouldBe(0);
    }

    /// <summary>The answer drips: the whole exchange ends after twenty seconds.</summary>
    public static async Task Dripping(OperationKind kind)
    {
        await using var ground = await SandboxGround.StartAsync(kind);
        await ground.OrderFaultAsync("slow-drip");
        var before = ground.World.Clock.GetUtcNow();
        await ground.SendAsync(hangs: true);
        await ground.StandsAsync(OperationState.Unknown, OperationStanding.Unknown, arrived: 1);
        (ground.World.Clock.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(20));

        await ground.AskUntilFinalAsync();
        await ground.StandsAsync(OperationState.Succeeded, OperationStanding.Succeeded, arrived: 1);
    }

    /// <summary>Nobody listens.</summary>
    public static async Task Refused(OperationKind kind)
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/");
        port.Stop();
        await using var ground = await SandboxGround.StartAsync(kind);
        await NotSentThenHealedAsync(ground, address);
    }

    /// <summary>A certificate that must not be trusted, or a handshake that never ends.</summary>
    public static async Task Tls(OperationKind kind, string fault)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authority = TlsServer.Authority(now);
        using var stranger = TlsServer.Authority(now);
        await using var server = TlsServer.Start(Certificate(fault, authority, stranger, now));
        using var handler = TlsServer.Trusting(authority);
        await using var ground = await SandboxGround.StartAsync(kind, handler);

        await NotSentThenHealedAsync(ground, server.Address, fault == "hanging" ? server : null);

        server.Handshakes.ShouldBe(0);
        server.Knocks.ShouldBe(1);
    }

    /// <summary>What the four bad ones are compared with; null never answers.</summary>
    public static X509Certificate2? Certificate(
        string fault, X509Certificate2 authority, X509Certificate2 stranger, DateTimeOffset now) => fault switch
        {
            "good" => TlsServer.Issue(authority, "localhost", now.AddDays(-1), now.AddDays(30)),
            "untrusted" => TlsServer.Issue(stranger, "localhost", now.AddDays(-1), now.AddDays(30)),
            "other-host" => TlsServer.Issue(authority, "elsewhere.example", now.AddDays(-1), now.AddDays(30)),
            "expired" => TlsServer.Issue(authority, "localhost", now.AddDays(-30), now.AddDays(-1)),
            _ => null,
        };

    private static async Task NotSentThenHealedAsync(SandboxGround ground, Uri address, TlsServer? hanging = null)
    {
        ground.Reach(address);
        await ground.SendAsync(
            hanging is not null, hanging is null ? null : () => Task.FromResult(hanging.Knocks == 1));
        await ground.StandsAsync(OperationState.Ready, OperationStanding.TriesAgain, arrived: 0);
        (await ground.Sender.SendNextAsync(default)).ShouldBeFalse("it waits before the next try");

        ground.Heal();
        ground.World.Clock.Advance(TimeSpan.FromSeconds(5));
        await ground.SendAsync();
        await ground.AskUntilFinalAsync();
        await ground.StandsAsync(OperationState.Succeeded, OperationStanding.Succeeded, arrived: 1);
    }
}
