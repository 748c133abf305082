using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Portal.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>The bench: what is pasted, and what it makes. All of it is forgotten when the page is left.</summary>
public sealed partial class SignatureBench : IDisposable
{
    /// <summary>What one event of a circuit carries for sure; longer texts go through the command.</summary>
    private const int Most = 8000;

    private BenchRules rules = null!;
    private SignatureKeyKind kind;
    private SigningChoices choices = new();
    private string message = "";
    private string signature = "";
    private string expected = "";
    private SignatureKey? key;
    private string? keyProblem;
    private int keyBox;
    private BenchReading? reading;
    private IReadOnlyList<TextHint> hints = [];
    private IReadOnlyList<string> members = [];

    [SupplyParameterFromQuery(Name = "provider")]
    public string? ProviderKey { get; set; }

    [SupplyParameterFromQuery(Name = "interface")]
    public string? InterfaceName { get; set; }

    [SupplyParameterFromQuery(Name = "key")]
    public string? KeyWord { get; set; }

    [SupplyParameterFromQuery(Name = "placement")]
    public string? Placement { get; set; }

    [SupplyParameterFromQuery(Name = "hex")]
    public string? Hex { get; set; }

    [Inject]
    private ProviderCatalog Catalog { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SignatureTexts> Texts { get; set; } = null!;

    private bool IsEmpty => message.Length + signature.Length + expected.Length == 0 && key is null;

    public void Dispose() => Forget();

    protected override void OnParametersSet()
    {
        rules = BenchRules.Find(Catalog, ProviderKey, InterfaceName);
        var wanted = rules.Kinds.FirstOrDefault(
            one => Word(one) == KeyWord, rules.Kinds is [var first, ..] ? first : SignatureKeyKind.SharedSecret);
        if (wanted != kind)
        {
            kind = wanted;
            ForgetKey();
        }

        choices = rules.HasChoices ? new(Placement == "amp-key", Hex == "upper") : new();
        Reread();
    }

    private static string? Word(SignatureKeyKind kind) => kind switch
    {
        SignatureKeyKind.SharedSecret => "md5",
        SignatureKeyKind.Rsa => "rsa",
        _ => null,
    };

    private static bool IsCut(string text) => text.Length >= Most;

    private void Take(ref string field, ChangeEventArgs typed)
    {
        field = (string?)typed.Value ?? "";
        Reread();
    }

    private void TakeKey(ChangeEventArgs typed)
    {
        var text = (string?)typed.Value ?? "";
        var bytes = Encoding.UTF8.GetBytes(text);
        key?.Dispose();
        (key, keyProblem) = (null, null);
        try
        {
            if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                ForgetKey();
                keyProblem = Texts["key.private"];
            }
            else if (bytes.Length > 0)
            {
                _ = kind == SignatureKeyKind.SharedSecret
                    ? SignatureKey.TryReadShared(bytes, out key, out var why)
                    : SignatureKey.TryReadPublic(bytes, out key, out why);
                keyProblem = key is null ? $"{Texts["key.unread"]} {why}" : null;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        Reread();
    }

    private void Reread()
    {
        reading = string.IsNullOrWhiteSpace(message)
            ? null
            : BenchReading.Of(rules, message, kind, choices, key, signature.Trim(), expected);
        var pieces = reading is { Shown: { } shown, IsDigest: false } ? shown.Pieces : [];
        hints = [.. TextHint.Of(message, pieces), .. TextHint.OfSignature(signature)];
        members = reading is { IsDigest: true, Texts: { } texts } && MessageMembers.Read(message, out _) is { } read
            ? [.. read.Select(member => member.Name).Except(texts.LeftOut.Select(left => left.Name))]
            : [];
    }

    private void Forget()
    {
        (message, signature, expected) = ("", "", "");
        ForgetKey();
        Reread();
    }

    private void ForgetKey()
    {
        key?.Dispose();
        (key, keyProblem) = (null, null);
        keyBox++;
    }

    private void Go(
        string? provider = null, string? name = null, string? key = null, bool? amp = null, bool? upper = null) =>
        Navigation.NavigateTo(
            PortalUrls.SignatureBench(
                provider ?? rules.Provider.Descriptor.Key,
                name ?? (provider is null ? rules.Interface : ""),
                key ?? (provider is null ? KeyWord : null),
                (amp ?? choices.AmpKey) ? "amp-key" : null,
                (upper ?? choices.UpperHex) ? "upper" : null),
            replace: true);
}
