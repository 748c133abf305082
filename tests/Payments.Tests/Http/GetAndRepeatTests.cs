using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Http;

/// <summary>Questions by GET, and a stack that wants to send a body twice.</summary>
public sealed class GetAndRepeatTests
{
    private static readonly Uri Sandbox = new("http://127.0.0.1:9");

    [Fact]
    public async Task A_stack_that_wants_the_body_again_does_not_get_it()
    {
        using var stack = new Repeating();
        var clock = new FakeClock();
        using var http = new ProviderHttp(stack, clock, ProviderHttpLimits.Default);

        var exchange = await http.SendAsync(
            SenderBench.Rehearsal(Sandbox),
            new("test", Sandbox, "amount=1"u8.ToArray(), "text/plain", "shown"),
            SendPermit.Start(clock),
            CancellationToken.None);

        exchange.Transcript.Failure.ShouldBe(ProviderError.ConnectionLost);
        exchange.Transcript.BodyStarted.ShouldBeTrue();
        stack.Delivered.ShouldBe(["amount=1"]);
    }

    [Fact]
    public async Task A_question_by_get_has_headers_and_no_body()
    {
        var request = "";
        await using var server = TcpServer.Start(async talk =>
        {
            request = await talk.ReadRequestAsync();
            await talk.AnswerAsync("{}", headers: "signature: abc\r\nContent-Type: application/json\r\n");
        });
        var clock = new FakeClock();
        using var http = ProviderHttp.Create(clock);

        var exchange = await http.SendAsync(
            SenderBench.Rehearsal(server.Address),
            new("test", new Uri(server.Address, "/v4/x"), ReadOnlyMemory<byte>.Empty, "", "shown")
            {
                IsGet = true, Headers = [("signature", "s")],
            },
            SendPermit.ForQuestions(clock),
            CancellationToken.None);

        exchange.HasAnswer.ShouldBeTrue();
        exchange.Headers["signature"].ShouldBe("abc");
        request.ShouldStartWith("GET /v4/x HTTP/1.1\r\n");
        request.ShouldContain("signature: s\r\n");
        request.ShouldNotContain("Content-");
        exchange.Transcript.BodyStarted.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false, "", true)]
    [InlineData(true, "amount=1", true)]
    [InlineData(true, "", false)]
    public async Task A_request_without_a_body_is_a_question_by_get_or_a_fault(bool get, string body, bool question)
    {
        var clock = new FakeClock();
        using var http = ProviderHttp.Create(clock);
        var whole = System.Text.Encoding.ASCII.GetBytes(body);
        var request = new ProviderRequest("test", Sandbox, whole, "text/plain", "shown") { IsGet = get };

        await Should.ThrowAsync<ArgumentException>(() => http.SendAsync(
            SenderBench.Rehearsal(Sandbox), request,
            question ? SendPermit.ForQuestions(clock) : SendPermit.Start(clock), CancellationToken.None));
    }

    private sealed class Repeating : HttpMessageHandler
    {
        public List<string> Delivered { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            while (true)
            {
                using var copy = new MemoryStream();
                await request.Content!.CopyToAsync(copy, cancellationToken);
                Delivered.Add(System.Text.Encoding.ASCII.GetString(copy.ToArray()));
            }
        }
    }
}
