using System.Diagnostics;
using System.Text;

namespace MerchantPortal.Portal.Tests.Features.Signatures;

/// <summary>The built program itself: what stands on its two outputs, and what it leaves behind.</summary>
public sealed class SignatureProgramTests : IDisposable
{
    private const string Line =
        "v2.4|0|100020091218001|NO20141128151700|1|20141128031757|2014|TKSUCC0002|20141128151433";

    private readonly SignatureFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task The_program_prints_one_object_and_touches_no_folder()
    {
        var key = Path.GetFileName(files.File("1234567890\n"));
        var message = Path.GetFileName(files.File("""{"productName":"笔记本电脑","orderNo":"NO1"}"""));
        var before = Directory.GetFileSystemEntries(files.Folder);

        var run = await StartAsync(
            "", ["sign", .. SignatureFiles.Common("allinpay", "pay-data", message), "--md5-key-file", key]);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Text("canonical").ShouldBe("orderNo=NO1&productName=笔记本电脑");
        run.Output.ShouldContain("笔记本电脑");
        run.Errors.ShouldBeEmpty();
        Directory.GetFileSystemEntries(files.Folder).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task A_message_comes_from_standard_input_byte_for_byte()
    {
        string[] args =
        [
            "verify", .. SignatureFiles.Common("allinpay", "refund-query-answer", "-"),
            "--signature", "B93C478F65CBB562122D367B262FC305", "--md5-key-file", files.File("1234567890"),
        ];

        var valid = await StartAsync(Line + "\r\n", args);
        valid.ExitCode.ShouldBe(0, valid.Errors);
        valid.Text("variant").ShouldBe("final line end");

        var changed = await StartAsync(Line.Replace("|1|", "|2|", StringComparison.Ordinal), args);
        changed.ExitCode.ShouldBe(1, changed.Errors);
        changed.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_one_object_too()
    {
        var run = await StartAsync("", ["sign", "--provider", "allinpay"]);
        run.ShouldBeUnusable("--interface");
    }

    private async Task<CommandRun> StartAsync(string input, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PortalProgram).Assembly.Location, "signature", .. args])
        {
            WorkingDirectory = files.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
            StandardInputEncoding = new UTF8Encoding(false),
        };

        // A terminal that speaks something else changes nothing of the output.
        start.Environment["LANG"] = "en_US.ISO-8859-1";
        start.Environment["LC_ALL"] = "en_US.ISO-8859-1";
        using var program = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await program.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
        program.StandardInput.Close();
        var errors = program.StandardError.ReadToEndAsync(deadline.Token);
        var output = await program.StandardOutput.ReadToEndAsync(deadline.Token);
        await program.WaitForExitAsync(deadline.Token);
        return new(program.ExitCode, output, await errors);
    }
}
