using System.Net;

namespace MerchantPortal.Payments.Tests.Http;

/// <summary>A request as it left.</summary>
/// <param name="Head">Method, address and headers.</param>
/// <param name="Body">The body as text; empty when there was none.</param>
/// <param name="ContentType">Content type of the body; empty when there was none.</param>
public sealed record SentRequest(HttpRequestMessage Head, string Body, string ContentType)
{
    public Uri Address => Head.RequestUri!;

    public string Headers => Head.Headers.ToString();
}

/// <summary>Takes the body like a connection does and then answers what a test writes.</summary>
public class AnsweringGateway : HttpMessageHandler
{
    public List<SentRequest> Requests { get; } = [];

    /// <summary>Thrown before a byte of the body is taken.</summary>
    public Exception? Before { get; set; }

    public Func<HttpResponseMessage> Next { get; set; } = () => new(HttpStatusCode.OK);

    public void Answer(byte[] body, int status) =>
        Next = () => new((HttpStatusCode)status) { Content = new ByteArrayContent(body) };

    /// <summary>Breaks after the request was read.</summary>
    public void Break() => Next = () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "broken");

    /// <summary>Breaks before the request is read.</summary>
    public void RefuseConnection() => Before = new HttpRequestException(HttpRequestError.ConnectionError, "refused");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Before is not null)
        {
            throw Before;
        }

        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        Requests.Add(new(request, body, request.Content?.Headers.ContentType?.ToString() ?? ""));
        return Next();
    }
}
