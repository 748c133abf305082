using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>BGCPay's key and the two shapes that the document prints for an answer.</summary>
internal static class BgcPayContractWires
{
    public const string Secret = "k7Q-secret-of-the-test";

    public static Signer Signer { get; } = new(text => Md5(text + Secret))
    {
        Stranger = text => Md5(text + "another-secret-of-the-test"),
        // The account appends the key raw; the other placement is another account's choice.
        OtherAlgorithm = text => Md5(text + "&key=" + Secret),
        PublicKnowledge = Md5,
        IsHex = true,
    };

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Members as compact JSON with nothing escaped that need not be.</summary>
    public static string Json(IEnumerable<Field> fields) =>
        "{" + string.Join(',', fields.Select(field => $"\"{field.Name}\":{Value(field)}")) + "}";

    private static string Value(Field field) =>
        field.Form == FieldForm.Text ? $"\"{Escaped(field.Value)}\"" : field.Value;

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\r' => "\\r",
                '\n' => "\\n",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}

/// <summary>{"…_response":{…},"sign":"…"}, signed over the wrapper's value letter for letter.</summary>
internal sealed class BgcPayWrappedWire(string method) : Wire(BgcPayContractWires.Signer)
{
    private readonly string wrapper = method.Replace('.', '_') + "_response";

    public override string ContentType => "application/json;charset=UTF-8";

    public override bool IsJson => true;

    public override string Text(IReadOnlyList<Field> fields) => BgcPayContractWires.Json(fields);

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature) => Encoding.UTF8.GetBytes(
        $"{{\"{wrapper}\":{Text(fields)}" + (signature is null ? "}" : $",\"sign\":\"{signature}\"}}"));
}

/// <summary>{…,"sign":"…"}, signed over the members that are not empty, by name.</summary>
internal sealed class BgcPayBareWire() : Wire(BgcPayContractWires.Signer)
{
    public override string ContentType => "application/json;charset=UTF-8";

    public override bool IsJson => true;

    public override string Text(IReadOnlyList<Field> fields) => string.Join('&', fields
        .Where(field => field.Value.Length > 0).OrderBy(field => field.Name, StringComparer.Ordinal)
        .Select(field => $"{field.Name}={field.Value}"));

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature) => Encoding.UTF8.GetBytes(
        BgcPayContractWires.Json(signature is null ? fields : [.. fields, new("sign", signature)]));
}
