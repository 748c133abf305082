using System.Net.Http.Json;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class LianLianGlobalRefundTests
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_refund_is_accepted_reviewed_and_paid_and_the_payment_follows()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");

        var accepted = await shop.RefundAsync("R1", "P1", "40.00");

        (accepted.Status, accepted.Code, accepted.IsSigned).ShouldBe((200, "SUCCESS", true));
        accepted.RefundState.ShouldBe("PA");
        accepted.Order.GetProperty("original_transaction_id").GetString().ShouldBe("P1");
        (await shop.StateAsync("P1")).ShouldBe("RP");
        sandbox.Clock.Advance(Step);
        (await shop.QueryRefundAsync("R1")).RefundState.ShouldBe("RP");
        sandbox.Clock.Advance(Step);
        var done = await shop.QueryRefundAsync("R1");
        (done.RefundState, done.IsSigned).ShouldBe(("RS", true));
        done.Order.GetProperty("refund_data").GetProperty("actual_refund_amount").GetString().ShouldBe("40.00");
        (await shop.StateAsync("P1")).ShouldBe("PR");

        await shop.RefundAsync("R2", "P1", "60.00");
        sandbox.Clock.Advance(Step * 2);
        (await shop.StateAsync("P1")).ShouldBe("RS");
        (await LedgerAsync(sandbox)).Select(refund => refund.GetProperty("moneyMoved").GetBoolean())
            .ShouldBe([true, true]);
    }

    [Theory]
    [InlineData("P1", "100.01", 422, "REFUND_AMOUNT_EXCEEDED")]
    [InlineData("P2", "1.00", 422, "NON_REFUNDABLE_ORDER")]
    [InlineData("P3", "1.00", 404, "OBJECT_NOT_FOUND")]
    [InlineData("P1", "1.74", 422, "NON_REFUNDABLE_ORDER")]
    [InlineData("P1", "1.81", 422, "INSUFFICIENT_BALANCE")]
    [InlineData("P1", "1", 400, "INVALID_PARAMETER")]
    [InlineData("P1", "0.00", 400, "INVALID_PARAMETER")]
    public async Task A_refund_that_cannot_be_is_refused_and_leaves_nothing(
        string payment, string amount, int status, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        await shop.PlaceAsync("P2", state: "WP");

        var refused = await shop.RefundAsync("R1", payment, amount);

        (refused.Status, refused.Code, refused.IsSigned).ShouldBe((status, code, true));
        (await shop.QueryRefundAsync("R1")).Code.ShouldBe("OBJECT_NOT_FOUND");
        (await LedgerAsync(sandbox)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Parts_may_not_add_up_to_more_than_the_payment()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox, ("balance", 9_000));
        await shop.PlaceAsync("P1", "50.00");
        await shop.PlaceAsync("P2", "50.00");

        (await shop.RefundAsync("R1", "P1", "30.00")).Code.ShouldBe("SUCCESS");
        (await shop.RefundAsync("R2", "P1", "20.01")).Code.ShouldBe("REFUND_AMOUNT_EXCEEDED");
        (await shop.RefundAsync("R2", "P1", "20.00")).Code.ShouldBe("SUCCESS");
        (await shop.RefundAsync("R3", "P1", "0.01")).Code.ShouldBe("REFUND_ALREADY_REQUESTED");
        (await shop.RefundAsync("R4", "P2", "40.01")).Code.ShouldBe("INSUFFICIENT_BALANCE");
    }

    [Fact]
    public async Task A_refund_number_is_good_for_one_refund()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        await shop.RefundAsync("R1", "P1", "1.00");
        var again = await shop.RefundAsync("R1", "P1", "1.00");
        (again.Status, again.Code).ShouldBe((409, "EXISTING_OBJECT"));

        shop = await LianLianGlobalClient.StartAsync(sandbox, ("repeatsRefunds", true));
        (await shop.RefundAsync("R1", "P1", "1.00")).Code.ShouldBe("SUCCESS");
        (await shop.RefundAsync("R1", "P1", "2.00")).Code.ShouldBe("EXISTING_OBJECT");
        (await LedgerAsync(sandbox)).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("1.75", "RF", "PS")]
    [InlineData("1.76", "RC", "PS")]
    [InlineData("1.77", "WR", "RP")]
    [InlineData("1.78", "PA", "RP")]
    [InlineData("1.00", "RS", "PR")]
    public async Task An_amount_orders_the_end_of_the_review(string amount, string end, string payment)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        await shop.RefundAsync("R1", "P1", amount);

        sandbox.Clock.Advance(Step * 10);

        (await shop.QueryRefundAsync("R1")).RefundState.ShouldBe(end);
        (await shop.StateAsync("P1")).ShouldBe(payment);
        (await sandbox.Http.PostAsJsonAsync(
            $"/control/lianlian-global/refunds/R1/state?merchantId={LianLianGlobalClient.Merchant}",
            new { state = "RC" })).EnsureSuccessStatusCode();
        (await shop.QueryRefundAsync("R1")).RefundState.ShouldBe("RC");
    }

    [Theory]
    [InlineData("merchant_id", "1")]
    [InlineData("merchant_transaction_id", null)]
    [InlineData("original_transaction_id", "P2")]
    [InlineData("merchant_refund_time", "2026-11-21")]
    [InlineData("refund_data", null)]
    public async Task A_member_that_is_missing_or_wrong_is_named(string member, object? value)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");

        var refused = await shop.RefundAsync("R1", "P1", "1.00", (member, value));

        refused.Body.GetProperty("return_msg").GetString().ShouldBe($"{member} is empty or incorrect");
    }

    [Fact]
    public async Task A_secondary_merchant_is_not_known()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");

        (await shop.RefundAsync("R1", "P1", "1.00", ("sub_merchant_id", "S1"))).Code
            .ShouldBe("INVALID_SECONDARY_MERCHANT");
    }

    [Theory]
    [InlineData("wrong-signature", 200, false, 1)]
    [InlineData("no-signature", 200, false, 1)]
    [InlineData("unknown-done", 422, true, 1)]
    [InlineData("duplicate-answer-other-order", 200, true, 1)]
    [InlineData("error-500", 500, false, 0)]
    [InlineData("error-500-done", 500, false, 1)]
    [InlineData("html-200", 200, false, 1)]
    public async Task A_refund_goes_wrong_as_ordered(string kind, int status, bool isSigned, int refunds)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        await sandbox.OrderFaultAsync(new { provider = "lianlian-global", @interface = "refund", kind });

        var answer = await shop.RefundAsync("R1", "P1", "1.00");

        (answer.Status, answer.IsSigned).ShouldBe((status, isSigned));
        (await LedgerAsync(sandbox)).Length.ShouldBe(refunds);
        if (kind == "unknown-done") answer.Code.ShouldBe("SYSTEM_BUSY");
        if (kind == "duplicate-answer-other-order")
            answer.Order.GetProperty("merchant_transaction_id").GetString().ShouldBe("R19");
    }

    [Theory]
    [InlineData("1.71", 1)]
    [InlineData("1.72", 0)]
    public async Task An_amount_takes_the_answer_away(string amount, int refunds)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");

        var call = shop.RefundAsync("R1", "P1", amount);
        // Its time would be too far off if the clock went on before it is there.
        await sandbox.UntilAsync(
            async () => (await sandbox.GetAsync("/control/calls?interface=refund")).GetArrayLength() == 1);
        await sandbox.UntilAsync(() => Task.FromResult(call.IsCompleted), TimeSpan.FromSeconds(30));

        await Should.ThrowAsync<HttpRequestException>(call);
        (await LedgerAsync(sandbox)).Length.ShouldBe(refunds);
    }

    [Fact]
    public async Task A_stale_query_has_not_heard_of_the_refund()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var shop = await LianLianGlobalClient.StartAsync(sandbox);
        await shop.PlaceAsync("P1");
        await shop.RefundAsync("R1", "P1", "1.00");
        await sandbox.OrderFaultAsync(
            new { provider = "lianlian-global", @interface = "refund-query", kind = "stale" });
        await sandbox.OrderFaultAsync(
            new { provider = "lianlian-global", @interface = "refund-query", kind = "refuse", code = "SYSTEM_BUSY" });

        (await shop.QueryRefundAsync("R1")).Code.ShouldBe("OBJECT_NOT_FOUND");
        var busy = await shop.QueryRefundAsync("R1");
        (busy.Status, busy.Code).ShouldBe((422, "SYSTEM_BUSY"));
        (await shop.QueryRefundAsync("R1")).RefundState.ShouldBe("PA");
    }

    [Fact]
    public async Task Key_payments_and_refunds_are_there_again_after_a_restart()
    {
        var file = Path.Combine(Path.GetTempPath(), $"sandbox-{Guid.CreateVersion7():N}.jsonl");
        try
        {
            byte[] key;
            await using (var sandbox = await SandboxHost.StartAsync(args: ["--ledger", file]))
            {
                var shop = await LianLianGlobalClient.StartAsync(sandbox);
                key = shop.GatewayKey.ExportSubjectPublicKeyInfo();
                await shop.PlaceAsync("P1");
                await shop.RefundAsync("R1", "P1", "1.00");
            }

            await using var again = await SandboxHost.StartAsync(args: ["--ledger", file]);
            var client = await LianLianGlobalClient.StartAsync(again);
            client.GatewayKey.ExportSubjectPublicKeyInfo().ShouldBe(key);
            (await client.QueryRefundAsync("R1")).RefundState.ShouldBe("PA");
            (await client.StateAsync("P1")).ShouldBe("RP");
        }
        finally
        {
            File.Delete(file);
        }
    }

    static async Task<JsonElement[]> LedgerAsync(SandboxHost sandbox) =>
        [.. (await sandbox.GetAsync("/control/lianlian-global/ledger")).GetProperty("refunds").EnumerateArray()];
}
