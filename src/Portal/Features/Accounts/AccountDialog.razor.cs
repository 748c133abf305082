using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Radzen;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>The form of a new account.</summary>
public sealed partial class AccountDialog
{
    private const int MaxKeyFile = 32 * 1024;
    private readonly Dictionary<string, string> settings = [];
    private IReadOnlyList<AccountOffer> offers = [];
    private AccountMade? result;
    private bool isRehearsal;
    private bool busy;
    private string name = "";
    private string provider = "";
    private string merchantId = "";
    private string address = "";
    private string currencies = "CNY";
    private SignatureMode signature;
    private string md5Key = "";
    private KeyInput ours = new();
    private KeyInput theirs = new();

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

    private AccountOffer Offer => offers.First(one => one.Provider.Key == provider);

    private KeyPlan Plan => Offer.Plans.First(plan => plan.Answers == signature);

    protected override void OnInitialized()
    {
        isRehearsal = Options.Mode == PortalMode.Rehearse;
        offers = Queries.Offers();
        provider = offers[0].Provider.Key;
        TakeDefaults();
    }

    private void TakeDefaults()
    {
        address = Offer.Provider.Hosts is [var first, ..] ? $"https://{first}/" : "";
        signature = Offer.Plans[0].Answers;
        settings.Clear();
        foreach (var setting in Offer.Settings)
        {
            settings[setting.Key] = setting.Default;
        }
    }

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
            Md5Key = Plan.Takes(ProviderKeyKind.SharedSecret) ? md5Key : "",
            SigningPrivate = Plan.Takes(ProviderKeyKind.SigningPrivate) ? ours.Bytes : [],
            ProviderPublic = Plan.Takes(ProviderKeyKind.ProviderPublic) ? theirs.Bytes : [],
            Settings = Offer.Settings.Where(rule => settings[rule.Key] != rule.Default)
                .ToDictionary(rule => rule.Key, rule => settings[rule.Key].Trim()),
        });
        md5Key = "";
        ours = new();
        busy = false;
        if (result is AccountMade.Done)
        {
            Dialogs.Close(true);
        }
    }

    // Addresses of a rehearsal are the Sandbox's alone: there is nothing to decide.
    private IEnumerable<ProviderSetting> Decidable => Offer.Settings
        .Where(rule => !isRehearsal || !rule.Default.StartsWith("https://", StringComparison.Ordinal));

    private static async Task TakeFileAsync(KeyInput input, InputFileChangeEventArgs chosen)
    {
        using var bytes = new MemoryStream();
        await using var file = chosen.File.OpenReadStream(MaxKeyFile);
        await file.CopyToAsync(bytes);
        input.File = bytes.ToArray();
        input.FileName = chosen.File.Name;
    }

    private string PublicHint =>
        Plan.Needs.Contains(ProviderKeyKind.ProviderPublic) ? "form.public.hint" : "form.public.also";

    private string SettingName(string key) => AccountWords.Setting(Texts, key);

    private string? ErrorOf(string field) =>
        result is AccountMade.Wrong wrong && wrong.Field == field
            ? $"{Texts[$"wrong.{wrong.Field}.{wrong.Reason}"].Value} {wrong.Detail}".TrimEnd()
            : null;

    private string? Bad(string field) => ErrorOf(field) is null ? null : "true";

    private string By(string id, string field) => ErrorOf(field) is null ? $"{id}-hint" : $"{id}-error";

    /// <summary>A key as it is given: pasted, or a file, which goes before.</summary>
    private sealed class KeyInput
    {
        public string Text { get; set; } = "";
        public byte[] File { get; set; } = [];
        public string FileName { get; set; } = "";
        public byte[] Bytes => File.Length > 0 ? File : Encoding.UTF8.GetBytes(Text.Trim());
    }
}
