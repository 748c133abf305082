using System.Buffers;
using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>Shapes and ranges of the fields that requests and answers carry.</summary>
internal static class BgcPayShape
{
    private static readonly SearchValues<char> NumberChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>app_id: at most 32 characters.</summary>
    public static bool IsApplication(string text) => IsNumber(text, 32);

    /// <summary>A number of ours: letters, digits and the underline (trade.pay, out_trade_no).</summary>
    public static bool IsNumber(string text, int longest = 64) =>
        text.Length > 0 && text.Length <= longest && !text.AsSpan().ContainsAnyExcept(NumberChars);

    /// <summary>A text that cannot be read as the start of another field.</summary>
    public static bool IsPlain(string text, int longest) =>
        text.Length <= longest && FieldShape.Plain.Fits(text);

    /// <summary>A title: plain, and without the slash that the document also forbids (trade.pay, subject).</summary>
    public static bool IsTitle(string text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && IsPlain(text, longest) && !text.Contains('/', StringComparison.Ordinal);

    /// <summary>An asset that the document counts amounts in, two decimals each, which the account takes.</summary>
    public static bool TryReadAsset(string code, ProviderAccount account, out Currency asset) =>
        CurrencyTable.TryGet(code, out asset) && IsAsset(asset, account);

    /// <summary>The amount of a payment: 0.01 to 100,000,000.00 (trade.pay, total_amount).</summary>
    public static bool IsPayment(Money money, ProviderAccount account) =>
        IsAsset(money.Currency, account) && money.Minor is >= 1 and <= 100_000_000_00;

    /// <summary>The amount of a transfer: 0.10 to 100,000,000.00 (trans_amount).</summary>
    public static bool IsTransfer(Money money, ProviderAccount account) =>
        IsAsset(money.Currency, account) && money.Minor is >= 10 and <= 100_000_000_00;

    /// <summary>yyyy-MM-dd HH:mm:ss in the zone of the account.</summary>
    public static string Time(DateTimeOffset time, ProviderAccount account) => time
        .ToOffset(BgcPayOptions.Offset(account)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Reads a time in the zone of the account; the result is UTC.</summary>
    public static bool TryReadTime(string text, ProviderAccount account, out DateTimeOffset time)
    {
        var read = DateTime.TryParseExact(
            text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        time = read && local.Year is > 1 and < 9999
            ? new DateTimeOffset(local, BgcPayOptions.Offset(account)).ToUniversalTime()
            : default;
        return time != default;
    }

    // Nothing but the asset codes: BGCPay does not count in currencies of ISO 4217.
    private static bool IsAsset(Currency currency, ProviderAccount account) =>
        currency is { Exponent: 2, Numeric: "" } && account.Currencies.Contains(currency);
}
