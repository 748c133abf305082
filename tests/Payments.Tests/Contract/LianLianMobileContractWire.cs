using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>LianLian mobile's answers: flat JSON with its sign, by MD5 or MD5withRSA over what is not empty.</summary>
internal sealed class LianLianMobileContractWire(SignatureMode mode, params string[] unsigned) : Wire(SignerOf(mode))
{
    public const string Secret = "md5key_of_the_contract_20261121";

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string ContentType => "application/json;charset=utf-8";

    public override bool IsJson => true;

    public override string Text(IReadOnlyList<Field> fields) => string.Join(
        '&',
        fields.Where(field => field.Value.Length > 0 && !unsigned.Contains(field.Name))
            .OrderBy(field => field.Name, StringComparer.Ordinal)
            .Select(field => $"{field.Name}={field.Value}"));

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature)
    {
        var json = new StringBuilder("{");
        foreach (var field in signature is null ? fields : [.. fields, new("sign", signature)])
        {
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(field.Name).Append("\":").Append(
                field.Form == FieldForm.Text ? JsonSerializer.Serialize(field.Value, Readable) : field.Value);
        }

        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private static Signer SignerOf(SignatureMode mode) => mode == SignatureMode.Rsa
        ? new(text => Rsa(TestRsa.Provider, text))
        {
            Stranger = text => Rsa(TestRsa.Stranger, text),
            OtherAlgorithm = text => Md5(text, Secret),
            PublicKnowledge = text => Md5(
                text, Convert.ToBase64String(TestRsa.Provider.ExportSubjectPublicKeyInfo())),
        }
        : new(text => Md5(text, Secret))
        {
            Stranger = text => Md5(text, "another key"),
            OtherAlgorithm = text => Rsa(TestRsa.Provider, text),
            PublicKnowledge = text => Md5(text, ""),
            IsHex = true,
        };

    private static string Rsa(RSA key, string text) =>
        TestRsa.Sign(key, Encoding.UTF8.GetBytes(text), HashAlgorithmName.MD5);

    private static string Md5(string text, string key) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{text}&key={key}")));
}
