using System.Globalization;
using System.Text;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>A percent-encoded form with its signature as a field (Allinpay).</summary>
internal sealed class FormWire(string signature) : Wire
{
    public override Letter Write(Draft draft) => new(
        Encoding.ASCII.GetBytes(Encode(
            draft.Signature is { } seal ? [.. draft.Fields, new(signature, seal)] : draft.Fields)),
        "application/x-www-form-urlencoded");

    public override string Text(IReadOnlyList<Field> fields) => Join(fields);

    public override IReadOnlyList<Field>? Read(Letter letter) =>
        ReadForm(letter.Body.AsSpan().Trim(" \r\n\t"u8))?
            .Select(field => field.Name == signature ? Seal(field.Value) : field).ToArray();

    public override IReadOnlyList<string> Spellings(char c) => FormSpellings(c);

    public static IReadOnlyList<string> FormSpellings(char c)
    {
        var own = c < 0x80 ? Percent($"{c}") : Uri.EscapeDataString($"{c}");
        return
        [
            own, own.Replace("%", "%25", StringComparison.Ordinal), own.Replace("%", "%u00", StringComparison.Ordinal),
            own.Replace("%", "%%", StringComparison.Ordinal), own[..^1], $"{own}+", $"{own}%00", $"{own}%20",
            $"%0A{own}", $"%26{own}", $"{own}%3D", $"&{own}", "%FF", "%EF%BF%BD", "%D3%C3",
            .. Raw(c).Select(Percent), .. Raw(c),
        ];
    }

    public static string Encode(IEnumerable<Field> fields) => string.Join(
        '&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"));

    public static IReadOnlyList<Field>? ReadForm(ReadOnlySpan<byte> form)
    {
        List<Field> fields = [];
        foreach (var part in Encoding.Latin1.GetString(form).Split('&'))
        {
            var halves = part.Split('=', 2);
            if (halves.Length != 2 || Plain(halves[0]) is not { } name || Plain(halves[1]) is not { } value
                || fields.Any(field => field.Name == name))
            {
                return null;
            }

            // Allinpay prints a blank before a name, so it is no other name.
            fields.Add(new(name.TrimStart(' '), value));
        }

        return fields;
    }

    private static string? Plain(string escaped)
    {
        List<byte> bytes = [];
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '%')
            {
                bytes.Add(escaped[i] == '+' ? (byte)' ' : (byte)escaped[i]);
            }
            else if (i + 2 < escaped.Length && byte.TryParse(
                escaped.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one))
            {
                bytes.Add(one);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return Decode(bytes.ToArray());
    }
}
