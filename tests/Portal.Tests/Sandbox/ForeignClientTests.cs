using System.Diagnostics;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class ForeignClientTests
{
    static readonly string[] Allinpay =
    [
        "refund accepted",
        "refund query verified",
        "refund query by MD5 verified",
        "batch query verified",
        "order query verified",
        "notification verified",
        "payData taken and refused",
        "payData of an international card taken",
        "pre-authorisation confirmed",
        "pre-authorisation cancelled",
    ];

    static readonly string[] LianLianMobile =
    [
        "payment by the app verified",
        "notification verified",
        "order query verified",
        "card BIN query verified",
        "signed cards verified",
        "unbinding verified",
        "refund and refund query verified",
        "pre-authorisation complete, cancel and query verified",
        "settlement files agree",
        "a wrong signature is refused under a right one",
    ];

    static readonly string[] LianLianGlobal =
    [
        "payment created", "payment query verified", "refund accepted", "refund query verified", "cancellation refused",
        "wrong signature refused",
    ];

    static readonly string[] BgcPay =
    [
        "user query verified", "trade created", "trade query verified", "transfer made once", "transfer query verified",
    ];

    public static TheoryData<string, string[]> Scripts() => new()
    {
        { "bgcpay.sh", BgcPay },
        { "allinpay.sh", Allinpay },
        { "lianlian-global.sh", LianLianGlobal },
        {
            "lianlian-mobile.sh",
            [.. LianLianMobile.Select(line => "MD5: " + line), .. LianLianMobile.Select(line => "RSA: " + line)]
        },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_client_of_curl_openssl_and_md5sum_agrees_on_every_signature(string script, string[] lines)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var path = Path.Combine(Root(), "tests", "foreign-client", script);
        var start = new ProcessStartInfo("bash", [path, $"{sandbox.Http.BaseAddress}".TrimEnd('/')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        (await errors).ShouldBeEmpty();
        process.ExitCode.ShouldBe(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(lines);
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MerchantPortal.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
