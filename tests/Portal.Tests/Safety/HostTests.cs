using System.Net;
using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Notifications;

namespace MerchantPortal.Portal.Tests.Safety;

/// <summary>The portal as a web host, over real HTTP.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-host-").FullName;
    private readonly StringWriter output = new();
    private RunningPortal portal = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        portal = await PortalStart.StartAsync(
            new PortalOptions { Data = folder, Urls = "http://localhost:0", Mode = PortalMode.Rehearse }, output);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = portal.Address,
        };
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_start_tells_address_people_and_ready_and_answers()
    {
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe($"address: {portal.Address.GetLeftPart(UriPartial.Authority)}");
        lines[^1].ShouldBe("ready");
        var people = lines.Where(line => line.StartsWith("sign-in: ", StringComparison.Ordinal)).ToList();
        people.Count.ShouldBe(8);
        people.ShouldAllBe(line => line.Split(' ').Length == 5);

        (await http.GetStringAsync("/healthz/live")).ShouldBe("Healthy");
        (await http.GetStringAsync("/healthz/ready")).ShouldBe("Healthy");
    }

    [Fact]
    public async Task Figures_for_monitoring_are_told_to_this_computer_and_to_nobody_through_a_proxy()
    {
        var figures = await http.GetStringAsync("/healthz/figures");
        figures.ShouldContain("portal_sending_open 1\n");
        figures.ShouldContain("portal_operations_open{state=\"PendingApproval\"} ");
        figures.ShouldContain("portal_operations_unclear{older_than=\"1d\"} ");

        using var through = new HttpRequestMessage(HttpMethod.Get, "/healthz/figures");
        through.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var answer = await http.SendAsync(through);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_page_asks_for_a_sign_in_and_tells_nothing_before()
    {
        foreach (var path in new[] { "/", "/orders", "/refunds", "/approvals", "/audit", "/orders/P261120K7QF3" })
        {
            using var answer = await http.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            answer.Headers.Location!.ToString().ShouldContain("/sign-in");
            (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Answers_carry_the_security_headers()
    {
        using var answer = await http.GetAsync("/sign-in");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self' 'nonce-");
        policy.ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.Contains("Server").ShouldBeFalse();
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("style=\"background:url");
    }

    [Fact]
    public async Task Files_of_the_web_root_are_served_plain_and_fingerprinted()
    {
        (await http.GetStringAsync("/css/tokens.css")).ShouldContain("--p-accent");
        var page = await http.GetStringAsync("/sign-in");
        var fingerprinted = System.Text.RegularExpressions.Regex.Match(page, "css/tokens\\.[a-z0-9]+\\.css").Value;
        fingerprinted.ShouldNotBeEmpty();
        (await http.GetStringAsync("/" + fingerprinted)).ShouldContain("--p-accent");
        (await http.GetStringAsync("/_framework/blazor.web.js")).Length.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var form = new FormUrlEncodedContent(
            [new("Email", "a@b.example"), new("Password", "x"), new("Code", "000000")]);
        using var answer = await http.PostAsync("/sign-in", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_notification_address_is_strict_about_size_and_existence()
    {
        using var nowhere = await http.PostAsync(
            InboundEndpoint.Path("allinpay", "nobody"), new StringContent("a=b"));
        nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var path = await InboundPathAsync();
        // The client waits to be told to go on, so that it reads the refusal instead of a closed connection.
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(new byte[InboundEndpoint.MaxBytes + 1]),
        };
        request.Headers.ExpectContinue = true;
        using var bomb = await http.SendAsync(request);
        bomb.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var malformed = await http.PostAsync(
            path, new StringContent("%zz", Encoding.ASCII, "application/x-www-form-urlencoded"));
        malformed.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized);
        using var packed = new ByteArrayContent([0x1f, 0x8b]);
        packed.Headers.ContentEncoding.Add("gzip");
        using var unread = await http.PostAsync(path, packed);
        unread.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var got = await http.GetAsync(path);
        got.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task The_two_modes_refuse_each_others_folder()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => PortalStart.StartAsync(
            new PortalOptions { Data = folder, Urls = "http://localhost:0", Mode = PortalMode.Serve },
            TextWriter.Null));

        refused.Message.ShouldContain("rehearse");
    }

    [Fact]
    public void A_rehearsal_listens_on_loopback_only()
    {
        new PortalOptions { Data = folder, Urls = "http://0.0.0.0:5080" }.Faults()
            .ShouldHaveSingleItem().ShouldContain("loopback");
        new PortalOptions { Data = folder, Mode = PortalMode.Serve, ClockScale = 2 }.Faults().ShouldHaveSingleItem();
        new PortalOptions { Data = folder, Database = DatabaseKind.Postgres }.Faults().ShouldHaveSingleItem();
    }

    private async Task<string> InboundPathAsync()
    {
        var factory = (Microsoft.EntityFrameworkCore.IDbContextFactory<PortalDb>)portal.App.Services
            .GetService(typeof(Microsoft.EntityFrameworkCore.IDbContextFactory<PortalDb>))!;
        await using var db = await factory.CreateDbContextAsync();
        var account = db.Set<Portal.Features.Accounts.Account>().First();
        return InboundEndpoint.Path(account.Provider, account.InboundKey);
    }
}
