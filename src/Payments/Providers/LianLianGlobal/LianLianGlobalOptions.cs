namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// Hosts, paths and what an account decides. The paths are those of sections 4.1.1 and 4.1.3; those of refunds are the
/// third version's, because the document has none.
/// </summary>
public sealed record LianLianGlobalOptions
{
    /// <summary>The setting of the version in the path: v4 in the document, v3 in published clients.</summary>
    public const string VersionSegment = "version-segment";

    /// <summary>The setting of the timestamp header: fourteen digits, or milliseconds since 1970.</summary>
    public const string TimestampFormat = "timestamp-format";

    /// <summary>The setting of the timezone header; both choices are UTC+8, in which our times are written.</summary>
    public const string TimezoneHeader = "timezone-header";

    /// <summary>The setting of transaction_time in payment requests.</summary>
    public const string TransactionTime = "transaction-time";

    /// <summary>Times as fourteen digits, yyyyMMddHHmmss, in UTC+8.</summary>
    public const string Digits = "yyyyMMddHHmmss";

    /// <summary>Times as milliseconds since 1970.</summary>
    public const string EpochMilliseconds = "epoch-ms";

    /// <summary>
    /// The hosts of a live account: production, its second name in later clients, and the document's test host.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } =
        ["gpapi.lianlianpay.com", "gpapi-hk.lianlianpay.com", "celer-api.lianlianpay-inc.com"];

    /// <summary>What accounts decide, in the order of their page.</summary>
    public static IReadOnlyList<ProviderSetting> Settings { get; } =
    [
        new(VersionSegment, "v4", ["v4", "v3"], Confirmed: true),
        new(TimestampFormat, Digits, [Digits, EpochMilliseconds], Confirmed: false),
        new(TimezoneHeader, "Asia/Hong_Kong", ["Asia/Hong_Kong", "Asia/Shanghai"], Confirmed: false),
        new(TransactionTime, EpochMilliseconds, [EpochMilliseconds, Digits], Confirmed: false),
    ];

    /// <summary>An account's value of a setting; the default where it has none or one that is no choice.</summary>
    /// <exception cref="InvalidOperationException">There is no such setting.</exception>
    public static string Chosen(ProviderAccount account, string setting)
    {
        var rule = Settings.Single(row => row.Key == setting);
        var value = account.Settings.GetValueOrDefault(setting, rule.Default);
        return rule.Choices.Contains(value) ? value : rule.Default;
    }

    /// <summary>Path of payment requests (4.1.1).</summary>
    internal static string PaymentsPath(ProviderAccount account) =>
        $"/{Chosen(account, VersionSegment)}/merchants/{account.MerchantId}/payments";

    /// <summary>Path of the payment query (4.1.3).</summary>
    internal static string PaymentPath(ProviderAccount account, string order) =>
        $"{PaymentsPath(account)}/{order}";

    /// <summary>Path of refunds of an order (third version).</summary>
    internal static string RefundsPath(ProviderAccount account, string order) =>
        $"{PaymentPath(account, order)}/refunds";

    /// <summary>Path of the refund query (third version).</summary>
    internal static string RefundPath(ProviderAccount account, string refund) =>
        $"/{Chosen(account, VersionSegment)}/merchants/{account.MerchantId}/refunds/{refund}";
}
