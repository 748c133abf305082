using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayNotificationTests
{
    static Task<JsonElement> PlaceNotifiedAsync(
        SandboxHost sandbox, string url, string signType = "0", bool notify = true) =>
        sandbox.PlaceAsync(new
        {
            merchantId = SandboxHost.Merchant,
            orderNo = "A1",
            orderDatetime = "20261121100000",
            orderAmount = 500,
            currency = "156",
            signType,
            ext1 = "测试",
            state = "paid",
            receiveUrl = url,
            notify,
        });

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

    static DateTimeOffset? Next(JsonElement attempt) =>
        attempt.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? next.GetDateTimeOffset() : null;

    [Fact]
    public async Task A_paid_order_is_notified_once_as_a_signed_form_when_the_merchant_says_200()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync();

        await PlaceNotifiedAsync(sandbox, receiver.Url);

        var attempt = (await AttemptsAsync(sandbox, 1)).Single();
        attempt.GetProperty("status").GetInt32().ShouldBe(200);
        Next(attempt).ShouldBeNull();
        var source = "merchantId=100020091218001&version=v1.0&signType=0&paymentOrderId=20261121100000000001&orderNo=A1"
            + "&orderDatetime=20261121100000&orderAmount=500&payDatetime=20261121100000&payAmount=500&ext1=测试"
            + "&payResult=1&returnDatetime=20261121100000";
        receiver.Received.Single().ShouldBe(
            source.Replace("测试", "%E6%B5%8B%E8%AF%95") + "&signMsg=" + SandboxHost.Md5(source + "&key=1234567890"));
    }

    [Fact]
    public async Task A_merchant_that_never_says_200_is_tried_four_times_and_then_no_more()
    {
        await using var receiver = await NotificationReceiver.StartAsync(500, 404, 302, 204);
        await using var sandbox = await SandboxHost.StartAsync();

        await PlaceNotifiedAsync(sandbox, receiver.Url, "1");
        foreach (var (count, wait) in new[] { (1, 60), (2, 300), (3, 900) })
        {
            var attempt = (await AttemptsAsync(sandbox, count))[^1];
            (Next(attempt) - sandbox.Clock.GetUtcNow())!.Value.TotalSeconds.ShouldBe(wait);
            sandbox.Clock.Advance(TimeSpan.FromSeconds(wait));
        }

        var attempts = await AttemptsAsync(sandbox, 4);
        attempts.Select(attempt => attempt.GetProperty("status").GetInt32()).ShouldBe([500, 404, 302, 204]);
        Next(attempts[3]).ShouldBeNull();
        receiver.Received.Count.ShouldBe(4);
        var form = SandboxHost.Form(receiver.Received.Last());
        var source = string.Join('&', form.Where(f => f.Key != "signMsg").Select(f => $"{f.Key}={f.Value}"));
        sandbox.Verifies(source, form["signMsg"]).ShouldBeTrue();
    }

    [Fact]
    public async Task On_a_clock_sixty_times_as_fast_the_next_try_comes_a_second_later()
    {
        await using var receiver = await NotificationReceiver.StartAsync(500);
        await using var sandbox = await SandboxHost.StartAsync(args: ["--clock-scale", "60"]);
        await PlaceNotifiedAsync(sandbox, receiver.Url);
        await AttemptsAsync(sandbox, 1);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(0.9));
        await AttemptsAsync(sandbox, 1);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(0.2));

        (await AttemptsAsync(sandbox, 2))[1].GetProperty("status").GetInt32().ShouldBe(200);
    }

    [Fact]
    public async Task An_order_query_and_a_repeat_on_order_send_the_notification_too()
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync();
        await PlaceNotifiedAsync(sandbox, receiver.Url, notify: false);

        await sandbox.PostAsync("/gateway/index.do", SandboxHost.Signed(
            "merchantId=100020091218001&version=v1.5&signType=0&orderNo=A1&orderDatetime=20261121100000"
            + "&queryDatetime=20261121100000"));
        await AttemptsAsync(sandbox, 1);
        (await sandbox.Http.PostAsync("/control/allinpay/notifications/A1", null)).EnsureSuccessStatusCode();
        await AttemptsAsync(sandbox, 2);

        receiver.Received.Count.ShouldBe(2);
        receiver.Received.Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("dropped", 0, 0)]
    [InlineData("lost", 1, 0)]
    [InlineData("twice", 2, 200)]
    [InlineData("wrong-signature", 1, 200)]
    public async Task A_notification_goes_wrong_as_ordered(string kind, int received, int status)
    {
        await using var receiver = await NotificationReceiver.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.OrderFaultAsync(new { provider = "allinpay", @interface = "notification", kind });

        await PlaceNotifiedAsync(sandbox, receiver.Url);

        var attempt = (await AttemptsAsync(sandbox, 1)).Single();
        attempt.GetProperty("status").GetInt32().ShouldBe(status);
        receiver.Received.Count.ShouldBe(received);
        if (kind != "wrong-signature") return;
        var form = SandboxHost.Form(receiver.Received.Single());
        var source = string.Join('&', form.Where(f => f.Key != "signMsg").Select(f => $"{f.Key}={f.Value}"));
        form["signMsg"].ShouldNotBe(SandboxHost.Md5(source + "&key=1234567890"));
    }

    [Fact]
    public async Task No_address_outside_this_machine_is_ever_notified()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        await PlaceNotifiedAsync(sandbox, "https://merchant.example/notify");

        (await AttemptsAsync(sandbox, 1)).Single().GetProperty("problem").GetString()
            .ShouldBe("the address is not on loopback");
    }
}
