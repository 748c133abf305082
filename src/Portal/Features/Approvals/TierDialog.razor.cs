using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The dialog that proposes one line of the policy.</summary>
public partial class TierDialog
{
    private readonly Guid command = Guid.CreateVersion7();
    private readonly HashSet<Guid> named = [];
    private string kind = "";
    private string provider = "";
    private string currency = "";
    private string amount = "0";
    private string needed = "2";
    private string cooling = "0";
    private string hours = "24";
    private string why = "";
    private bool tried;
    private bool busy;
    private ChangeMessage? message;

    /// <summary>The line that it takes the place of; null for a new one.</summary>
    [Parameter]
    public Guid? Retires { get; set; }

    /// <summary>What is filled in at the start; null for a new line.</summary>
    [Parameter]
    public TierTerms? Start { get; set; }

    /// <summary>The providers, by key and name.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(string Key, string Name)> Providers { get; set; } = [];

    /// <summary>The currencies of the accounts.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Currencies { get; set; } = [];

    /// <summary>Everybody who may approve somewhere.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<(Guid Id, string Name)> People { get; set; } = [];

    private long? Minor => currency.Length == 0 ? 0
        : Money.TryParse(amount.AsSpan().Trim(), CurrencyTable.Get(currency), out var money) && money.Minor >= 0
            ? money.Minor
            : null;

    protected override void OnInitialized()
    {
        if (Start is not { } start)
        {
            return;
        }

        kind = start.Kind?.ToString() ?? "";
        provider = start.Provider;
        currency = start.Currency;
        amount = currency.Length == 0
            ? "0"
            : new Money(start.FromMinor, CurrencyTable.Get(currency)).ToDecimalText();
        needed = Text(start.Needed);
        cooling = Text(start.CoolingOffMinutes);
        hours = Text(start.HoursToDecide);
        named.UnionWith(start.Approvers);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Wrong(string text) => tried && Whole(text) is null ? Words["policy.number.wrong"] : null;

    private void Toggle(Guid id)
    {
        if (!named.Remove(id))
        {
            named.Add(id);
        }
    }

    private async Task ProposeAsync()
    {
        tried = true;
        if (busy || string.IsNullOrWhiteSpace(why) || Minor is not { } minor
            || Whole(needed) is not { } people || Whole(cooling) is not { } minutes || Whole(hours) is not { } time)
        {
            return;
        }

        var terms = new TierTerms(
            kind.Length == 0 ? null : Enum.Parse<OperationKind>(kind), provider, currency, minor, people, minutes,
            time, [.. named]);
        busy = true;
        try
        {
            var result = await Commands.ProposeAsync(await Current.GetAsync(), new(
                command, PolicyTierChange.Word, ChangeJson.Write(new PolicyChange(Retires, terms)), why));
            message = Dialogs.CloseIfDone(result, Changes.Ended(result));
        }
        finally
        {
            busy = false;
        }
    }
}
