using System.Net.Http;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>One reply that must not be believed.</summary>
public sealed record WrongReply(string Name, Action<OrderedGateway> Order)
{
    public static WrongReply Of(string name, WireMessage message) => new(name, gateway => gateway.Answer(message));
}

/// <summary>Every way in which the reply to an operation can be wrong.</summary>
internal static class WrongReplies
{
    private const string Html = "<html><head><title>Error</title></head><body>try later</body></html>";

    public static IReadOnlyList<WrongReply> Of(ContractOperation operation) =>
    [
        .. Lines(operation), .. Statuses(operation), .. Cuts(operation), .. WrongSignatures.Of(operation),
        .. WrongFacts.Of(operation), .. WrongMembers.Of(operation), .. WrongBytes.Of(operation),
    ];

    private static IEnumerable<WrongReply> Lines(ContractOperation operation)
    {
        var good = operation.Wire.WithSignature(operation.Good);
        yield return new("the connection is lost after the request", gateway =>
            gateway.Next = () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost"));
        yield return new("a connection error after the request", gateway =>
            gateway.Next = () => throw new HttpRequestException(HttpRequestError.ConnectionError, "again"));
        yield return new("a reply that is no HTTP", gateway =>
            gateway.Next = () => throw new HttpRequestException(HttpRequestError.InvalidResponse, "what"));
        yield return new("the connection is lost in the middle of the body", gateway =>
            gateway.AnswerHalf(good, new IOException("lost")));
        yield return new("the body ends in its middle", gateway => gateway.AnswerHalf(
            good, new HttpIOException(HttpRequestError.ResponseEnded, "ended")));
        yield return new("no reply in time", gateway => gateway.AnswerSlowly(good, afterHeaders: false));
        yield return new("a body that drips", gateway => gateway.AnswerSlowly(good, afterHeaders: true));
    }

    private static IEnumerable<WrongReply> Statuses(ContractOperation operation)
    {
        var good = operation.Wire.WithSignature(operation.Good);
        foreach (var status in (int[])[201, 202, 206, 302, 307, 404, 500, 503])
        {
            var moved = new Dictionary<string, string>(good.Headers) { ["Location"] = "https://example.org/elsewhere" };
            yield return WrongReply.Of($"a good reply under {status}", good with
            {
                Status = status,
                Headers = status is 302 or 307 ? moved : good.Headers,
            });
        }

        yield return WrongReply.Of("nothing under 204", good with { Body = [], Status = 204 });
        yield return WrongReply.Of("nothing under 200", good with { Body = [] });
        yield return Page("a page under 200", 200);
        yield return Page("a page under 502", 502);
        yield return WrongReply.Of("a good reply as a picture", good with { ContentType = "image/png" });
        foreach (var word in (string[])[" \r\n\r\n", "SUCCESS", "null", "{}", "[]", "\"\"", "0"])
        {
            yield return WrongReply.Of($"nothing but {word.Trim()}", good with
            {
                Body = System.Text.Encoding.ASCII.GetBytes(word),
            });
        }
    }

    private static IEnumerable<WrongReply> Cuts(ContractOperation operation)
    {
        var good = operation.Wire.WithSignature(operation.Good);
        var length = good.Body.Length;
        foreach (var (name, rest) in ((string, int)[])
            [("one byte", 1), ("a quarter", length / 4), ("half", length / 2), ("three quarters", length * 3 / 4)])
        {
            yield return WrongReply.Of($"cut to {name}", good with { Body = good.Body[..rest] });
        }

        yield return WrongReply.Of("the last byte missing", good with { Body = good.Body[..^1] });
        yield return WrongReply.Of("the reply twice", good with { Body = [.. good.Body, .. good.Body] });
    }

    private static WrongReply Page(string name, int status) => WrongReply.Of(
        name, new(System.Text.Encoding.ASCII.GetBytes(Html), "text/html; charset=utf-8") { Status = status });
}
