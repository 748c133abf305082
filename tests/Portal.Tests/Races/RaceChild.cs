using System.Globalization;
using System.Text.Json;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MerchantPortal.Portal.Tests.Races;

/// <summary>Where a child works.</summary>
/// <param name="Portal">The folder and the database.</param>
/// <param name="Now">The instant at which its clock stands, as everybody's.</param>
/// <param name="Sandbox">Where requests go.</param>
internal sealed record RaceGround(PortalOptions Portal, DateTimeOffset Now, Uri Sandbox);

/// <summary>One decision that several people of one process take in the same instant.</summary>
internal sealed record RaceApproval(Guid OperationId, int Version, string TermsHash, IReadOnlyList<Actor> People);

/// <summary>
/// What this program is when it is started by itself: a second process on the database of a test. It reads orders from
/// its standard input and answers each with one line.
/// </summary>
internal static class RaceChild
{
    private const int Senders = 4;

    /// <summary>Lives until its input ends.</summary>
    public static async Task LiveAsync(string where)
    {
        // The people of one process decide at once, and SQLite waits on the thread that asks.
        ThreadPool.SetMinThreads(32, 32);
        var ground = JsonSerializer.Deserialize<RaceGround>(where)!;
        await using var app = PortalApp.Build(
            ground.Portal,
            DataFolder.Open(ground.Portal.Data, PortalMode.Rehearse, ground.Now),
            new FakeClock(ground.Now),
            ground.Sandbox,
            services => services.AddLogging(logging => logging.ClearProviders()));
        await using var scope = app.Services.CreateAsyncScope();
        await SayAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            await SayAsync(line == "send"
                ? await SendAsync(scope.ServiceProvider)
                : await ApproveAsync(scope.ServiceProvider, JsonSerializer.Deserialize<RaceApproval>(line)!));
        }
    }

    /// <summary>All of them wait behind one gate, which the next line opens.</summary>
    private static async Task<string> ApproveAsync(IServiceProvider portal, RaceApproval race)
    {
        var form = new DecisionForm(race.OperationId, race.Version, race.TermsHash, Decision.Approved, "");
        var commands = portal.GetRequiredService<ApprovalCommands>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var deciding = race.People.Select(async person =>
        {
            await gate.Task;
            try
            {
                return (await commands.DecideAsync(person, form)).GetType().Name;
            }
            catch (Exception fault)
            {
                return $"fault: {fault.Message}";
            }
        }).ToList();
        await SayAsync("set");
        await Console.In.ReadLineAsync();
        gate.SetResult();
        return JsonSerializer.Serialize(await Task.WhenAll(deciding));
    }

    /// <summary>Sends until nothing is ready; how many this process sent.</summary>
    private static async Task<string> SendAsync(IServiceProvider portal)
    {
        var sender = portal.GetRequiredService<OperationSender>();
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (await sender.SendNextAsync(default))
            {
                Interlocked.Increment(ref sent);
            }
        })));
        return sent.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task SayAsync(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }
}
