using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>The form of a new account.</summary>
public sealed partial class AccountDialog
{
    private IReadOnlyList<ProviderDescriptor> providers = [];
    private AccountMade? result;
    private bool isRehearsal;
    private bool busy;
    private string name = "";
    private string provider = "";
    private string merchantId = "";
    private string address = "";
    private string currencies = "CNY";
    private SignatureMode signature = SignatureMode.Rsa;
    private string md5Key = "";
    private string pem = "";

    /// <summary>Who fills it in.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = Actor.Nobody;

    [Inject]
    private AccountCommands Commands { get; set; } = null!;

    [Inject]
    private AccountQueries Queries { get; set; } = null!;

    [Inject]
    private PortalOptions Options { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountTexts> Texts { get; set; } = null!;

    [Inject]
    private IStringLocalizer<UiTexts> UiTexts { get; set; } = null!;

    private IReadOnlyList<string> Hosts => providers.FirstOrDefault(one => one.Key == provider)?.Hosts ?? [];

    protected override void OnInitialized()
    {
        isRehearsal = Options.Mode == PortalMode.Rehearse;
        providers = Queries.Providers();
        provider = providers[0].Key;
        TakeFirstHost();
    }

    private void TakeFirstHost() => address = Hosts is [var first, ..] ? $"https://{first}/" : "";

    private async Task CreateAsync()
    {
        busy = true;
        result = await Commands.CreateAsync(Actor, new AccountForm
        {
            Name = name,
            Provider = provider,
            MerchantId = merchantId.Trim(),
            Mode = isRehearsal ? AccountMode.Rehearsal : AccountMode.Live,
            AnswerSignature = signature,
            BaseAddress = isRehearsal ? "" : address,
            Currencies = currencies.ToUpperInvariant(),
            Md5Key = md5Key,
            ProviderPublicPem = signature == SignatureMode.Rsa ? pem : "",
        });
        md5Key = "";
        busy = false;
        if (result is AccountMade.Done)
        {
            Dialogs.Close(true);
        }
    }

    private string? ErrorOf(string field) =>
        result is AccountMade.Wrong wrong && wrong.Field == field
            ? Texts[$"wrong.{wrong.Field}.{wrong.Reason}"].Value
            : null;

    private string? Bad(string field) => ErrorOf(field) is null ? null : "true";

    private string By(string id, string field) => ErrorOf(field) is null ? $"{id}-hint" : $"{id}-error";
}
