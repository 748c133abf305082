using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>The page of cards. Account and payer stand in its address; a card's number never does.</summary>
public sealed partial class CardsPage
{
    private IReadOnlyList<CardAccount>? accounts;
    private PayerCards? cards;
    private BankFound? bank;
    private string? typedPayer;
    private string? typedNumber;
    private string? said;
    private (Guid, string)? shown;
    private int numberBox;
    private bool busy;
    private bool asking;

    [SupplyParameterFromQuery(Name = "account")]
    public string? AccountText { get; set; }

    [SupplyParameterFromQuery(Name = "payer")]
    public string? Payer { get; set; }

    [Inject]
    private CardServices Cards { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private IStringLocalizer<CardTexts> Texts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<OperationTexts> OperationTexts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<UiTexts> UiTexts { get; set; } = null!;

    private CardAccount Account =>
        accounts!.FirstOrDefault(one => one.Id.ToString("N") == AccountText) ?? accounts![0];

    private IReadOnlyList<SignedCardLine> Lines => (cards as PayerCards.Told)?.Lines ?? [];

    protected override async Task OnParametersSetAsync()
    {
        accounts ??= await Cards.Queries.AccountsAsync(await Current.GetAsync());
        if (accounts.Count == 0)
        {
            return;
        }

        if (Payer is not { Length: > 0 } payer)
        {
            (cards, shown) = (null, null);
        }
        else if (shown != (Account.Id, payer))
        {
            shown = (Account.Id, payer);
            typedPayer = payer;
            await LoadAsync(payer);
        }
    }

    private Task ReloadAsync() => Payer is { Length: > 0 } payer ? LoadAsync(payer) : Task.CompletedTask;

    private async Task LoadAsync(string payer)
    {
        busy = true;
        StateHasChanged();
        cards = await Cards.Queries.ListAsync(await Current.GetAsync(), Account.Id, payer);
        busy = false;
    }

    private void Go(string? account, string? payer)
    {
        if (Guid.TryParse(account ?? Account.Id.ToString("N"), out var id))
        {
            Navigation.NavigateTo(PortalUrls.CardList(id, payer?.Trim() is { Length: > 0 } text ? text : null));
        }
    }

    private async Task FindBankAsync()
    {
        if (asking)
        {
            return;
        }

        asking = true;
        var typed = typedNumber ?? "";

        // Whatever the answer is, the number is gone from the page and from here.
        typedNumber = null;
        numberBox++;
        bank = await Cards.Queries.FindBankAsync(await Current.GetAsync(), Account.Id, typed);
        asking = false;
    }

    private async Task UnbindAsync(SignedCardLine line)
    {
        if (cards is not PayerCards.Told told || Payer is not { } payer)
        {
            return;
        }

        var answer = (object?)await Dialogs.OpenAsync<UnbindDialog>(Texts["unbind.title"], new()
        {
            [nameof(UnbindDialog.Line)] = line,
            [nameof(UnbindDialog.Payer)] = payer,
            [nameof(UnbindDialog.Prospect)] = told.Prospect,
            [nameof(UnbindDialog.AccountName)] = Account.Name,
            [nameof(UnbindDialog.Ask)] = (Func<UnbindForm, Task<UnbindRequested>>)AskAsync,
        }, ConfirmDialogs.Options(UiTexts));
        if (answer is UnbindRequested.Asked asked)
        {
            said = Texts["asked", asked.Number];
        }

        await LoadAsync(payer);
    }

    private async Task<UnbindRequested> AskAsync(UnbindForm form) =>
        await Cards.Commands.RequestAsync(await Current.GetAsync(), form with { AccountId = Account.Id });

    private string Why(ProviderError error) => OperationTexts[$"why.{error}"];
}

/// <summary>What the page asks and does.</summary>
public sealed record CardServices(CardQueries Queries, CardCommands Commands);
