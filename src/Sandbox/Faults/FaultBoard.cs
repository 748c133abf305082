namespace MerchantPortal.Sandbox.Faults;

/// <summary>The faults on order, taken one by one as calls come in, and chance when the world is hostile.</summary>
sealed class FaultBoard(HostileWorld? hostile)
{
    public const string Notification = "notification";
    public const string AnyInterface = "*";

    readonly Lock gate = new();
    readonly List<FaultOrder> orders = [];
    int lastId;

    public int Order(FaultOrder order)
    {
        lock (gate)
        {
            orders.Add(order with { Id = ++lastId });
            return lastId;
        }
    }

    public IReadOnlyList<FaultOrder> Standing()
    {
        lock (gate) return [.. orders];
    }

    public void Clear()
    {
        lock (gate) orders.Clear();
    }

    /// <summary>Clears the board and lets chance begin again as the seed has it.</summary>
    public void Reset()
    {
        Clear();
        hostile?.Reset();
    }

    /// <summary>The fault for this call: one on order first, then the amount's trigger, then chance.</summary>
    public Fault? Take(string provider, string @interface, string orderNo, string callKey, Fault? trigger = null)
    {
        lock (gate)
        {
            var place = orders.FindIndex(order => order.Provider == provider
                && (order.Interface == @interface || order.Interface == AnyInterface)
                && (order.OrderNo is null || order.OrderNo == orderNo));
            if (place >= 0)
            {
                var order = orders[place];
                if (order.Times > 1) orders[place] = order with { Times = order.Times - 1 };
                else orders.RemoveAt(place);
                return order.ToFault();
            }
        }
        return trigger ?? hostile?.Draw(@interface, $"{provider}/{@interface}/{callKey}");
    }
}
