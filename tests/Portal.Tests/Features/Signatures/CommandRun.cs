using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Features.Signatures;

/// <summary>What a run of the command line left behind.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The one JSON object; fails when there is anything beside it.</summary>
    public JsonElement Json()
    {
        Output.ShouldEndWith("\n");
        Output.TrimEnd('\n').ShouldNotContain('\n');
        using var json = JsonDocument.Parse(Output);
        json.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        return json.RootElement.Clone();
    }

    public string Text(string member) => Json().GetProperty(member).GetString()!;

    public string[] Members() => [.. Json().EnumerateObject().Select(member => member.Name)];

    public string[] Warnings() => [.. Json().GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];

    public void ShouldBeUnusable(string why)
    {
        ExitCode.ShouldBe(2, Output + Errors);
        Members().ShouldBe(["error"]);
        Text("error").ShouldContain(why);
        Errors.ShouldContain(why);
    }
}

/// <summary>Runs signature sign and verify in this process, on files of its own.</summary>
internal sealed class SignatureFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signature");
    private int count;

    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    public string File(string text) => File(Encoding.UTF8.GetBytes(text));

    public string File(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(folder.FullName, $"file{count++}");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public Task<CommandRun> SignAsync(string provider, string @interface, string message, params string[] options) =>
        RunAsync(["signature", "sign", .. Common(provider, @interface, File(message)), .. options]);

    public Task<CommandRun> VerifyAsync(
        string provider, string @interface, string message, string signature, params string[] options) => RunAsync(
        [
            "signature", "verify", .. Common(provider, @interface, File(message)), "--signature", signature,
            .. options,
        ]);

    public static async Task<CommandRun> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await PortalCommands.RunAsync(
            args, new() { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return new(exitCode, output.ToString(), errors.ToString());
    }

    public static string[] Common(string provider, string @interface, string file) =>
        ["--provider", provider, "--interface", @interface, "--message", file];
}
