using System.Net;

namespace MerchantPortal.Payments.Providers;

/// <summary>
/// A body that can be written once and knows whether writing began. The flag is the only sound proof that nothing
/// was sent: exceptions of the HTTP stack cannot tell (reliability design, 0.1 no. 3).
/// </summary>
internal sealed class OnceContent(ReadOnlyMemory<byte> body, SendPermit permit) : HttpContent
{
    private int writes;

    /// <summary>Whether the first byte was handed to the connection.</summary>
    public bool Started => Volatile.Read(ref writes) > 0 && !TooLate;

    /// <summary>The permit had run out when the body would have been written; nothing was.</summary>
    public bool TooLate { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (Volatile.Read(ref writes) == 0 && !permit.IsOpen)
        {
            TooLate = true;
            throw new PermitExpiredException();
        }

        if (Interlocked.Increment(ref writes) > 1)
        {
            throw new BodyAskedTwiceException();
        }

        await stream.WriteAsync(body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}

/// <summary>The stack wanted to send the body once more, on another connection; it was not given.</summary>
internal sealed class BodyAskedTwiceException() : Exception("The body of a request to a provider is written once.");

/// <summary>The send permit had run out before the first byte.</summary>
internal sealed class PermitExpiredException() : Exception("The claim was too old to be sent.");
