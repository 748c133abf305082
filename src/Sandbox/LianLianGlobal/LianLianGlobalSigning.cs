using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>Signing (document 2.2): the flattened body, SHA1withRSA, Base64 in the header signature.</summary>
static class LianLianGlobalSigning
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>One JSON object without a member twice; null for anything else.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var read = JsonDocument.Parse(body, Strict);
            if (read.RootElement.ValueKind == JsonValueKind.Object) return read;
            read.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The members in order of their names, each level at its parent's place and without the parent's name; null when
    /// the body holds a bare value in a list, which official clients write in two ways.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)>? Flatten(JsonElement body)
    {
        var pairs = new List<(string Name, string Value)>();
        return Walk(body, pairs) ? pairs : null;
    }

    public static string Text(IEnumerable<(string Name, string Value)> pairs) =>
        string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}"));

    /// <summary>What a request by GET signs: the two numbers of its address (document 4.1.3).</summary>
    public static string TextOfIds(string merchantId, string transactionId) =>
        $"merchant_id={merchantId}&merchant_transaction_id={transactionId}";

    public static bool Matches(string text, string signature, string merchantKey)
    {
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length)) return false;
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(merchantKey), out _);
        return key.VerifyData(
            Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }

    /// <summary>The signature of a body of the Sandbox's, or none; a wrong one is right for another text.</summary>
    public static string? OfBody(string body, LianLianGlobalKeyPair keys, SignatureMode mode)
    {
        if (mode == SignatureMode.Missing) return null;
        using var json = JsonDocument.Parse(body);
        var text = Text(Flatten(json.RootElement)!);
        return keys.Sign(mode == SignatureMode.Wrong ? text + " " : text);
    }

    /// <summary>A merchant's public key, PEM or bare Base64, as bare Base64; null when it is none.</summary>
    public static string? ReadPublicKey(string text)
    {
        using var key = RSA.Create();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal)) key.ImportFromPem(text);
            else key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    static bool Walk(JsonElement element, List<(string Name, string Value)> pairs)
    {
        foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var value = member.Value;
            var isSound = value.ValueKind switch
            {
                JsonValueKind.Object => Walk(value, pairs),
                JsonValueKind.Array => value.EnumerateArray().All(
                    item => item.ValueKind == JsonValueKind.Object && Walk(item, pairs)),
                _ => true,
            };
            if (!isSound) return false;
            if (value.ValueKind == JsonValueKind.String) pairs.Add((member.Name, value.GetString()!));
            else if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                pairs.Add((member.Name, value.GetRawText()));
        }
        return true;
    }
}

/// <summary>The gateway's own key pair, one for each ledger file.</summary>
sealed class LianLianGlobalKeyPair
{
    static readonly Lazy<LianLianGlobalKeyPair> OfThisProcess = new(() => new(RSA.Create(2048)));

    readonly RSA keyPair;
    readonly Lock gate = new();

    LianLianGlobalKeyPair(RSA keyPair) => this.keyPair = keyPair;

    /// <summary>The one that ledgers kept in memory share, since making a key takes its time.</summary>
    public static LianLianGlobalKeyPair Shared => OfThisProcess.Value;

    public string PublicKey => Convert.ToBase64String(keyPair.ExportSubjectPublicKeyInfo());

    public static LianLianGlobalKeyPair Create() => new(RSA.Create(2048));

    public static LianLianGlobalKeyPair Of(LianLianGlobalKeyRow row)
    {
        var key = RSA.Create();
        key.ImportFromPem(row.PrivateKeyPem);
        return new LianLianGlobalKeyPair(key);
    }

    public LianLianGlobalKeyRow ToRow() => new(keyPair.ExportPkcs8PrivateKeyPem());

    public string Sign(string text)
    {
        lock (gate)
        {
            return Convert.ToBase64String(
                keyPair.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        }
    }
}

/// <summary>The Sandbox's own key as the journal keeps it; it guards nothing but rehearsals.</summary>
sealed record LianLianGlobalKeyRow(string PrivateKeyPem);
