using System.Diagnostics;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>The portal as a process, as people and scripts start it.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly string folder = Directory.CreateTempSubdirectory("portal-command-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_rehearsal_prints_its_lines_answers_ready_and_its_audit_verifies_afterwards()
    {
        using (var portal = Start("--data", "rehearsal", "--urls", "http://localhost:0"))
        {
            var lines = await LinesUntilReadyAsync(portal);
            lines[0].ShouldStartWith("address: http://localhost:");
            lines.Count(line => line.StartsWith("sign-in: ", StringComparison.Ordinal)).ShouldBe(8);
            using var http = new HttpClient { BaseAddress = new Uri(lines[0]["address: ".Length..]) };
            (await http.GetAsync("/healthz/ready")).IsSuccessStatusCode.ShouldBeTrue();
            await EndAsync(portal);
        }

        // A relative folder means the caller's folder, and standard output is the answer and nothing else.
        var (code, output) = await RunAsync("audit", "verify", "--data", "rehearsal");
        var answer = JsonSerializer.Deserialize<JsonElement>(output);
        (code, answer.GetProperty("ok").GetBoolean()).ShouldBe((0, true));
        answer.GetProperty("rows").GetInt64().ShouldBeGreaterThan(10);
        answer.EnumerateObject().Select(member => member.Name).ShouldBe(["rows", "ok", "first_bad", "kind"]);
    }

    [Fact]
    public async Task The_same_people_are_printed_on_the_next_start()
    {
        var starts = new List<List<string>>();
        for (var i = 0; i < 2; i++)
        {
            using var portal = Start("rehearse", "--data", "again", "--urls", "http://localhost:0");
            starts.Add(await LinesUntilReadyAsync(portal));
            await EndAsync(portal);
        }

        var people = starts.ConvertAll(
            lines => lines.FindAll(line => line.StartsWith("sign-in: ", StringComparison.Ordinal)));
        people[1].ShouldBe(people[0]);
    }

    [Fact]
    public async Task The_real_thing_prints_a_set_up_link_and_no_people_and_refuses_a_rehearsal_folder()
    {
        using (var portal = Start("serve", "--data", "live", "--urls", "http://localhost:0"))
        {
            var lines = await LinesUntilReadyAsync(portal);
            lines.ShouldNotContain(line => line.StartsWith("sign-in: ", StringComparison.Ordinal));
            lines.Single(line => line.StartsWith("set-up: ", StringComparison.Ordinal)).ShouldContain("/set-up?token=");
            await EndAsync(portal);
        }

        var (code, output) = await RunAsync("rehearse", "--data", "live", "--urls", "http://localhost:0");
        code.ShouldBe(2);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_by_exit_code_two_and_json()
    {
        var (code, output) = await RunAsync("audit", "verify", "--data", "nowhere");

        code.ShouldBe(2);
        JsonSerializer.Deserialize<JsonElement>(output).GetProperty("ok").GetBoolean().ShouldBeFalse();
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(PortalProgram).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<List<string>> LinesUntilReadyAsync(Process portal)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var lines = new List<string>();
        while (await portal.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line == "ready")
            {
                return lines;
            }

            lines.Add(line);
        }

        throw new InvalidOperationException("The portal ended before it was ready: " + string.Join('\n', lines));
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var process = Start(arguments);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output);
    }

    private static async Task EndAsync(Process portal)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        portal.Kill();
        await portal.WaitForExitAsync(deadline.Token);
    }
}
