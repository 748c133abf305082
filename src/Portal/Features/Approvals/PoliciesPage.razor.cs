using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The approval policy and its check. A change of it is proposed and waits for a second person.</summary>
public partial class PoliciesPage
{
    private PolicyView? view;

    [CascadingParameter]
    public TimeZoneInfo? Zone { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => view = await Policies.ReadAsync(await Current.GetAsync());

    private string For(TierLine line) => line.Kind is { } kind ? Words[$"kinds.{kind}"]
        : line.Terms is null ? Words["policy.else"] : Words["kinds.all"];

    private string People(int count) => count == 1 ? Words["policy.one"] : Words["policy.people", count];

    private string Can(TierLine line) => line.IsStuck ? Words["policy.too-few", line.Most]
        : line.IsTight ? Words["policy.tight", line.Most] : Words["policy.enough", line.Most];

    private async Task RevokeAsync(Guid id)
    {
        await Delegations.RevokeAsync(await Current.GetAsync(), id);
        await LoadAsync();
    }

    private Task ProposeAsync(TierLine? line) => OpenAsync<TierDialog>(Words["policy.dialog"], new()
    {
        [nameof(TierDialog.Retires)] = line?.Id,
        [nameof(TierDialog.Start)] = line?.Terms,
        [nameof(TierDialog.Providers)] = view!.Providers,
        [nameof(TierDialog.Currencies)] = view.Currencies,
        [nameof(TierDialog.People)] = view.Reviewers,
    });

    private Task RetireAsync(TierLine line) => OpenAsync<ProposeDialog>(Words["policy.retire.title"], new()
    {
        [nameof(ProposeDialog.Kind)] = PolicyTierChange.Word,
        [nameof(ProposeDialog.Terms)] = ChangeJson.Write(new PolicyChange(line.Id, null)),
        [nameof(ProposeDialog.Facts)] = new List<(string, string)>
        {
            (Words["policy.for"], For(line)), (Words["policy.needed"], People(line.Rule.Needed)),
        },
        [nameof(ProposeDialog.ConfirmRight)] = Permission.ChangesConfirm,
        [nameof(ProposeDialog.Act)] = Words["policy.act"],
    });

    private Task NameAsync() => OpenAsync<DelegateDialog>(Words["delegation.dialog"], new()
    {
        [nameof(DelegateDialog.People)] = view!.StandIns,
        [nameof(DelegateDialog.Zone)] = Zone ?? TimeZoneInfo.Utc,
    });

    private async Task OpenAsync<TDialog>(string title, Dictionary<string, object?> parameters)
        where TDialog : ComponentBase
    {
        object? said = await Dialogs.OpenAsync<TDialog>(title, parameters, ConfirmDialogs.Options(UiTexts));
        if (said is ChangeMessage message)
        {
            Toasts.Notify(NotificationSeverity.Success, message.Lead, message.Next, 5000);
        }
    }
}
