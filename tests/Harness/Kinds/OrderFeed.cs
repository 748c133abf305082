using System.Globalization;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;

namespace MerchantPortal.Harness.Kinds;

/// <summary>An order that both sides know.</summary>
internal sealed record StockedOrder(string Number, DateTimeOffset OrderedAt, long Minor)
{
    public Guid Id { get; init; }

    /// <summary>The other side's number.</summary>
    public string ProviderNumber { get; init; } = "";
}

/// <summary>Operations on orders: one on each, so that each order's story is one operation's.</summary>
internal abstract class OrderFeed(string merchant, string prefix, int seed) : Feed
{
    private readonly Queue<StockedOrder> stock = new();
    private int made;

    protected abstract string Provider { get; }

    protected abstract string Currency { get; }

    /// <summary>What has happened to an order when it is stocked.</summary>
    protected abstract OrderEvent Stocked { get; }

    protected string Merchant { get; } = merchant;

    /// <summary>First letters of its order numbers.</summary>
    protected string Prefix { get; } = prefix;

    protected Random Random { get; } = new(seed);

    protected Account Account { get; set; } = null!;

    public override async Task StockAsync(Bench bench, int count)
    {
        var now = bench.Time.GetUtcNow();
        var orderedAt = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var orders = Enumerable.Range(0, count).Select(_ => new StockedOrder(
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{++made:D7}"), orderedAt.AddHours(-1), Minor()))
            .ToList();
        var numbers = await PlaceAsync(bench, orders);
        orders = [.. orders.Zip(numbers, (order, number) => order with { ProviderNumber = number })];
        var ids = await bench.WriteAsync(Bench.Job, "harness.orders", async commit =>
        {
            var learnt = new List<Guid>();
            foreach (var order in orders)
            {
                learnt.Add((await commit.LearnAsync(Account, Facts(order), OrderSource.Statement)).OrderId!.Value);
            }

            return learnt;
        });
        foreach (var (order, id) in orders.Zip(ids))
        {
            stock.Enqueue(order with { Id = id });
        }
    }

    /// <summary>Makes the orders over there.</summary>
    /// <returns>Their numbers over there.</returns>
    protected abstract Task<IEnumerable<string>> PlaceAsync(Bench bench, IReadOnlyList<StockedOrder> orders);

    /// <summary>The next order's amount, minor units.</summary>
    protected abstract long Minor();

    protected StockedOrder Next() => stock.Dequeue();

    protected Money Money(long minor) => new(minor, CurrencyTable.Get(Currency));

    /// <summary>An amount whose last two digits order no ending from the Sandbox.</summary>
    protected long Plain() => (Random.NextInt64(1, 90) * 100) + Random.Next(70);

    protected static string China(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    protected static async Task<IEnumerable<string>> PlaceAsync(
        Bench bench, string path, IEnumerable<object> orders, string numberMember) =>
        (await bench.Sandbox.SendAsync(HttpMethod.Post, path, orders)).EnumerateArray()
            .Select(placed => placed.GetProperty(numberMember).GetString()!);

    protected static async Task<IEnumerable<JsonElement>> RowsAsync(HttpClient sandbox, string path, string member) =>
        (await ReadAsync(sandbox, path)).GetProperty(member).EnumerateArray();

    private OrderFacts Facts(StockedOrder order) => new()
    {
        MerchantId = Merchant,
        MerchantNumber = order.Number,
        ProviderNumber = order.ProviderNumber,
        OrderedAt = order.OrderedAt,
        Amount = Money(order.Minor),
        Paid = Stocked == OrderEvent.PaymentSucceeded ? Money(order.Minor) : null,
        PaidAt = Stocked == OrderEvent.PaymentSucceeded ? order.OrderedAt.AddMinutes(1) : null,
        Event = Stocked,
        RawState = "1",
    };
}
