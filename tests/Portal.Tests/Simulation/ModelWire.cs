using System.Globalization;
using System.Net;
using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>A request that moves something, as the provider reads it.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Key">What the provider knows it by: our number, or what names it where there is none.</param>
/// <param name="Order">The order it speaks of; empty for none.</param>
/// <param name="Minor">How much, in minor units.</param>
internal sealed record SentMoney(OperationKind Kind, string Key, string Order, long Minor)
{
    public override string ToString() => $"{Kind} {Key} {Order} {Minor}";
}

/// <summary>What the provider's side sends back; no text closes the connection without an answer.</summary>
internal sealed record WireAnswer(int Status, string? Text)
{
    public static WireAnswer Nothing { get; } = new(0, null);
}

/// <summary>Where a request can be hit on its way.</summary>
internal enum WirePoint
{
    BeforeSend,
    BeforeBody,
    MidBody,
    AfterBody,
    AfterReplyHeaders,
    AfterReplyBody,
    BeforeQuestion,
    AfterQuestion,
}

/// <summary>The provider's side of the wire, and what happens to the wire itself.</summary>
internal interface IModelSide
{
    /// <summary>Hears that a request stands at a point; may wait, kill the node or break the connection.</summary>
    Task AtAsync(WirePoint point, string what);

    /// <summary>Whether a connection comes about.</summary>
    bool Connects(SentMoney sent);

    /// <summary>Takes a whole request and does with it what it will.</summary>
    WireAnswer Receive(SentMoney sent);

    /// <summary>Answers a question: one word, or nothing.</summary>
    WireAnswer Answer(OperationKind kind, string key);
}

/// <summary>
/// The wire between the portal and the model: the product's own sender with its body that is written once, its
/// deadline and its reading, over a connection in memory.
/// </summary>
internal sealed class ModelWire : HttpMessageHandler
{
    private readonly ProviderHttp http;
    private readonly TimeProvider time;

    public ModelWire(TimeProvider time)
    {
        this.time = time;
        http = new(this, time, ProviderHttpLimits.Default);
    }

    /// <summary>Who is at the other end.</summary>
    public IModelSide Side { get; set; } = null!;

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, SentMoney sent, SendPermit permit, CancellationToken cancel)
    {
        await Side.AtAsync(WirePoint.BeforeSend, sent.Key);
        var (transcript, word, key) = await ExchangeAsync(account, sent.ToString(), permit, cancel);
        return !transcript.BodyStarted ? new ProviderOutcome.NotSent(transcript, transcript.Failure)
            : transcript.Failure != ProviderError.None ? new ProviderOutcome.Unknown(transcript, transcript.Failure)
            : transcript.Status != 200 ? new ProviderOutcome.Unknown(transcript, ProviderError.ProviderFault)
            : word.Length == 0 ? new ProviderOutcome.Unknown(transcript, ProviderError.AnswerUnreadable)
            : key != sent.Key ? new ProviderOutcome.Unknown(transcript, ProviderError.AnswerMismatch)
            : word switch
            {
                "done" => new ProviderOutcome.Done(transcript),
                "accepted" => new ProviderOutcome.Accepted(transcript),
                "refused" => new ProviderOutcome.Refused(transcript, ProviderError.Declined),
                "later" => new ProviderOutcome.Postponed(transcript, ProviderError.LimitExceeded),
                "duplicate" => new ProviderOutcome.Unknown(transcript, ProviderError.Duplicate),
                _ => new ProviderOutcome.Unknown(transcript, ProviderError.Unlisted),
            };
    }

    /// <summary>Asks; the provider's word, or why there is none.</summary>
    public async Task<(Transcript Transcript, string Word, ProviderError Error)> AskAsync(
        ProviderAccount account, OperationKind kind, string key, CancellationToken cancel)
    {
        var (transcript, word, told) =
            await ExchangeAsync(account, $"ask {kind} {key}", SendPermit.ForQuestions(time), cancel);
        return (transcript, word, transcript.Failure != ProviderError.None ? transcript.Failure
            : transcript.Status != 200 ? ProviderError.ProviderFault
            : told != key ? ProviderError.AnswerMismatch
            : ProviderError.None);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var words = request.Headers.GetValues("what").Single().Split(' ');
        WireAnswer answer;
        if (words[0] == "ask")
        {
            await Side.AtAsync(WirePoint.BeforeQuestion, words[2]);
            answer = Side.Answer(Enum.Parse<OperationKind>(words[1]), words[2]);
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            await Side.AtAsync(WirePoint.AfterQuestion, words[2]);
        }
        else
        {
            var sent = new SentMoney(
                Enum.Parse<OperationKind>(words[0]), words[1], words[2],
                long.Parse(words[3], CultureInfo.InvariantCulture));
            await Side.AtAsync(WirePoint.BeforeBody, sent.Key);
            if (!Side.Connects(sent))
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError);
            }

            await request.Content!.CopyToAsync(new RequestStream(this, sent.Key), cancellationToken);
            answer = Side.Receive(sent);
            await Side.AtAsync(WirePoint.AfterBody, sent.Key);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return answer.Text is null
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
            : new((HttpStatusCode)answer.Status)
            {
                Content = new StreamContent(new ReplyStream(this, words[0] == "ask", words[1], answer.Text)),
            };
    }

    private async Task<(Transcript Transcript, string Word, string Key)> ExchangeAsync(
        ProviderAccount account, string what, SendPermit permit, CancellationToken cancel)
    {
        var exchange = await http.SendAsync(
            account,
            new("model", new(account.BaseAddress, "/"), Encoding.UTF8.GetBytes(what), "text/plain", "")
            {
                Headers = [("what", what)],
            },
            permit,
            cancel);
        var words = Encoding.UTF8.GetString(exchange.Body.Span).Split(' ');
        return words is [var word, var key] ? (exchange.Transcript, word, key) : (exchange.Transcript, "", "");
    }

    /// <summary>The way out: half of the body, then the rest.</summary>
    private sealed class RequestStream(ModelWire wire, string key) : MemoryStream
    {
        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await wire.Side.AtAsync(WirePoint.MidBody, key);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }

    /// <summary>The way back: headers are there, then the text, then the end.</summary>
    private sealed class ReplyStream(ModelWire wire, bool isAnswer, string key, string text)
        : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        private bool hasBegun;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!isAnswer && !hasBegun)
            {
                await wire.Side.AtAsync(WirePoint.AfterReplyHeaders, key);
            }

            hasBegun = true;
            if (!isAnswer && Position == Length)
            {
                await wire.Side.AtAsync(WirePoint.AfterReplyBody, key);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
