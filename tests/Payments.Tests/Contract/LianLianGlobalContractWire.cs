using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>LianLian Global's answers: nested JSON, its flattened text signed in a header by SHA1withRSA.</summary>
internal sealed class LianLianGlobalContractWire(int status = 200) : Wire(Rsa)
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Signer Rsa = new(text => Signed(TestRsa.Provider, text, HashAlgorithmName.SHA1))
    {
        Stranger = text => Signed(TestRsa.Stranger, text, HashAlgorithmName.SHA1),
        OtherAlgorithm = text => Signed(TestRsa.Provider, text, HashAlgorithmName.MD5),
        PublicKnowledge = text => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(
            text + "&key=" + Convert.ToBase64String(TestRsa.Provider.ExportSubjectPublicKeyInfo())))),
    };

    public override string ContentType => "application/json";

    public override bool IsJson => true;

    /// <summary>Every object's members by name, objects walked where they stand, their own names left out.</summary>
    public override string Text(IReadOnlyList<Field> fields) => string.Join('&', Pieces(fields));

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature)
    {
        var json = new StringBuilder();
        WriteObject(json, fields);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    public override WireMessage Pack(byte[] plain, string? signature) => new(plain, ContentType)
    {
        Status = status,
        Headers = signature is null ? [] : new Dictionary<string, string> { ["signature"] = signature },
    };

    private static IEnumerable<string> Pieces(IReadOnlyList<Field> fields) =>
        from member in fields.GroupBy(field => Outer(field.Name)).OrderBy(member => member.Key, StringComparer.Ordinal)
        from piece in member.Any(field => field.Name != member.Key)
            ? Pieces(Inner(member, member.Key))
            : member.Select(field => $"{field.Name}={field.Value}")
        select piece;

    private static void WriteObject(StringBuilder json, IReadOnlyList<Field> fields)
    {
        HashSet<string> objects = [];
        var separator = '{';
        foreach (var field in fields)
        {
            var outer = Outer(field.Name);
            var isNested = outer != field.Name;
            if (isNested && !objects.Add(outer))
            {
                continue;
            }

            json.Append(separator).Append('"').Append(outer).Append("\":");
            separator = ',';
            if (isNested)
            {
                WriteObject(json, Inner(fields.Where(other => Outer(other.Name) == outer), outer));
            }
            else
            {
                json.Append(
                    field.Form == FieldForm.Text ? JsonSerializer.Serialize(field.Value, Readable) : field.Value);
            }
        }

        json.Append(separator == '{' ? "{}" : "}");
    }

    private static string Outer(string name) => name.IndexOf('.') is > 0 and var dot ? name[..dot] : name;

    private static Field[] Inner(IEnumerable<Field> fields, string outer) =>
        [.. fields.Where(field => field.Name != outer)
            .Select(field => field with { Name = field.Name[(outer.Length + 1)..] })];

    private static string Signed(RSA key, string text, HashAlgorithmName hash) =>
        TestRsa.Sign(key, Encoding.UTF8.GetBytes(text), hash);
}
