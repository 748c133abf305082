using System.Net;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Http;

public sealed class ProviderAddressTests
{
    [Theory]
    [InlineData("http://service.allinpay.com/", "http://service.allinpay.com/gateway/index.do")]
    [InlineData("https://127.0.0.1/", "https://127.0.0.1/gateway/index.do")]
    [InlineData("https://[::1]/", "https://[::1]/gateway/index.do")]
    [InlineData("https://93.184.216.34/", "https://93.184.216.34/gateway/index.do")]
    [InlineData("https://service.allinpay.com/", "https://service.allinpay.com.example.net/gateway/index.do")]
    [InlineData("https://service.allinpay.com/", "https://service.allinpay.com:8443/gateway/index.do")]
    [InlineData("https://service.allinpay.com/", "http://service.allinpay.com/gateway/index.do")]
    [InlineData("https://service.allinpay.com/", "https://user@service.allinpay.com/gateway/index.do")]
    [InlineData("https://localhost/", "https://localhost/gateway/index.do")]
    public async Task A_live_account_speaks_to_nothing_but_its_own_public_https_host(string account, string address)
    {
        using var bench = new SenderBench();

        var exchange = await bench.SendAsync(SenderBench.Live(account), new(address));

        exchange.Transcript.Failure.ShouldBe(ProviderError.AddressNotAllowed);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_live_account_never_reaches_a_server_on_this_machine_by_name()
    {
        await using var server = TcpServer.Start(async talk => await talk.ReadRequestAsync());
        using var bench = new SenderBench();
        var address = new Uri($"https://localhost:{server.Address.Port}/");

        var exchange = await bench.SendAsync(SenderBench.Live(address.ToString()), address);

        exchange.Transcript.Failure.ShouldBe(ProviderError.AddressNotAllowed);
        server.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_rehearsal_account_speaks_to_its_sandbox_only()
    {
        await using var sandbox = TcpServer.Start(async talk => await talk.ReadRequestAsync());
        await using var other = TcpServer.Start(async talk => await talk.ReadRequestAsync());
        using var bench = new SenderBench();
        var account = SenderBench.Rehearsal(sandbox.Address) with { BaseAddress = other.Address };

        var exchange = await bench.SendAsync(account, other.Address);

        exchange.Transcript.Failure.ShouldBe(ProviderError.AddressNotAllowed);
        other.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_sends_nothing()
    {
        using var bench = new SenderBench();
        var address = new Uri("https://gateway.invalid/");

        var exchange = await bench.SendAsync(SenderBench.Live(address.ToString()), address);

        exchange.Transcript.Failure.ShouldBe(ProviderError.NameNotResolved);
        exchange.Transcript.BodyStarted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12::1")]
    [InlineData("ff02::1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::1")]
    public void Private_and_reserved_addresses_are_not_public(string address) =>
        PublicAddress.Is(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("::ffff:93.184.216.34")]
    public void Addresses_of_the_open_internet_are_public(string address) =>
        PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();
}
