using System.Text;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>How a member's value is written.</summary>
public enum FieldForm
{
    /// <summary>As the wire writes a text: quoted or escaped.</summary>
    Text,

    /// <summary>As a JSON number; the same as text elsewhere.</summary>
    Number,

    /// <summary>As it stands, unquoted and unescaped.</summary>
    Raw,
}

/// <summary>One member of a message; a dotted name is nested in JSON.</summary>
public readonly record struct Field(string Name, string Value, FieldForm Form = FieldForm.Text);

/// <summary>What goes over the line.</summary>
public sealed record WireMessage(byte[] Body, string ContentType)
{
    public int Status { get; init; } = 200;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string Query { get; init; } = "";
}

/// <summary>Makes signatures over a text: with the right key, and in the ways in which they must not be made.</summary>
public sealed record Signer(Func<string, string> Own)
{
    /// <summary>The right algorithm, somebody else's key.</summary>
    public required Func<string, string> Stranger { get; init; }

    /// <summary>The algorithm that the account is not pinned to, with the right key for it.</summary>
    public required Func<string, string> OtherAlgorithm { get; init; }

    /// <summary>MD5 with what everybody knows as its key: nothing, or the public key.</summary>
    public required Func<string, string> PublicKnowledge { get; init; }

    /// <summary>Whether case and spelling of the signature carry nothing (hexadecimal).</summary>
    public bool IsHex { get; init; }
}

/// <summary>One kind of message as its sender writes and signs it; written without the product's code.</summary>
public abstract class Wire(Signer signer)
{
    public Signer Signer => signer;

    public abstract string ContentType { get; }

    /// <summary>Whether members have names on the wire, or places only.</summary>
    public virtual bool IsNamed => true;

    public virtual bool IsJson => false;

    /// <summary>The text that is signed.</summary>
    public abstract string Text(IReadOnlyList<Field> fields);

    /// <summary>The body before any outer coding.</summary>
    public abstract byte[] Plain(IReadOnlyList<Field> fields, string? signature);

    /// <summary>The message around the body.</summary>
    public virtual WireMessage Pack(byte[] plain, string? signature) => new(plain, ContentType);

    public string Sign(IReadOnlyList<Field> fields) => signer.Own(Text(fields));

    public WireMessage Write(IReadOnlyList<Field> fields, string? signature) =>
        Pack(Plain(fields, signature), signature);

    public WireMessage WithSignature(IReadOnlyList<Field> fields) => Write(fields, Sign(fields));

    public static Field[] With(IReadOnlyList<Field> fields, string name, string value) =>
        [.. fields.Select(field => field.Name == name ? field with { Value = value } : field)];

    public static Field[] WithRaw(IReadOnlyList<Field> fields, string name, string value) =>
        [.. fields.Select(field => field.Name == name ? new(name, value, FieldForm.Raw) : field)];

    public static Field[] Without(IReadOnlyList<Field> fields, string name) =>
        [.. fields.Where(field => field.Name != name)];

    public static string Of(IReadOnlyList<Field> fields, string name) =>
        fields.First(field => field.Name == name).Value;

    /// <summary>The bytes with a mark in them replaced.</summary>
    public static byte[] Replace(byte[] bytes, string mark, byte[] by)
    {
        var found = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(mark));
        return found < 0 ? bytes : [.. bytes[..found], .. by, .. bytes[(found + mark.Length)..]];
    }
}
