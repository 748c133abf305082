using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MerchantPortal.Portal.Browser;

/// <summary>What really happened at the provider, as the Sandbox's ledger of the demo merchant has it.</summary>
public sealed class SandboxLedger(HttpClient sandbox)
{
    private const string Merchant = "100020091218001";
    private readonly HashSet<string> taken = [];

    public sealed record Order(string OrderNo, long OrderAmount, string State, long RefundedAmount);

    public sealed record Refund(
        [property: JsonPropertyName("mchtRefundOrderNo")] string Number, string OrderNo, long Amount, bool MoneyMoved);

    private sealed record Contents(List<Order> Orders, List<Refund> Refunds);

    /// <summary>Shop number of a paid order of the week without any refund; each call gives another.</summary>
    public async Task<string> UntouchedOrderAsync()
    {
        var contents = await ReadAsync();
        var order = contents.Orders
            .Where(order => order.State == "paid" && !contents.Refunds.Exists(one => one.OrderNo == order.OrderNo))
            .OrderBy(order => order.OrderNo, StringComparer.Ordinal).Select(order => order.OrderNo)
            .First(number => !taken.Contains(number));
        taken.Add(order);
        return order;
    }

    /// <summary>Every refund that was taken on under a number of ours.</summary>
    public async Task<IReadOnlyList<Refund>> RefundsAsync(string number) =>
        [.. (await ReadAsync()).Refunds.Where(refund => refund.Number == number)];

    /// <summary>Every refund of an order, whatever its number.</summary>
    public async Task<IReadOnlyList<Refund>> RefundsOfAsync(string shopNumber) =>
        [.. (await ReadAsync()).Refunds.Where(refund => refund.OrderNo == shopNumber)];

    /// <summary>How often money moved under a refund number of ours, at any provider.</summary>
    public async Task<int> MovedAsync(string provider, string merchant, string number)
    {
        var ledger = await sandbox.GetFromJsonAsync<JsonElement>(
            $"/control/{provider}/ledger?merchantId={merchant}&oidPartner={merchant}");
        return ledger.GetProperty("refunds").EnumerateArray().Count(refund =>
            refund.GetProperty("moneyMoved").GetBoolean()
            && refund.EnumerateObject().Any(part =>
                part.Value.ValueKind == JsonValueKind.String && part.Value.GetString() == number));
    }

    /// <summary>Payee and hundredths of every transfer that was made under a number of ours.</summary>
    public async Task<IReadOnlyList<(string Payee, long Amount)>> TransfersAsync(string number)
    {
        var ledger = await sandbox.GetFromJsonAsync<JsonElement>("/control/bgcpay/ledger");
        return
        [
            .. ledger.GetProperty("transfers").EnumerateArray()
                .Where(row => row.GetProperty("outBizNo").GetString() == number)
                .Select(row => (
                    row.GetProperty("payeeDid").GetString()!, row.GetProperty("amount").GetInt64())),
        ];
    }

    private async Task<Contents> ReadAsync() =>
        (await sandbox.GetFromJsonAsync<Contents>($"/control/allinpay/ledger?merchantId={Merchant}"))!;
}
