using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Batches;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>The orders that somebody has selected, also on pages of the list that were left since.</summary>
internal sealed class OrderSelection
{
    private readonly Dictionary<string, SelectedOrder> orders = [];

    /// <summary>Their numbers, for the list to mark.</summary>
    public IReadOnlySet<string> Keys => orders.Keys.ToHashSet();

    public IReadOnlyList<SelectedOrder> Orders => [.. orders.Values];

    /// <summary>Takes over what the list has marked now.</summary>
    /// <param name="keys">All marked numbers.</param>
    /// <param name="shown">The rows that the list shows, where the new ones stand.</param>
    public void Change(IReadOnlySet<string> keys, IReadOnlyList<OrderRow> shown)
    {
        foreach (var gone in orders.Keys.Except(keys).ToList())
        {
            orders.Remove(gone);
        }

        foreach (var row in shown.Where(row => keys.Contains(row.Number)))
        {
            orders[row.Number] = new(row.Number, Rest(row));
        }
    }

    /// <summary>Selects these instead of what was selected before.</summary>
    public void Take(IReadOnlyList<OrderRow> rows)
    {
        orders.Clear();
        foreach (var row in rows)
        {
            orders[row.Number] = new(row.Number, Rest(row));
        }
    }

    public void Clear() => orders.Clear();

    // Only what is paid can go back; an order that waits for its money has nothing left to give.
    private static Money Rest(OrderRow row) => new(row.Refundable, CurrencyTable.Get(row.Currency));
}
