using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Turns a filter into conditions that both databases carry out.</summary>
internal static class OrderFiltering
{
    public static readonly OperationState[] Open =
        [OperationState.PendingApproval, OperationState.Ready, OperationState.Sending, OperationState.Accepted];

    public static readonly OperationState[] Unsettled = [OperationState.Unknown, OperationState.NeedsPerson];

    private static readonly OrderState[] Paid = [OrderState.Paid, OrderState.PartRefunded, OrderState.Refunded];
    private static readonly OrderState[] Waiting = [OrderState.AwaitingPayment, OrderState.Processing, OrderState.Held];
    private static readonly string[] NoDecimals = Codes(0);
    private static readonly string[] ThreeDecimals = Codes(3);

    /// <summary>The orders that all filters but the tab let through.</summary>
    public static IQueryable<Order> Matching(this IQueryable<Order> orders, OrderFilter filter, TimeZoneInfo zone)
    {
        orders = filter.Provider is { } provider ? orders.Where(row => row.Provider == provider) : orders;
        orders = filter.AccountId is { } account ? orders.Where(row => row.AccountId == account) : orders;
        orders = filter.State is { } state ? orders.Where(row => row.State == state) : orders;
        orders = filter.Method is { } method ? orders.Where(row => row.Method.Contains(method)) : orders;
        orders = filter.Currency is { } currency ? orders.Where(row => row.Currency == currency) : orders;
        orders = filter.Source is { } source ? orders.Where(row => row.Source == source) : orders;
        orders = OfAmount(orders, filter);
        if (filter.From is { } from)
        {
            var begin = StartOf(from, zone);
            orders = orders.Where(row => row.OrderedAt >= begin);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = StartOf(to.AddDays(1), zone);
            orders = orders.Where(row => row.OrderedAt < end);
        }

        return filter.Search is { } text ? Named(orders, text) : orders;
    }

    /// <summary>The orders behind a tab.</summary>
    public static IQueryable<Order> Behind(
        this IQueryable<Order> orders, OrderTab tab, IQueryable<Operation> operations) =>
        tab switch
        {
            OrderTab.Paid => orders.Where(row => Paid.Contains(row.State)),
            OrderTab.Waiting => orders.Where(row => Waiting.Contains(row.State)),
            OrderTab.RefundOpen => orders.Where(row =>
                operations.Any(o => o.OrderId == row.Id && o.Kind == OperationKind.Refund && Open.Contains(o.State))),
            OrderTab.Unknown => orders.Where(row =>
                operations.Any(o => o.OrderId == row.Id && Unsettled.Contains(o.State))),
            OrderTab.Declined => orders.Where(row => row.State == OrderState.Declined),
            OrderTab.Closed => orders.Where(row => row.State == OrderState.Closed),
            _ => orders,
        };

    /// <summary>The instant a day begins in a zone; clocks may have been put forward over midnight.</summary>
    internal static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    // Amounts of all currencies are compared in thousandths: "at least 50.00" means yen as well as dinars.
    private static IQueryable<Order> OfAmount(IQueryable<Order> orders, OrderFilter filter)
    {
        if (filter.AtLeast is { Thousandths: var least })
        {
            orders = orders.Where(row => least <= row.AmountMinor
                * (NoDecimals.Contains(row.Currency) ? 1000 : ThreeDecimals.Contains(row.Currency) ? 1 : 10));
        }

        if (filter.AtMost is { Thousandths: var most })
        {
            orders = orders.Where(row => most >= row.AmountMinor
                * (NoDecimals.Contains(row.Currency) ? 1000 : ThreeDecimals.Contains(row.Currency) ? 1 : 10));
        }

        return orders;
    }

    private static IQueryable<Order> Named(IQueryable<Order> orders, string text)
    {
        var ours = text.ToUpperInvariant();
        return orders.Where(row => row.Number.StartsWith(ours) || row.MerchantNumber.StartsWith(text)
            || (row.ProviderNumber != null && row.ProviderNumber.StartsWith(text)) || row.Payer.StartsWith(text));
    }

    private static string[] Codes(int exponent) =>
        [.. CurrencyTable.All.Where(currency => currency.Exponent == exponent).Select(currency => currency.Code)];
}
