using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace MerchantPortal.Harness;

/// <summary>A process that this one started. It is ended by its own id, and with this process at the latest.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly List<string> complaints = [];

    private Child(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                lines.Writer.TryComplete();
            }
            else
            {
                lines.Writer.TryWrite(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints)
            {
                if (line.Data is not null)
                {
                    complaints.Add(line.Data);
                }
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>What it wrote to standard error.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints)
            {
                return [.. complaints];
            }
        }
    }

    public static Child Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false,
        };

        // A life of a second is over before counting calls for recompilation pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var child = new Child(Process.Start(start)!);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => child.KillQuietly();
        return child;
    }

    /// <summary>Reads until a line that begins so, and returns the rest of it.</summary>
    /// <exception cref="InvalidOperationException">It ended, or said nothing like it for a minute.</exception>
    public async Task<string> UntilAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(patience.Token))
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return line[beginning.Length..];
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what it complained about.
        }

        throw new InvalidOperationException(
            $"{process.StartInfo.FileName} did not say '{beginning}': {string.Join('\n', Complaints)}");
    }

    /// <summary>SIGKILL: nothing in it runs any more.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("-TERM");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still where it is, as a machine that sleeps or swaps.</summary>
    public Task StopForNowAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task GoOnAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        KillQuietly();
        await process.WaitForExitAsync();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void KillQuietly()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, which is what was wanted.
        }
    }
}
