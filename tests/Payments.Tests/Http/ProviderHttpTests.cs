using System.Text;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Http;

public sealed class ProviderHttpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_whole_answer_is_read_and_the_body_arrives_once()
    {
        var request = "";
        await using var server = TcpServer.Start(async talk =>
        {
            request = await talk.ReadRequestAsync();
            await talk.AnswerAsync("refundResult=20", headers: "Content-Type: Text/Plain; charset=UTF-8\r\n");
        });
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(server.Address);

        exchange.HasAnswer.ShouldBeTrue();
        Encoding.ASCII.GetString(exchange.Body.Span).ShouldBe("refundResult=20");
        exchange.ContentType.ShouldBe("text/plain");
        exchange.Transcript.BodyStarted.ShouldBeTrue();
        exchange.Transcript.Address.ShouldBe(new Uri(server.Address, "/gateway/index.do").ToString());
        server.Bodies.ShouldBe(1);
        request.ShouldEndWith("\r\n\r\n" + SenderBench.Body);
    }

    [Fact]
    public async Task Only_the_headers_that_the_protocol_needs_are_sent()
    {
        var request = "";
        await using var server = TcpServer.Start(async talk =>
        {
            request = await talk.ReadRequestAsync();
            await talk.AnswerAsync("ok");
        });
        using var bench = new SenderBench();
        using var activity = new System.Diagnostics.Activity("traced").Start();

        await bench.SendAsync(server.Address);

        var names = request.Split("\r\n\r\n")[0].Split("\r\n").Skip(1).Select(line => line.Split(':')[0]);
        names.ShouldBe(["Host", "Connection", "Content-Type", "Content-Length"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Date: Sat, 21 Nov 2026 08:00:01 GMT\r\n", "2026-11-21T08:00:01Z")]
    [InlineData("Date: yesterday\r\n", null)]
    [InlineData("", null)]
    public async Task The_time_that_the_answer_was_made_is_kept_where_it_tells_one(string header, string? at)
    {
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.AnswerAsync("ok", headers: header);
        });
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(server.Address);

        exchange.Transcript.ProviderDate.ShouldBe(
            at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
    }

    public static TheoryData<string> Breaks() =>
        ["end after request", "reset after request", "end in headers", "reset in headers", "end in answer"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_dropped_connection_delivers_the_body_at_most_once(string how)
    {
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            if (how.EndsWith("headers", StringComparison.Ordinal))
            {
                await talk.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le");
            }
            else if (how.EndsWith("answer", StringComparison.Ordinal))
            {
                await talk.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nrefundResult=20");
            }

            if (how.StartsWith("reset", StringComparison.Ordinal))
            {
                talk.Reset();
            }
        });
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(server.Address);

        exchange.Transcript.BodyStarted.ShouldBeTrue();
        exchange.HasAnswer.ShouldBeFalse();
        exchange.Transcript.Failure.ShouldBeOneOf(ProviderError.ConnectionLost, ProviderError.AnswerUnreadable);
        server.Bodies.ShouldBe(1);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_request_uses_a_fresh_connection()
    {
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.AnswerAsync("ok");
        });
        using var bench = new SenderBench();

        await bench.SendAsync(server.Address);
        await bench.SendAsync(server.Address);

        server.Connections.ShouldBe(2);
        server.Bodies.ShouldBe(2);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed(string status)
    {
        await using var elsewhere = TcpServer.Start(async talk => await talk.ReadRequestAsync());
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.AnswerAsync("", status, $"Location: {elsewhere.Address}take\r\n");
        });
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(server.Address);

        exchange.HasAnswer.ShouldBeFalse();
        exchange.Transcript.Status.ShouldBe(int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture));
        elsewhere.Connections.ShouldBe(0);
        server.Bodies.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_connection_sends_nothing()
    {
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(TcpServer.DeadAddress());

        exchange.Transcript.Failure.ShouldBe(ProviderError.ConnectionFailed);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
        exchange.Transcript.Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_silent_provider_times_out_after_the_body_has_left()
    {
        var read = new TaskCompletionSource();
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            read.SetResult();
            await talk.StaySilentAsync();
        });
        using var bench = new SenderBench();

        var sending = bench.SendAsync(server.Address);
        await read.Task.WaitAsync(Patience);
        bench.Clock.Advance(TimeSpan.FromSeconds(19.9));
        sending.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var exchange = await sending.WaitAsync(Patience);

        exchange.Transcript.Failure.ShouldBe(ProviderError.TimedOut);
        exchange.Transcript.BodyStarted.ShouldBeTrue();
        exchange.Transcript.Elapsed.ShouldBe(TimeSpan.FromSeconds(20));
        server.Bodies.ShouldBe(1);
    }

    [Fact]
    public async Task A_dripping_answer_ends_with_the_deadline_of_the_whole_exchange()
    {
        var read = new TaskCompletionSource();
        using var mayDrip = new SemaphoreSlim(0);
        using var dripped = new SemaphoreSlim(0);
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            read.SetResult();
            while (true)
            {
                await mayDrip.WaitAsync(talk.Closing);
                await talk.WriteAsync("x");
                dripped.Release();
            }
        });
        using var bench = new SenderBench();

        var sending = bench.SendAsync(server.Address);
        await read.Task.WaitAsync(Patience);
        for (var second = 0; second < 19; second++)
        {
            mayDrip.Release();
            (await dripped.WaitAsync(Patience)).ShouldBeTrue();
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        sending.IsCompleted.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var exchange = await sending.WaitAsync(Patience);

        exchange.Transcript.Failure.ShouldBe(ProviderError.TimedOut);
        exchange.Transcript.BodyStarted.ShouldBeTrue();
        exchange.HasAnswer.ShouldBeFalse();
    }

    [Fact]
    public async Task A_tls_handshake_that_hangs_sends_nothing()
    {
        var accepted = new TaskCompletionSource();
        await using var server = TcpServer.Start(async talk =>
        {
            accepted.SetResult();
            await talk.StaySilentAsync();
        });
        using var bench = new SenderBench();

        var sending = bench.SendAsync(new Uri($"https://127.0.0.1:{server.Address.Port}"));
        await accepted.Task.WaitAsync(Patience);
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        var exchange = await sending.WaitAsync(Patience);

        exchange.Transcript.Failure.ShouldBe(ProviderError.TimedOut);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
        server.Bodies.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_without_tls_behind_https_sends_nothing()
    {
        await using var server = TcpServer.Start(talk => talk.AnswerAsync("ok"));
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(new Uri($"https://127.0.0.1:{server.Address.Port}"));

        exchange.Transcript.Failure.ShouldBe(ProviderError.TlsFailed);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
        server.Bodies.ShouldBe(0);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(5000, false)]
    public async Task An_answer_over_the_cap_is_cut_and_unreadable(int length, bool whole)
    {
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.AnswerAsync(new string('x', length));
        });
        using var bench = new SenderBench(new(TimeSpan.FromSeconds(20), 64));

        var exchange = await bench.SendAsync(server.Address);

        exchange.HasAnswer.ShouldBe(whole);
        exchange.Transcript.Failure.ShouldBe(whole ? ProviderError.None : ProviderError.AnswerUnreadable);
        exchange.Transcript.AnswerBytes.ShouldBeLessThanOrEqualTo(65);
        exchange.Transcript.BodyStarted.ShouldBeTrue();
    }

    [Fact]
    public async Task Headers_without_end_are_unreadable()
    {
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.WriteAsync("HTTP/1.1 200 OK\r\nX-Long: " + new string('x', 40_000) + "\r\n\r\n");
        });
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(server.Address);

        exchange.HasAnswer.ShouldBeFalse();
        exchange.Transcript.Failure.ShouldBe(ProviderError.AnswerUnreadable);
        exchange.Transcript.BodyStarted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_permit_that_is_too_old_delivers_nothing()
    {
        await using var server = TcpServer.Start(async talk => await talk.ReadRequestAsync());
        using var bench = new SenderBench();
        var permit = SendPermit.Start(bench.Clock);
        bench.Clock.Advance(SendPermit.MaxAge);

        var exchange = await bench.SendAsync(server.Address, permit);

        exchange.Transcript.Failure.ShouldBe(ProviderError.SentTooLate);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
        server.Bodies.ShouldBe(0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_jump_of_the_wall_clock_delivers_nothing(int seconds)
    {
        await using var server = TcpServer.Start(async talk => await talk.ReadRequestAsync());
        using var bench = new SenderBench();
        var permit = SendPermit.Start(bench.Clock);
        bench.Clock.ShiftWall(TimeSpan.FromSeconds(seconds));

        var exchange = await bench.SendAsync(server.Address, permit);

        exchange.Transcript.Failure.ShouldBe(ProviderError.SentTooLate);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
        server.Bodies.ShouldBe(0);
    }

    [Fact]
    public async Task A_question_may_be_asked_at_any_age()
    {
        await using var server = TcpServer.Start(async talk =>
        {
            await talk.ReadRequestAsync();
            await talk.AnswerAsync("ok");
        });
        using var bench = new SenderBench();
        var permit = SendPermit.ForQuestions(bench.Clock);
        bench.Clock.Advance(TimeSpan.FromDays(2));

        (await bench.SendAsync(server.Address, permit)).HasAnswer.ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_without_a_body_is_a_fault_in_the_program()
    {
        using var bench = new SenderBench();
        var address = TcpServer.DeadAddress();

        await Should.ThrowAsync<ArgumentException>(
            () => bench.SendAsync(SenderBench.Rehearsal(address), address, body: ""));
    }
}
