using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>A port that speaks TLS with a certificate made for the occasion, or only listens.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2? certificate;
    private Task running = Task.CompletedTask;
    private int knocks;
    private int handshakes;

    private TlsServer(X509Certificate2? certificate) => this.certificate = certificate;

    public Uri Address => new($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>How many connections were made.</summary>
    public int Knocks => Volatile.Read(ref knocks);

    /// <summary>How many of them came to trust the certificate.</summary>
    public int Handshakes => Volatile.Read(ref handshakes);

    /// <param name="certificate">What it shows; null never answers the handshake.</param>
    public static TlsServer Start(X509Certificate2? certificate)
    {
        var server = new TlsServer(certificate);
        server.listener.Start();
        server.running = server.RunAsync();
        return server;
    }

    /// <summary>An authority that a test's clients trust.</summary>
    public static X509Certificate2 Authority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(now.AddYears(-2), now.AddYears(2));
    }

    /// <summary>A server's certificate under an authority.</summary>
    public static X509Certificate2 Issue(
        X509Certificate2 authority, string host, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        using var issued = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(12));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The product's own handler, with one more authority to trust.</summary>
    public static SocketsHttpHandler Trusting(X509Certificate2 authority)
    {
        var handler = ProviderConnections.CreateHandler();
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await running;
        stop.Dispose();
        certificate?.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref knocks);
                await TalkAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var stream = new SslStream(client.GetStream());
        try
        {
            if (certificate is null)
            {
                // Takes what comes and never says a word.
                while (await client.GetStream().ReadAsync(new byte[256], stop.Token) > 0)
                {
                }

                return;
            }

            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
            if (await stream.ReadAsync(new byte[1], stop.Token) > 0)
            {
                Interlocked.Increment(ref handshakes);
            }
        }
        catch (Exception refused)
            when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client does not trust it, or went away.
        }
    }
}
