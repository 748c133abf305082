using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MerchantPortal.Payments.Providers;

/// <summary>Where requests may go, checked on the address and again at the moment of dialling.</summary>
internal static class ProviderConnections
{
    public static readonly HttpRequestOptionsKey<ProviderAccount> AccountOption = new("account");

    /// <summary>
    /// The account's own origins and nothing else; https, unless it is the Sandbox this process was started with.
    /// </summary>
    public static bool Allows(ProviderAccount account, Uri address)
    {
        if (address.UserInfo.Length > 0
            || !account.OtherAddresses.Prepend(account.BaseAddress).Any(origin => SameOrigin(origin, address)))
        {
            return false;
        }

        return account.SandboxAddress is { } sandbox
            ? SameOrigin(sandbox, address)
            : address.Scheme == Uri.UriSchemeHttps && address.HostNameType == UriHostNameType.Dns;
    }

    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 16,
        SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        ConnectCallback = DialAsync,
    };

    /// <summary>
    /// Resolves and dials in one step, so that a name cannot point elsewhere between the check and the connection.
    /// </summary>
    private static async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(AccountOption, out var account))
        {
            throw new AddressNotAllowedException();
        }

        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = addresses.Where(address => MayDial(account, address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressNotAllowedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool MayDial(ProviderAccount account, IPAddress address) =>
        account.SandboxAddress is null ? PublicAddress.Is(address) : IPAddress.IsLoopback(address);

    private static bool SameOrigin(Uri left, Uri right) =>
        Uri.Compare(
            left,
            right,
            UriComponents.SchemeAndServer,
            UriFormat.SafeUnescaped,
            StringComparison.OrdinalIgnoreCase) == 0;
}

/// <summary>The address is not one that the account may speak to.</summary>
internal sealed class AddressNotAllowedException()
    : Exception("The address is not one that this account may speak to.");
