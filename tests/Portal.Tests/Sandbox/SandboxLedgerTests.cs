using System.Diagnostics;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Sandbox;

namespace MerchantPortal.Portal.Tests.Sandbox;

public sealed class SandboxLedgerTests : IDisposable
{
    const string Gateway = "/gateway/index.do";
    const string Query = "/mchtoq/refundQuery";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sandbox");

    string Ledger => Path.Combine(folder.FullName, "ledger.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Merchants_orders_refunds_and_the_certificate_survive_a_restart()
    {
        var clock = new FakeClock(SandboxHost.Start);
        byte[] key;
        await using (var before = await SandboxHost.StartAsync(args: ["--ledger", Ledger], clock: clock))
        {
            await before.PlacePaidAsync("A1");
            await before.PostAsync(Gateway, SandboxHost.Refund("A1", 6000, "R1"));
            key = before.CertificateKey.ExportSubjectPublicKeyInfo();
        }
        // What a process killed while writing leaves behind.
        await File.AppendAllTextAsync(Ledger, """{"kind":"allinpay.refund","data":{"refundId":"R0000""");
        clock.Advance(TimeSpan.FromMinutes(1));

        await using (var after = await SandboxHost.StartAsync(args: ["--ledger", Ledger], clock: clock))
        {
            after.CertificateKey.ExportSubjectPublicKeyInfo().ShouldBe(key);
            (await after.PostAsync(Query, SandboxHost.RefundQuery("A1", 6000, "R1"))).ShouldContain("|TKSUCC0006|");
            (await after.PostAsync(Gateway, SandboxHost.Refund("A1", 6000, "R2"))).ShouldStartWith("ERRORCODE=ZF10028");
            await after.PostAsync(Gateway, SandboxHost.Refund("A1", 1000, "R3"));
        }

        await using var third = await SandboxHost.StartAsync(args: ["--ledger", Ledger], clock: clock);
        (await third.RefundsAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_notification_still_owed_is_sent_after_a_restart()
    {
        var clock = new FakeClock(SandboxHost.Start);
        await using var receiver = await NotificationReceiver.StartAsync(500);
        await using (var before = await SandboxHost.StartAsync(args: ["--ledger", Ledger], clock: clock))
        {
            await before.PlaceAsync(new
            {
                merchantId = SandboxHost.Merchant,
                orderNo = "A1",
                orderDatetime = "20261121100000",
                orderAmount = 500,
                currency = "156",
                signType = "0",
                state = "paid",
                receiveUrl = receiver.Url,
                notify = true,
            });
            await before.UntilAsync(async () => (await before.GetAsync("/control/callbacks")).GetArrayLength() == 1);
        }
        clock.Advance(TimeSpan.FromSeconds(60));

        await using var after = await SandboxHost.StartAsync(args: ["--ledger", Ledger], clock: clock);
        await after.UntilAsync(async () => (await after.GetAsync("/control/callbacks")).GetArrayLength() == 2);

        receiver.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reset_forgets_everything_but_the_certificate_and_stays_so_after_a_restart()
    {
        byte[] key;
        await using (var before = await SandboxHost.StartAsync(args: ["--ledger", Ledger]))
        {
            await before.PlacePaidAsync("A1");
            key = before.CertificateKey.ExportSubjectPublicKeyInfo();
            (await before.Http.PostAsync("/control/reset", null)).EnsureSuccessStatusCode();
            (await before.GetAsync("/control/allinpay/ledger")).GetProperty("orders").GetArrayLength().ShouldBe(0);
        }

        await using var after = await SandboxHost.StartAsync(args: ["--ledger", Ledger]);
        (await after.GetAsync("/control/allinpay/ledger")).GetProperty("orders").GetArrayLength().ShouldBe(0);
        after.CertificateKey.ExportSubjectPublicKeyInfo().ShouldBe(key);
    }

    [Fact]
    public async Task A_journal_line_that_is_not_whole_in_the_middle_stops_the_start()
    {
        await File.WriteAllTextAsync(Ledger, "{\"kind\":\"reset\",\"data\":{}}\nnonsense\n");

        Should.Throw<InvalidDataException>(() => SandboxApp.Build(["--ledger", Ledger]))
            .Message.ShouldBe("Line 2 of the journal cannot be read.");
    }

    [Fact]
    public async Task A_scaled_clock_runs_faster_and_goes_on_from_the_same_epoch_after_a_restart()
    {
        var clock = new FakeClock(SandboxHost.Start);
        await using (var before = await SandboxHost.StartAsync(
            args: ["--ledger", Ledger, "--clock-scale", "60"], clock: clock))
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            (await before.GetAsync("/control/clock")).GetProperty("now").GetDateTimeOffset()
                .ShouldBe(SandboxHost.Start.AddMinutes(10));
        }

        await using (var after = await SandboxHost.StartAsync(
            args: ["--ledger", Ledger, "--clock-scale", "60"], clock: clock))
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            (await after.GetAsync("/control/clock")).GetProperty("now").GetDateTimeOffset()
                .ShouldBe(SandboxHost.Start.AddMinutes(20));
        }

        Should.Throw<SandboxOptionsException>(() => SandboxApp.Build(["--ledger", Ledger, "--clock-scale", "2"], clock))
            .Message.ShouldBe("--clock-scale: this ledger was kept at 60");
    }

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        var wrong = Should.Throw<SandboxOptionsException>(() => SandboxApp.Build(
            ["--urls", "http://0.0.0.0:5090", "--review-step=0", "--verbose", "1", "--ledger"]));

        wrong.Message.Split(Environment.NewLine).ShouldBe(
        [
            "--urls: http://0.0.0.0:5090 is not one http address on loopback",
            "--review-step: 0 is out of its range",
            "--verbose: unknown option",
            "--ledger: a value is missing",
        ]);
    }

    [Fact]
    public async Task As_a_process_it_prints_its_address_and_ready_and_nothing_else()
    {
        var start = new ProcessStartInfo("dotnet", [
            typeof(SandboxProgram).Assembly.Location, "--urls", "http://localhost:0", "--ledger", Ledger])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var address = await process.StandardOutput.ReadLineAsync(deadline.Token);
            (await process.StandardOutput.ReadLineAsync(deadline.Token)).ShouldBe("ready");
            address.ShouldNotBeNull().ShouldStartWith("address: http://127.0.0.1:");
            using var http = new HttpClient();
            (await http.GetStringAsync(new Uri(address["address: ".Length..] + "/control/health"), deadline.Token))
                .ShouldBe("ok");
        }
        finally
        {
            process.Kill();
        }
        (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
    }
}
