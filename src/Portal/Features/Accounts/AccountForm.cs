using System.Security.Cryptography;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>What a new account needs.</summary>
public sealed record AccountForm
{
    public required string Name { get; init; }
    public required string Provider { get; init; }
    public required string MerchantId { get; init; }
    public required AccountMode Mode { get; init; }
    public required SignatureMode AnswerSignature { get; init; }

    /// <summary>Origin of a live account's provider: one of the hosts that the document names.</summary>
    public string BaseAddress { get; init; } = "";

    /// <summary>Further origins of the same provider, on those hosts too.</summary>
    public IReadOnlyList<string> OtherAddresses { get; init; } = [];

    /// <summary>Currency codes parted by blanks, the usual one first.</summary>
    public required string Currencies { get; init; }

    /// <summary>The MD5 key shared with the provider; empty where the way of signing needs none.</summary>
    public string Md5Key { get; init; } = "";

    /// <summary>Our private key as a file: PEM, bare Base64 or DER. Empty where none is needed.</summary>
    public byte[] SigningPrivate { get; init; } = [];

    /// <summary>The provider's certificate or public key as a file, in the same forms.</summary>
    public byte[] ProviderPublic { get; init; } = [];

    /// <summary>The settings that are not their default.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>The keys of a form, read and found fit. Whoever reads them disposes them.</summary>
internal sealed record AccountKeyFiles : IDisposable
{
    public byte[] SigningPrivate { get; init; } = [];
    public byte[] ProviderPublic { get; init; } = [];

    /// <summary>The first key that cannot be taken; null when all can.</summary>
    public AccountMade.Wrong? Wrong { get; init; }

    /// <summary>Reads what a way of signing needs.</summary>
    public static AccountKeyFiles Read(AccountForm form, KeyPlan plan)
    {
        SignatureKey? ours = null, theirs = null;
        try
        {
            if (plan.Needs.Contains(ProviderKeyKind.SharedSecret) && form.Md5Key.Length < 8)
            {
                return new() { Wrong = new(nameof(form.Md5Key), "KeyTooShort") };
            }

            if (plan.Needs.Contains(ProviderKeyKind.SigningPrivate)
                && !SignatureKey.TryReadPrivate(form.SigningPrivate, out ours, out var why))
            {
                return new() { Wrong = new(nameof(form.SigningPrivate), "Unreadable") { Detail = why } };
            }

            var wantsPublic = plan.Needs.Contains(ProviderKeyKind.ProviderPublic)
                || (plan.Takes(ProviderKeyKind.ProviderPublic) && form.ProviderPublic.Length > 0);
            if (wantsPublic
                && !SignatureKey.TryReadPublic(form.ProviderPublic, out theirs, out why))
            {
                return new() { Wrong = new(nameof(form.ProviderPublic), "Unreadable") { Detail = why } };
            }

            return ours is not null && theirs is not null && ours.IsPairOf(theirs)
                ? new() { Wrong = new(nameof(form.ProviderPublic), "OwnKey") }
                : new() { SigningPrivate = ours?.ToDer() ?? [], ProviderPublic = theirs?.ToDer() ?? [] };
        }
        finally
        {
            ours?.Dispose();
            theirs?.Dispose();
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(SigningPrivate);
}

/// <summary>Judges the fields of a form that are no keys.</summary>
internal static class AccountFormCheck
{
    private const int MaxText = 200;

    /// <summary>The first field that cannot be taken; null when all can.</summary>
    public static AccountMade.Wrong? Wrong(AccountForm form, IPaymentProvider? provider, bool isRehearsal)
    {
        var codes = form.Currencies.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.IsNullOrWhiteSpace(form.Name) ? new(nameof(form.Name), "Missing")
            : provider is null ? new(nameof(form.Provider), "Unknown")
            : !IsMerchantId(form.MerchantId) ? new(nameof(form.MerchantId), "MerchantId")
            : codes.Length == 0 || !codes.All(code => CurrencyTable.TryGet(code, out _))
                ? new(nameof(form.Currencies), "Currency")
            : form.Mode == AccountMode.Live && !IsHostOf(provider, form.BaseAddress)
                ? new(nameof(form.BaseAddress), "Host")
            : form.Mode == AccountMode.Live && !form.OtherAddresses.All(one => IsHostOf(provider, one))
                ? new(nameof(form.OtherAddresses), "Host")
            : (form.Mode == AccountMode.Rehearsal) != isRehearsal ? new(nameof(form.Mode), "NotHere")
            : PlanOf(provider, form) is null ? new(nameof(form.AnswerSignature), "NotOffered")
            : WrongSetting(form, provider);
    }

    /// <summary>The way of signing that the form has chosen; null where the provider has no such way.</summary>
    public static KeyPlan? PlanOf(IPaymentProvider provider, AccountForm form) =>
        provider.KeyPlans.FirstOrDefault(plan => plan.Answers == form.AnswerSignature);

    private static AccountMade.Wrong? WrongSetting(AccountForm form, IPaymentProvider provider)
    {
        foreach (var (key, value) in form.Settings)
        {
            var rule = provider.Settings.FirstOrDefault(one => one.Key == key);
            if (rule is null || !Fits(form, provider, rule, value))
            {
                return new(nameof(form.Settings), "Setting") { Detail = key };
            }
        }

        return null;
    }

    // An address is where our requests go: on a live account only to hosts that the document names.
    private static bool Fits(AccountForm form, IPaymentProvider provider, ProviderSetting rule, string value) =>
        rule.Choices.Count > 0 ? rule.Choices.Contains(value)
            : !rule.Default.StartsWith("https://", StringComparison.Ordinal)
                ? value.Length <= MaxText && !value.Any(char.IsControl)
            : form.Mode == AccountMode.Live && Uri.TryCreate(value, UriKind.Absolute, out var uri)
                && IsHostOf(provider, uri) && uri is { Query.Length: 0, Fragment.Length: 0 };

    private static bool IsMerchantId(string text) =>
        text.Length is > 0 and <= 32 && text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');

    private static bool IsHostOf(IPaymentProvider provider, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && IsHostOf(provider, uri);

    private static bool IsHostOf(IPaymentProvider provider, Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && uri.UserInfo.Length == 0
            && provider.Descriptor.Hosts.Contains(uri.Host);
}
