using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;

namespace MerchantPortal.Harness.Kinds;

/// <summary>A paid order that both sides know.</summary>
internal sealed record StockedOrder(Guid Id, string Number, DateTimeOffset OrderedAt, long Minor)
{
    /// <summary>The other side's number.</summary>
    public string ProviderNumber { get; init; } = "";
}

/// <summary>
/// Refunds: one of each order, a third of its amount, so that a second one would find the money still there.
/// </summary>
internal abstract class RefundFeed(int seed) : Feed
{
    // Amounts whose last two digits order an ending from the Sandbox: failed in review, rejected in review.
    private static readonly long[] BadEnds = [75, 76];
    private readonly Random random = new(seed);
    private readonly Queue<StockedOrder> stock = new();
    private int made;

    protected abstract string Provider { get; }

    protected abstract string Merchant { get; }

    /// <summary>First letters of its order numbers.</summary>
    protected abstract string Prefix { get; }

    protected abstract string Currency { get; }

    protected Account Account { get; set; } = null!;

    public override string Name => $"{Provider} refund";

    public override async Task StockAsync(Bench bench, int count)
    {
        var now = bench.Time.GetUtcNow();
        var orderedAt = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddHours(-1);
        var placed = Enumerable.Range(0, count).Select(_ => new StockedOrder(
            Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++made:D7}"), orderedAt, Amount()))
            .ToList();
        placed = [.. placed.Zip(
            await PlaceAsync(bench, placed), (order, number) => order with { ProviderNumber = number })];
        var ids = await bench.WriteAsync("harness.orders", async commit =>
        {
            var learnt = new List<Guid>();
            foreach (var order in placed)
            {
                learnt.Add((await commit.LearnAsync(Account, Facts(order), OrderSource.Statement)).OrderId!.Value);
            }

            return learnt;
        });
        foreach (var (order, id) in placed.Zip(ids))
        {
            stock.Enqueue(order with { Id = id });
        }
    }

    public override async Task<Guid> RequestAsync(Bench bench)
    {
        var order = stock.Dequeue();
        var asked = await bench.Get<RefundCommands>().RequestAsync(bench.Clerk, new RefundForm
        {
            CommandId = Guid.CreateVersion7(),
            OrderId = order.Id,
            AmountText = Money(order.Minor / 3).ToDecimalText(),
            SeenRefundable = order.Minor,
            Reason = "Returned",
        });
        return asked is RefundRequested.Asked done
            ? done.Id
            : throw new InvalidOperationException($"The refund of {order.Number} was refused: {asked}.");
    }

    public override bool Owns(PortalRow row) => row.Kind == "Refund" && row.Provider == Provider;

    public override string KeyOf(PortalRow row) => row.Number;

    /// <summary>Makes the orders over there, paid.</summary>
    /// <returns>Their numbers over there.</returns>
    protected abstract Task<IEnumerable<string>> PlaceAsync(Bench bench, IReadOnlyList<StockedOrder> orders);

    protected Money Money(long minor) => new(minor, CurrencyTable.Get(Currency));

    protected static string China(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    protected static async Task<IEnumerable<string>> PlaceAsync(
        Bench bench, string path, IEnumerable<object> orders, string numberMember) =>
        (await bench.Sandbox.SendAsync(HttpMethod.Post, path, orders)).EnumerateArray()
            .Select(placed => placed.GetProperty(numberMember).GetString()!);

    protected static async Task<IReadOnlyList<JsonElement>> RowsAsync(HttpClient sandbox, string path) =>
        [.. (await sandbox.GetFromJsonAsync<JsonElement>(path)).GetProperty("refunds").EnumerateArray()];

    protected LedgerEntry Entry(string number, int times, bool moved, bool isOpen) => new(
        Name, number, times,
        moved ? LedgerStanding.Done : isOpen ? LedgerStanding.Open : LedgerStanding.Failed);

    private long Amount()
    {
        var ends = random.Next(100) < 8 ? BadEnds[random.Next(BadEnds.Length)] : random.Next(70);
        return 3 * ((random.NextInt64(1, 90) * 100) + ends);
    }

    private OrderFacts Facts(StockedOrder order) => new()
    {
        MerchantId = Merchant,
        MerchantNumber = order.Number,
        ProviderNumber = order.ProviderNumber,
        OrderedAt = order.OrderedAt,
        Amount = Money(order.Minor),
        Paid = Money(order.Minor),
        PaidAt = order.OrderedAt.AddMinutes(1),
        Event = OrderEvent.PaymentSucceeded,
        RawState = "1",
    };
}
