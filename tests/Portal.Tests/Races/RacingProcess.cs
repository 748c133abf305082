using System.Diagnostics;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Races;

/// <summary>This program once more, as a process of its own. It ends with the test at the latest.</summary>
internal sealed class RacingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly Task<string> complaints;

    private RacingProcess(Process process)
    {
        this.process = process;
        complaints = process.StandardError.ReadToEndAsync();
    }

    public static async Task<RacingProcess> StartAsync(RaceGround ground)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(RaceChild).Assembly.Location, JsonSerializer.Serialize(ground)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var racing = new RacingProcess(Process.Start(start)!);
        (await racing.HearAsync()).ShouldBe("ready");
        return racing;
    }

    public async Task SayAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Its next line.</summary>
    /// <exception cref="InvalidOperationException">It ended; the message has what it complained of.</exception>
    public async Task<string> HearAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException($"The child ended: {await complaints}");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
