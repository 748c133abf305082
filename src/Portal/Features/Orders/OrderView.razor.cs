using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>An order's own page. What others change waits behind a note; what the person does shows at once.</summary>
public sealed partial class OrderView
{
    private IReadOnlyList<OrderRow>? matches;
    private OrderDetails? order;
    private OrderDetails? changed;
    private string? read;
    private bool mine;
    private IDisposable? subscription;

    [Parameter] public string Number { get; set; } = "";
    [SupplyParameterFromQuery] private string? Events { get; set; }
    [Inject] private OrderQueries Orders { get; set; } = null!;
    [Inject] private OrderDetailQueries Details { get; set; } = null!;
    [Inject] private CurrentActor Current { get; set; } = null!;
    [Inject] private ChangeFeed Changes { get; set; } = null!;
    [Inject] private IStringLocalizer<OrdersTexts> Texts { get; set; } = null!;

    private (OrderDetails Order, OrderMoment? Moment)? News => changed is null ? null : (changed, NewestOf(changed));

    public void Dispose() => subscription?.Dispose();

    protected override void OnInitialized() =>
        subscription = RendererInfo.IsInteractive ? Changes.Subscribe(Hear) : null;

    protected override async Task OnParametersSetAsync()
    {
        if (read == Number)
        {
            return;
        }

        read = Number;
        (matches, order, changed, mine) = (null, null, null, false);
        var actor = await Current.GetAsync();
        var found = await Orders.FindAsync(actor, Number);
        order = found.Count == 1 ? await Details.ReadAsync(actor, found[0].Id) : null;
        matches = found;
    }

    private void Hear(IReadOnlyList<Change> list)
    {
        if (order is { Id: var id } && list.Any(change => change.Topic == "order" && change.Id == id))
        {
            _ = InvokeAsync(ReadAgainAsync);
        }
    }

    private async Task ReadAgainAsync()
    {
        if (order is not { } shown)
        {
            return;
        }

        var actor = await Current.GetAsync();
        var now = await Details.ReadAsync(actor, shown.Id);
        if (now is null || order?.Id != now.Id)
        {
            return;
        }

        if (mine || NewestOf(now) is { UserId: { } by } && by == actor.UserId)
        {
            mine &= !(now.AskedAt > shown.AskedAt || (shown.AskedAt is null && now.AskedAt is not null));
            (order, changed) = (now, null);
        }
        else
        {
            changed = now;
        }

        StateHasChanged();
    }

    /// <summary>The newest event that is not on the page yet.</summary>
    private OrderMoment? NewestOf(OrderDetails now) => now.Moments.Except(order!.Moments).LastOrDefault();

    private void ShowNews() => (order, changed) = (changed ?? order, null);
}
