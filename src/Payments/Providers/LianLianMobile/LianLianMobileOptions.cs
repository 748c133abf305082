namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// Paths and hosts of the interfaces, as sections 4.3 to 4.6 print them; refunds and pre-authorisations, which the
/// document does not have, as LianLian's public client code names them.
/// </summary>
public sealed record LianLianMobileOptions
{
    internal const string QueryAddress = "query-address";
    internal const string TraderAddress = "trader-address";
    internal const string RefundAddress = "refund-address";
    internal const string RefundQueryAddress = "refund-query-address";
    internal const string PreAuthAddress = "pre-auth-address";
    internal const string PreAuthQueryAddress = "pre-auth-query-address";
    internal const string QueryVersion = "query-version";
    internal const string CardBinPath = "card-bin-path";
    internal const string CardListPath = "card-list-path";
    internal const string Platform = "platform";
    internal const string RefundNotifyAddress = "refund-notify-url";

    private const string SandboxQuery = "/queryapi/";
    private const string SandboxTrader = "/traderapi/";

    private static readonly Dictionary<string, ProviderSetting> ByKey = Settings.ToDictionary(setting => setting.Key);

    /// <summary>Order query (section 4.3).</summary>
    public string OrderQueryPath { get; init; } = "orderquery.htm";

    /// <summary>Unbinding a card (section 4.6).</summary>
    public string UnbindPath { get; init; } = "bankcardunbind.htm";

    /// <summary>Refund; not in the document.</summary>
    public string RefundPath { get; init; } = "refund.htm";

    /// <summary>Refund query; not in the document.</summary>
    public string RefundQueryPath { get; init; } = "refundquery.htm";

    /// <summary>Capturing a pre-authorisation; not in the document.</summary>
    public string PreAuthCompletePath { get; init; } = "preauthComplete.htm";

    /// <summary>Cancelling a pre-authorisation; not in the document.</summary>
    public string PreAuthCancelPath { get; init; } = "preauthCancel.htm";

    /// <summary>Asking about a pre-authorisation; not in the document.</summary>
    public string PreAuthQueryPath { get; init; } = "preauthquery.htm";

    /// <summary>The hosts of a live account: the document's, and those of LianLian's current client code.</summary>
    public IReadOnlyList<string> Hosts { get; init; } =
        ["yintong.com.cn", "queryapi.lianlianpay.com", "traderapi.lianlianpay.com"];

    /// <summary>
    /// What an account decides: where each family of interfaces lies, the version of the order query, and names that
    /// changed since the document.
    /// </summary>
    public static IReadOnlyList<ProviderSetting> Settings =>
    [
        new(QueryAddress, "https://yintong.com.cn/queryapi/", [], Confirmed: true),
        new(TraderAddress, "https://yintong.com.cn/traderapi/", [], Confirmed: true),
        new(RefundAddress, "https://traderapi.lianlianpay.com/", [], Confirmed: false),
        new(RefundQueryAddress, "https://queryapi.lianlianpay.com/", [], Confirmed: false),
        new(PreAuthAddress, "https://traderapi.lianlianpay.com/", [], Confirmed: false),
        new(PreAuthQueryAddress, "https://queryapi.lianlianpay.com/", [], Confirmed: false),
        new(QueryVersion, "1.0", ["1.0", "1.1"], Confirmed: true),
        new(CardBinPath, "bankcardquery.htm", ["bankcardquery.htm", "bankcardbin.htm"], Confirmed: true),
        new(CardListPath, "userbankcard.htm", ["userbankcard.htm", "bankcardbindlist.htm"], Confirmed: true),
        new(Platform, "", [], Confirmed: true),
        new(RefundNotifyAddress, "", [], Confirmed: false),
        HoldTimes.Setting,
    ];

    /// <summary>What the account says, or the setting's default.</summary>
    internal static string Value(ProviderAccount account, string key) =>
        account.Settings.GetValueOrDefault(key) is { Length: > 0 } told ? told : ByKey[key].Default;

    /// <summary>
    /// The address of an interface: the account's own base for the family; else, in rehearsal, the Sandbox; else the
    /// default. Null when the base is not an absolute address.
    /// </summary>
    internal static Uri? Address(ProviderAccount account, string family, string path)
    {
        if (account.Settings.GetValueOrDefault(family) is { Length: > 0 } told)
        {
            return Join(told, path);
        }

        return account.SandboxAddress is null
            ? Join(ByKey[family].Default, path)
            : new(account.BaseAddress, (IsQuery(family) ? SandboxQuery : SandboxTrader) + path);
    }

    private static bool IsQuery(string family) => family is QueryAddress or RefundQueryAddress or PreAuthQueryAddress;

    private static Uri? Join(string address, string path) =>
        Uri.TryCreate(address.EndsWith('/') ? address : address + "/", UriKind.Absolute, out var parent)
        && parent.Query.Length == 0 && Uri.TryCreate(parent, path, out var whole)
            ? whole
            : null;
}
