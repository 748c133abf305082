using System.Text.Json;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Reads one order with everything that happened to it.</summary>
public sealed class OrderDetailQueries(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    private const int MostExchanges = 40;

    /// <summary>The order; null when there is none that the actor may see.</summary>
    public async Task<OrderDetails?> ReadAsync(Actor actor, Guid orderId)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == orderId);
        if (order is null || !rights.Allows(Permission.OrdersRead, order.AccountId))
        {
            return null;
        }

        var balance = await db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == orderId);
        var rows = await HistoryAsync(db, order, balance.Paid);
        var newest = rows.Operations.MaxBy(row => row.RequestedAt);
        return new()
        {
            Id = order.Id,
            Number = order.Number,
            MerchantNumber = order.MerchantNumber,
            ProviderNumber = order.ProviderNumber,
            Amount = order.Amount,
            State = order.State,
            RawState = order.RawState,
            Method = order.Method,
            Payer = order.Payer,
            ShopState = order.ShopState,
            Source = order.Source,
            OrderedAt = order.OrderedAt,
            ChangedAt = order.ChangedAt,
            Paid = balance.Paid,
            Refunded = balance.Refunded,
            Reserved = balance.Reserved,
            AskedAt = order.AskedAt,
            NextQuestionAt = order.NextQuestionAt,
            Place = await PlaceAsync(order, rights),
            RefundRawState = newest?.RawState,
            HasUnknownRefund = rows.Operations.Any(row => OrderFiltering.Unsettled.Contains(row.State)),
            Notifications = rows.Inbound.Count,
            Retries = await RetriesAsync(order),
            IsHold = await db.Set<Hold>().AnyAsync(row => row.OrderId == order.Id),
            Moments = OrderHistory.Of(rows),
            Exchanges = Exchanges(rows),
        };
    }

    private static async Task<OrderHistoryRows> HistoryAsync(PortalDb db, Order order, long paid)
    {
        var operations = await db.Set<Operation>().AsNoTracking()
            .Where(row => row.OrderId == order.Id && row.Kind == OperationKind.Refund).ToListAsync();
        var ids = operations.ConvertAll(row => row.Id);
        return new(
            order,
            paid,
            await db.Set<Inbound>().AsNoTracking().Where(row => row.OrderId == order.Id).ToListAsync(),
            operations,
            await db.Set<Approval>().AsNoTracking().Where(row => ids.Contains(row.OperationId)).ToListAsync(),
            await db.Set<Attempt>().AsNoTracking().Where(row => ids.Contains(row.OperationId)).ToListAsync(),
            await db.Set<Evidence>().AsNoTracking().Where(row => ids.Contains(row.OperationId)).ToListAsync());
    }

    private async Task<OrderPlace> PlaceAsync(Order order, Rights rights)
    {
        var account = await accounts.GetAsync(order.AccountId);
        var provider = accounts.Provider(account);
        var about = provider.Descriptor;
        return new()
        {
            AccountId = account.Id,
            Account = account.Name,
            Provider = new(about.Key, about.Name, about.Mark),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(about.Zone),
            Station = account.Mode == AccountMode.Live ? about.Station : null,
            CanAsk = provider.Orders is not null && accounts.Address(account) is not null,
            MayAsk = rights.Allows(Permission.OrdersAsk, account.Id),
            AnswersFor = provider.Orders?.AnswersFor,
            AnswersRefundsFor = provider.Refunds?.AnswersFor,
        };
    }

    private async Task<RetryStanding?> RetriesAsync(Order order) =>
        order.State is OrderState.AwaitingPayment or OrderState.Processing
            && accounts.Provider(await accounts.GetAsync(order.AccountId)).Notifications is { } notifications
            ? RetryStanding.Of(notifications.Retries, order.OrderedAt, time.GetUtcNow())
            : null;

    private static IReadOnlyList<OrderExchange> Exchanges(OrderHistoryRows rows)
    {
        var numbers = rows.Operations.ToDictionary(row => row.Id, row => row.Number);
        return
        [
            .. rows.Evidence.Where(row => row.Transcript.Length > 0)
                .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(MostExchanges)
                .Select(row => new OrderExchange(
                    row.Id, numbers[row.OperationId], row.Kind, row.At, Open(row.Transcript))),
        ];
    }

    private static Transcript Open(string json) => JsonSerializer.Deserialize<Transcript>(json, EvidenceRows.Json)
        ?? throw new InvalidOperationException("A transcript in the database is empty.");
}
