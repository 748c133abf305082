using System.Net;
using System.Text;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayFaultTests
{
    const string Gateway = "/gateway/index.do";
    const string Query = "/mchtoq/refundQuery";

    static object Fault(string kind, string on = "refund", int? delayMs = null, bool beforeEffect = false,
        string? code = null, int times = 1) => new
        {
            provider = "allinpay",
            @interface = on,
            kind,
            delayMs,
            beforeEffect,
            code,
            times,
        };

    static async Task<SandboxHost> StartWithAsync(object fault)
    {
        var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PlacePaidAsync("B1");
        await sandbox.OrderFaultAsync(fault);
        return sandbox;
    }

    [Theory]
    [InlineData("dropped", false, 0)]
    [InlineData("reset-after", false, 1)]
    [InlineData("reset-after", true, 0)]
    [InlineData("cut-off", false, 1)]
    public async Task A_broken_connection_does_its_work_or_not_as_ordered(string kind, bool before, int done)
    {
        await using var sandbox = await StartWithAsync(Fault(kind, beforeEffect: before));

        await Should.ThrowAsync<HttpRequestException>(
            () => sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1")));

        (await sandbox.RefundsAsync()).Length.ShouldBe(done);
        var call = (await sandbox.GetAsync("/control/calls?interface=refund")).EnumerateArray().Single();
        call.GetProperty("faultKind").GetString().ShouldBe(kind);
        call.GetProperty("answered").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("error-500", HttpStatusCode.InternalServerError, 0)]
    [InlineData("error-500-done", HttpStatusCode.InternalServerError, 1)]
    [InlineData("html-200", HttpStatusCode.OK, 1)]
    [InlineData("empty-200", HttpStatusCode.OK, 1)]
    [InlineData("redirect-307", HttpStatusCode.TemporaryRedirect, 0)]
    public async Task An_answer_that_is_not_one_comes_with_or_without_the_work_done(
        string kind, HttpStatusCode status, int done)
    {
        await using var sandbox = await StartWithAsync(Fault(kind));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = sandbox.Http.BaseAddress };

        using var answer = await http.PostAsync(Gateway, new StringContent(
            SandboxHost.Refund("A1", 100, "R1"), Encoding.UTF8, "application/x-www-form-urlencoded"));

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("refundResult");
        (await sandbox.RefundsAsync()).Length.ShouldBe(done);
    }

    [Fact]
    public async Task Whoever_follows_the_redirect_is_seen_doing_so()
    {
        await using var sandbox = await StartWithAsync(Fault("redirect-307"));

        (await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"))).ShouldBe("a redirect was followed");

        var seen = (await sandbox.GetAsync("/control/calls?interface=redirect-target")).EnumerateArray().Single();
        seen.GetProperty("fields").GetProperty("orderNo").GetString().ShouldBe("A1");
    }

    [Fact]
    public async Task A_lost_answer_is_held_and_then_the_connection_ends_with_the_work_done()
    {
        await using var sandbox = await StartWithAsync(Fault("lost", delayMs: 60_000));

        var call = sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        await sandbox.UntilAsync(async () => (await sandbox.RefundsAsync()).Length == 1);
        call.IsCompleted.ShouldBeFalse();

        await sandbox.UntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(10));
        await Should.ThrowAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task A_request_can_take_effect_long_after_its_caller_has_given_up()
    {
        await using var sandbox = await StartWithAsync(Fault("late", delayMs: 60_000, beforeEffect: true));
        using var patience = new CancellationTokenSource();

        var call = sandbox.SendAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"), patience.Token);
        await sandbox.UntilAsync(async () =>
            (await sandbox.GetAsync("/control/calls?interface=refund")).GetArrayLength() == 1);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await sandbox.RefundsAsync()).ShouldBeEmpty();

        await sandbox.UntilAsync(async () => (await sandbox.RefundsAsync()).Length == 1, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_late_answer_comes_in_the_end()
    {
        await using var sandbox = await StartWithAsync(Fault("late", delayMs: 5_000));

        var call = sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        await sandbox.UntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(1));

        SandboxHost.Form(await call)["refundResult"].ShouldBe("20");
    }

    [Fact]
    public async Task A_dripping_answer_arrives_byte_by_byte()
    {
        await using var sandbox = await StartWithAsync(Fault("slow-drip", delayMs: 1_000));

        var call = sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        await sandbox.UntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(1));

        SandboxHost.Form(await call)["refundResult"].ShouldBe("20");
        (sandbox.Clock.GetUtcNow() - SandboxHost.Start).TotalSeconds.ShouldBeGreaterThanOrEqualTo((await call).Length);
    }

    [Theory]
    [InlineData("wrong-signature")]
    [InlineData("no-signature")]
    [InlineData("duplicate-answer-other-order")]
    [InlineData("oversized")]
    [InlineData("truncated")]
    public async Task A_bent_answer_does_not_stand_for_the_refund_that_was_made(string kind)
    {
        await using var sandbox = await StartWithAsync(Fault(kind));

        var answer = await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));

        (await sandbox.RefundsAsync()).Length.ShouldBe(1);
        var place = answer.IndexOf("&signMsg=", StringComparison.Ordinal);
        var signed = place >= 0
            && SandboxHost.Form(answer)["signMsg"] == SandboxHost.Md5(answer[..place] + "&key=1234567890");
        signed.ShouldBe(kind is "duplicate-answer-other-order" or "oversized");
        answer.Contains("orderNo=B1", StringComparison.Ordinal).ShouldBe(kind == "duplicate-answer-other-order");
        (answer.Length > 1_000_000).ShouldBe(kind == "oversized");
    }

    [Fact]
    public async Task A_wrong_charset_shows_as_bytes_that_are_not_utf_8()
    {
        await using var sandbox = await StartWithAsync(Fault("wrong-charset"));

        using var answer = await sandbox.SendAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Should.Throw<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(bytes));
        (await sandbox.RefundsAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_on_order_does_nothing_and_an_unknown_answer_hides_what_was_done()
    {
        await using var sandbox = await StartWithAsync(Fault("refuse", code: "ZF30003"));

        (await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"))).ShouldStartWith("ERRORCODE=ZF30003&");
        (await sandbox.RefundsAsync()).ShouldBeEmpty();

        await sandbox.OrderFaultAsync(Fault("unknown-done"));
        (await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"))).ShouldStartWith("ERRORCODE=EM0001_");
        (await sandbox.RefundsAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_query_knows_nothing_of_the_refund_or_only_what_was_true_before()
    {
        await using var sandbox = await StartWithAsync(Fault("stale", "refund-query"));
        await sandbox.OrderFaultAsync(Fault("stale", "refund-query", delayMs: 5_000));
        await sandbox.PostAsync(Gateway, SandboxHost.Refund("A1", 100, "R1"));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(6));

        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100))).ShouldStartWith("ERRORCODE=011&");
        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100))).ShouldContain("|TKSUCC0001|");
        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100))).ShouldContain("|TKSUCC0002|");
    }

    [Fact]
    public async Task A_fault_strikes_as_often_as_ordered_and_only_its_order_and_interface()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");
        await sandbox.PlacePaidAsync("B1");
        await sandbox.OrderFaultAsync(new
        {
            provider = "allinpay",
            @interface = "refund",
            kind = "refuse",
            code = "ZF30001",
            times = 2,
            orderNo = "A1",
        });

        async Task<bool> RefusedAsync(string order) =>
            SandboxHost.Form(await sandbox.PostAsync(Gateway, SandboxHost.Refund(order, 100, "R1")))
                .ContainsKey("ERRORCODE");

        (await RefusedAsync("B1")).ShouldBeFalse();
        (await sandbox.PostAsync(Query, SandboxHost.RefundQuery("A1", 100))).ShouldStartWith("ERRORCODE=011");
        (await RefusedAsync("A1")).ShouldBeTrue();
        (await RefusedAsync("A1")).ShouldBeTrue();
        (await RefusedAsync("A1")).ShouldBeFalse();
        (await sandbox.GetAsync("/control/faults")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("refund", "twice")]
    [InlineData("notification", "slow-drip")]
    [InlineData("refund", "no-such-fault")]
    [InlineData("refund", "refuse")]
    public async Task A_fault_that_cannot_be_is_refused(string on, string kind)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        using var answer = await sandbox.Http.PostAsync("/control/faults", new StringContent(
            $$"""{"provider":"allinpay","interface":"{{on}}","kind":"{{kind}}"}""", Encoding.UTF8, "application/json"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("""{"error":""");
    }

    [Theory]
    [InlineData(171, null, 1)]
    [InlineData(172, null, 0)]
    [InlineData(173, "<html>", 1)]
    [InlineData(174, "ERRORCODE=ZF10028&", 0)]
    [InlineData(179, "merchantId=", 1)]
    public async Task Amounts_order_their_own_fault(long amount, string? start, int done)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PlacePaidAsync("A1");

        var call = sandbox.SendAsync(Gateway, SandboxHost.Refund("A1", amount, "R1"));
        await sandbox.UntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(1));

        (await sandbox.RefundsAsync()).Length.ShouldBe(done);
        if (start is null) await Should.ThrowAsync<HttpRequestException>(() => call);
        else (await (await call).Content.ReadAsStringAsync()).ShouldStartWith(start);
    }

    [Fact]
    public async Task A_hostile_world_draws_the_same_faults_for_the_same_seed()
    {
        async Task<string[]> FaultsAsync(string seed)
        {
            await using var sandbox = await SandboxHost.StartAsync(args: ["--hostile", "--seed", seed]);
            for (var n = 0; n < 60; n++)
            {
                var call = sandbox.SendAsync(Query, SandboxHost.RefundQuery($"A{n}", 100));
                await sandbox.UntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(5));
            }
            return [.. (await sandbox.GetAsync("/control/calls")).EnumerateArray()
                .Select(call => call.GetProperty("faultKind").GetString() ?? "none")];
        }

        var first = await FaultsAsync("7");

        (await FaultsAsync("7")).ShouldBe(first);
        (await FaultsAsync("8")).ShouldNotBe(first);
        first.Count(kind => kind == "none").ShouldBeInRange(25, 45);
        first.Distinct().ShouldContain("lost");
    }
}
