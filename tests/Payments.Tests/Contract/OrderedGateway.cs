using System.Net;
using System.Net.Http.Headers;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Answers as the protocols do, and goes wrong in the middle of it when a test orders so.</summary>
public sealed class OrderedGateway(FakeClock clock) : AnsweringGateway
{
    public void Answer(WireMessage message) => Next = () => Response(message, new ByteArrayContent(message.Body));

    /// <summary>The header and half of the body arrive; then comes the fault.</summary>
    public void AnswerHalf(WireMessage message, Exception fault) =>
        Next = () => Response(message, new StreamContent(new BrokenStream(message.Body, fault)));

    /// <summary>The body arrives a byte a second, which is too slow for any of ours.</summary>
    public void AnswerSlowly(WireMessage message, bool afterHeaders)
    {
        if (afterHeaders)
        {
            Next = () => Response(message, new StreamContent(new SlowStream(clock)));
            return;
        }

        Next = () =>
        {
            clock.Advance(TimeSpan.FromSeconds(21));
            throw new TaskCanceledException("too slow");
        };
    }

    private static HttpResponseMessage Response(WireMessage message, HttpContent content)
    {
        var response = new HttpResponseMessage((HttpStatusCode)message.Status) { Content = content };
        if (message.ContentType.Length > 0)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        }

        foreach (var (name, value) in message.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private sealed class BrokenStream(byte[] body, Exception fault) : MemoryStream(body[..(body.Length / 2)])
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is var read and > 0 ? read : throw fault;
    }

    private sealed class SlowStream(FakeClock clock) : MemoryStream([])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span[0] = (byte)'x';
            return ValueTask.FromResult(1);
        }
    }
}
