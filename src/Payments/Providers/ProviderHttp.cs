using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace MerchantPortal.Payments.Providers;

/// <summary>Limits of one exchange.</summary>
/// <param name="Total">Whole exchange, first byte to last.</param>
/// <param name="MaxAnswerBytes">An answer longer than this is cut off and counts as unreadable.</param>
public sealed record ProviderHttpLimits(TimeSpan Total, int MaxAnswerBytes)
{
    /// <summary>20 seconds and 256 KB (reliability design, section 4.4).</summary>
    public static ProviderHttpLimits Default { get; } = new(TimeSpan.FromSeconds(20), 256 * 1024);
}

/// <summary>One request to a provider.</summary>
/// <param name="Interface">The interface, for the transcript: "allinpay refund v2.3".</param>
/// <param name="Address">Full address; its origin must be one the account may speak to.</param>
/// <param name="Body">
/// The body; empty only in a GET, because a request without a body may be re-sent by the stack.
/// </param>
/// <param name="ContentType">Content type of the body.</param>
/// <param name="ShownRequest">The request as it may be shown.</param>
public sealed record ProviderRequest(
    string Interface, Uri Address, ReadOnlyMemory<byte> Body, string ContentType, string ShownRequest)
{
    /// <summary>
    /// A question that the protocol asks by GET. It moves nothing, so it may go without a body and be repeated by the
    /// stack.
    /// </summary>
    public bool IsGet { get; init; }

    /// <summary>Headers that the protocol adds, such as a signature.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>What came back.</summary>
/// <param name="Transcript">What is kept.</param>
/// <param name="Body">The answer's bytes; empty when none came.</param>
/// <param name="ContentType">Media type of the answer, lower case; empty when not told.</param>
public sealed record ProviderExchange(Transcript Transcript, ReadOnlyMemory<byte> Body, string ContentType)
{
    /// <summary>
    /// Headers of the answer that protocols put fields into, by lower-case name; a header that stands there twice has
    /// both values, joined with a comma.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>A whole answer with status 200 is there.</summary>
    public bool HasAnswer => Failure == ProviderError.None;

    /// <summary>Why there is no whole answer with status 200, or <see cref="ProviderError.None"/>.</summary>
    public ProviderError Failure => Transcript switch
    {
        { Failure: not ProviderError.None } => Transcript.Failure,
        { Status: 200 } => ProviderError.None,
        { Status: >= 500 } => ProviderError.ProviderFault,
        _ => ProviderError.AnswerUnreadable,
    };
}

/// <summary>
/// The only sender. One request, once: HTTP/1.1, a fresh connection each time, no redirects, no proxy, no cookies,
/// no decompression, no trace headers, no re-send, with deadlines and size caps (reliability design, section 4.4).
/// </summary>
public sealed class ProviderHttp(HttpMessageHandler handler, TimeProvider time, ProviderHttpLimits limits) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(handler, disposeHandler: true);

    /// <summary>The sender with the handler and limits that live traffic uses.</summary>
    public static ProviderHttp Create(TimeProvider time) =>
        new(ProviderConnections.CreateHandler(), time, ProviderHttpLimits.Default);

    /// <summary>
    /// Sends the request and reads the whole answer. Never throws for anything that the network, the provider or
    /// the deadline does: the transcript's failure says it.
    /// </summary>
    /// <exception cref="ArgumentException">The request has no body: a fault in the program.</exception>
    public async Task<ProviderExchange> SendAsync(
        ProviderAccount account, ProviderRequest request, SendPermit permit, CancellationToken cancel)
    {
        if (request.Body.IsEmpty != request.IsGet || (request.IsGet && !permit.IsForQuestions))
        {
            throw new ArgumentException(
                "A request to a provider has a body, unless it is a question by GET.", nameof(request));
        }

        var startedAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        using var content = new OnceContent(request.Body, permit);
        var reading = new AnswerReading(limits.MaxAnswerBytes);
        var failure = ProviderConnections.Allows(account, request.Address)
            ? await ExchangeAsync(account, request, content, reading, cancel)
            : ProviderError.AddressNotAllowed;
        var transcript = new Transcript
        {
            Interface = request.Interface,
            Address = request.Address.GetLeftPart(UriPartial.Path),
            StartedAt = startedAt,
            Elapsed = time.GetElapsedTime(started),
            BodyStarted = content.Started,
            RequestSha256 = Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)),
            Status = reading.Status,
            ProviderDate = reading.Date,
            AnswerSha256 = reading.Status is null ? null : Convert.ToHexStringLower(SHA256.HashData(reading.Body.Span)),
            AnswerBytes = reading.Body.Length,
            Failure = failure,
            ShownRequest = request.ShownRequest,
        };
        return new(transcript, reading.Body, reading.ContentType) { Headers = reading.Headers };
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => invoker.Dispose();

    private async Task<ProviderError> ExchangeAsync(
        ProviderAccount account, ProviderRequest request, OnceContent content, AnswerReading reading,
        CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(limits.Total, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancel);
        using var message = new HttpRequestMessage(request.IsGet ? HttpMethod.Get : HttpMethod.Post, request.Address)
        {
            Content = request.IsGet ? null : content,
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Options.Set(ProviderConnections.AccountOption, account);
        message.Headers.ConnectionClose = true;
        content.Headers.ContentType = request.IsGet ? null : MediaTypeHeaderValue.Parse(request.ContentType);
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await invoker.SendAsync(message, either.Token);
            return await reading.ReadAsync(response, either.Token);
        }
        catch (Exception fault) when (ProviderFaults.Meaning(fault, content) is { } meaning)
        {
            return meaning;
        }
    }
}
