using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class LianLianGlobalNotificationTests
{
    const string Taken = """{"code":"200","msg":"success"}""";

    [Theory]
    [InlineData(Taken)]
    [InlineData("""{"code":200,"msg":"success"}""")]
    public async Task A_paid_payment_is_notified_once_under_a_signature_in_the_header(string acknowledgement)
    {
        await using var receiver = await ShopAddress.StartAsync(acknowledgement);
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);

        await shop.PlaceAsync("P1", url: receiver.Url);

        var attempt = (await AttemptsAsync(sandbox, 1)).Single();
        attempt.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        var (body, signature, type) = receiver.Received.Single();
        shop.Verifies(body, signature).ShouldBeTrue();
        type.ShouldStartWith("application/json");
        var told = JsonSerializer.Deserialize<JsonElement>(body);
        told.EnumerateObject().Select(member => member.Name).ShouldBe(
        [
            "merchant_id", "ll_transaction_id", "merchant_transaction_id", "transaction_currency",
            "transaction_amount", "transaction_status", "payment_time", "settlement_currency", "settlement_amount",
        ]);
        told.GetProperty("transaction_status").GetString().ShouldBe("PS");
    }

    [Fact]
    public async Task It_is_tried_fifteen_times_ten_minutes_apart_until_the_code_200_comes_back()
    {
        await using var receiver = await ShopAddress.StartAsync("success");
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1", url: receiver.Url);

        for (var count = 1; count < 15; count++)
        {
            var attempt = (await AttemptsAsync(sandbox, count))[^1];
            attempt.GetProperty("problem").GetString().ShouldBe("the answer does not acknowledge");
            (attempt.GetProperty("next").GetDateTimeOffset() - sandbox.Clock.GetUtcNow())
                .ShouldBe(TimeSpan.FromMinutes(10));
            sandbox.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var last = (await AttemptsAsync(sandbox, 15))[^1];
        last.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        receiver.Received.Count.ShouldBe(15);
    }

    [Fact]
    public async Task A_payment_that_pays_itself_is_notified_when_it_is_paid()
    {
        await using var receiver = await ShopAddress.StartAsync(Taken);
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.CreateAsync("P1", "10.91", ("notification_url", receiver.Url));
        (await sandbox.GetAsync("/control/callbacks")).GetArrayLength().ShouldBe(0);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(15));

        (await AttemptsAsync(sandbox, 1)).Single().GetProperty("status").GetInt32().ShouldBe(200);
        (await sandbox.Http.PostAsync(
            $"/control/lianlian-global/notifications/P1?merchantId={LianLianGlobalClient.Merchant}", null))
            .EnsureSuccessStatusCode();
        await AttemptsAsync(sandbox, 2);
        receiver.Received.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("wrong-signature")]
    [InlineData("no-signature")]
    [InlineData("duplicate-answer-other-order")]
    public async Task A_notification_goes_wrong_as_ordered(string kind)
    {
        await using var receiver = await ShopAddress.StartAsync(Taken);
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await sandbox.OrderFaultAsync(new { provider = "lianlian-global", @interface = "notification", kind });

        await shop.PlaceAsync("P1", url: receiver.Url);

        await AttemptsAsync(sandbox, 1);
        var (body, signature, _) = receiver.Received.Single();
        (signature.Length > 0 && shop.Verifies(body, signature)).ShouldBe(kind == "duplicate-answer-other-order");
        JsonSerializer.Deserialize<JsonElement>(body).GetProperty("merchant_transaction_id").GetString()
            .ShouldBe(kind == "duplicate-answer-other-order" ? "P19" : "P1");
    }

    [Theory]
    [InlineData("payments/P1/state", """{"state":"RS"}""")]
    [InlineData("payments/P1/state", """{"state":"PC","notify":true}""")]
    [InlineData("refunds/P1/state", """{"state":"PS"}""")]
    [InlineData("notifications/P1", "{}")]
    public async Task Control_says_what_it_cannot_do(string path, string body)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var answer = await sandbox.Http.PostAsync(
            $"/control/lianlian-global/{path}?merchantId={LianLianGlobalClient.Merchant}", content);

        ((int)answer.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task A_merchant_without_a_usable_key_and_a_payment_out_of_the_document_are_not_taken()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await LianLianGlobalClient.StartAsync(sandbox);

        ((int)(await sandbox.Http.PutAsJsonAsync(
            "/control/lianlian-global/merchants/1", new { publicKey = "AAAA" })).StatusCode).ShouldBe(400);
        ((int)(await sandbox.Http.PutAsJsonAsync(
            "/control/lianlian-global/merchants/a-b", new { publicKey = "AAAA" })).StatusCode).ShouldBe(400);
        object[] placed =
        [
            new
            {
                merchantId = LianLianGlobalClient.Merchant,
                merchantTransactionId = "P1",
                amount = "1",
                currency = "HKD",
                state = "PS",
            },
        ];
        ((int)(await sandbox.Http.PostAsJsonAsync("/control/lianlian-global/payments", placed)).StatusCode)
            .ShouldBe(400);
    }

    static async Task<JsonElement[]> AttemptsAsync(SandboxHost sandbox, int count)
    {
        JsonElement[] attempts = [];
        await sandbox.UntilAsync(async () =>
        {
            attempts = [.. (await sandbox.GetAsync("/control/callbacks")).EnumerateArray()];
            return attempts.Length >= count;
        });
        attempts.Length.ShouldBe(count);
        return attempts;
    }

    /// <summary>Keeps body, signature and type of what arrives, and always says the same.</summary>
    sealed class ShopAddress : IAsyncDisposable
    {
        readonly WebApplication app;

        ShopAddress(WebApplication app) => this.app = app;

        public ConcurrentQueue<(string Body, string Signature, string Type)> Received { get; } = new();

        public string Url => app.Urls.First() + "/notify";

        public static async Task<ShopAddress> StartAsync(string answer)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var address = new ShopAddress(builder.Build());
            address.app.MapPost("/notify", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                var body = await reader.ReadToEndAsync();
                address.Received.Enqueue((body, $"{request.Headers["signature"]}", $"{request.ContentType}"));
                return Results.Text(answer);
            });
            await address.app.StartAsync();
            return address;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
