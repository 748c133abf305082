using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MerchantPortal.Payments.Tests.Http;

/// <summary>A raw server on a free loopback port: what it answers and when it hangs up is the script's.</summary>
internal sealed class TcpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<TcpConversation, Task> script;
    private readonly CancellationTokenSource closing = new();
    private readonly Task serving;
    private int connections;
    private int bodies;

    private TcpServer(Func<TcpConversation, Task> script)
    {
        this.script = script;
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref connections);

    /// <summary>Whole request bodies that arrived.</summary>
    public int Bodies => Volatile.Read(ref bodies);

    public static TcpServer Start(Func<TcpConversation, Task> script) => new(script);

    /// <summary>A port that nobody listens on.</summary>
    public static Uri DeadAddress()
    {
        using var once = new TcpListener(IPAddress.Loopback, 0);
        once.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)once.LocalEndpoint).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await serving;
        listener.Stop();
        closing.Dispose();
    }

    internal void CountBody() => Interlocked.Increment(ref bodies);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                Interlocked.Increment(ref connections);
                using var conversation = new TcpConversation(client, this, closing.Token);
                await script(conversation);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
        {
            // The test is over, or the client has hung up on purpose.
        }
    }
}

/// <summary>One connection to the server.</summary>
internal sealed class TcpConversation(TcpClient client, TcpServer server, CancellationToken closing) : IDisposable
{
    private readonly NetworkStream stream = client.GetStream();

    public CancellationToken Closing => closing;

    /// <summary>Reads one request to the end of its body.</summary>
    public async Task<string> ReadRequestAsync()
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(read.ToString()))
        {
            var count = await stream.ReadAsync(buffer, closing);
            if (count == 0)
            {
                return read.ToString();
            }

            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        server.CountBody();
        return read.ToString();
    }

    public async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), closing);
        await stream.FlushAsync(closing);
    }

    public Task AnswerAsync(string body, string status = "200 OK", string headers = "") =>
        WriteAsync($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}");

    /// <summary>Hangs up hard: the client sees a reset instead of an end.</summary>
    public void Reset() => client.Client.Close(0);

    /// <summary>Says nothing until the test is over.</summary>
    public Task StaySilentAsync() => Task.Delay(Timeout.InfiniteTimeSpan, closing);

    public void Dispose() => client.Dispose();

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = request.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (end < 0 || at < 0)
        {
            return end >= 0 && request.StartsWith("GET ", StringComparison.Ordinal);
        }

        var digits = request[(at + 16)..request.IndexOf('\r', at)];
        return request.Length >= end + 4 + int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
