using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Allinpay's keys and the ways in which it signs.</summary>
internal static class AllinpayContractWires
{
    public const string Secret = "q9T-secret-of-the-test";

    private static readonly string PublicKey =
        Convert.ToBase64String(TestRsa.Provider.ExportSubjectPublicKeyInfo());

    /// <summary>Forms: MD5 with the key behind the text, or RSA over the text.</summary>
    public static Signer Form(SignatureMode mode) => mode == SignatureMode.Rsa
        ? Rsa(text => text, "&key=")
        : Shared("&key=", text => text);

    /// <summary>Lines: MD5 with the key as one field more, or RSA over the text's MD5.</summary>
    public static Signer Lines(SignatureMode mode) => mode == SignatureMode.Rsa
        ? Rsa(Md5, "|")
        : Shared("|", Md5);

    private static Signer Shared(string glue, Func<string, string> signed) => new(text => Md5(text + glue + Secret))
    {
        Stranger = text => Md5($"{text}{glue}another-secret-of-the-test"),
        OtherAlgorithm = text => Signed(TestRsa.Provider, signed(text)),
        PublicKnowledge = Md5,
        IsHex = true,
    };

    private static Signer Rsa(Func<string, string> signed, string glue) => new(
        text => Signed(TestRsa.Provider, signed(text)))
    {
        Stranger = text => Signed(TestRsa.Stranger, signed(text)),
        OtherAlgorithm = text => Md5(text + glue + Secret),
        PublicKnowledge = text => Md5(text + glue + PublicKey),
    };

    private static string Md5(string text) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Signed(RSA key, string text) =>
        TestRsa.Sign(key, Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1);
}

/// <summary>name=value&amp;…&amp;signMsg=…, escaped; signed in the document's order without what is empty.</summary>
internal sealed class AllinpayFormWire(SignatureMode mode) : Wire(AllinpayContractWires.Form(mode))
{
    public override string ContentType => "text/html;charset=UTF-8";

    public override string Text(IReadOnlyList<Field> fields) => string.Join(
        '&', fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name}={field.Value}"));

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature) =>
        Encoding.UTF8.GetBytes(string.Join('&', (signature is null ? fields : [.. fields, new("signMsg", signature)])
            .Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));
}

/// <summary>One row of fields with | between them, then a line of signature.</summary>
internal sealed class AllinpayRowWire(SignatureMode mode) : Wire(AllinpayContractWires.Lines(mode))
{
    public override string ContentType => "text/html;charset=UTF-8";

    public override bool IsNamed => false;

    public override string Text(IReadOnlyList<Field> fields) => string.Join('|', fields.Select(field => field.Value));

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature) =>
        Encoding.UTF8.GetBytes(Text(fields) + (signature is null ? "" : "\r\n" + signature));

    /// <summary>The signature behind the last field, where a field of any length could hide it.</summary>
    public WireMessage Joined(IReadOnlyList<Field> fields) =>
        new(Encoding.UTF8.GetBytes(Text(fields) + Sign(fields)), ContentType);

    /// <summary>Several rows under one signature.</summary>
    public WireMessage Rows(params IReadOnlyList<Field>[] rows)
    {
        var text = string.Join("\r\n", rows.Select(Text));
        return new(Encoding.UTF8.GetBytes($"{text}\r\n{Signer.Own(text)}\r\n"), ContentType);
    }
}

/// <summary>
/// A page of the batch query: a row of totals (members "page.…"), a row of each order, an empty line and the
/// certificate's signature, all in Base64. A member with no dot belongs to the last row.
/// </summary>
internal sealed class AllinpayPageWire() : Wire(AllinpayContractWires.Lines(SignatureMode.Rsa))
{
    public override string ContentType => "text/html;charset=UTF-8";

    public override bool IsNamed => false;

    public override string Text(IReadOnlyList<Field> fields)
    {
        var text = new StringBuilder();
        var row = "";
        foreach (var field in fields)
        {
            var dot = field.Name.IndexOf('.', StringComparison.Ordinal);
            var next = dot < 0 ? row : field.Name[..dot];
            text.Append(text.Length == 0 ? "" : next == row ? "|" : "\r\n").Append(field.Value);
            row = next;
        }

        return text.Append("\r\n").ToString();
    }

    public override byte[] Plain(IReadOnlyList<Field> fields, string? signature) =>
        Encoding.UTF8.GetBytes(Text(fields) + (signature is null ? "" : $"\r\n{signature}\r\n"));

    public override WireMessage Pack(byte[] plain, string? signature) =>
        new(Encoding.ASCII.GetBytes(Convert.ToBase64String(plain)), ContentType);
}
