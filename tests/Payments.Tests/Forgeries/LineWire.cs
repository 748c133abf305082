using System.Text;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>
/// Rows of fields with a bar between them and the signature on the last line (Allinpay). A field's name says its row
/// and its place; a name outside that is written before its value, so that a renamed field is seen.
/// </summary>
/// <param name="inBase64">The whole is sent as Base64.</param>
internal sealed class LineWire(bool inBase64 = false) : Wire
{
    public static IReadOnlyList<Field> Fields(params string[] rows) =>
    [
        .. rows.SelectMany((row, number) => row.Split('|').Select((value, place) =>
            new Field($"{(char)('a' + number)}{place:00}", value))),
    ];

    public override Letter Write(Draft draft)
    {
        var body = Encoding.UTF8.GetBytes(Text(draft.Fields) + (draft.Signature is { } seal ? $"\r\n{seal}" : ""));
        return new(inBase64 ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body, "text/plain");
    }

    public override string Text(IReadOnlyList<Field> fields) => string.Join(
        "\r\n", fields.GroupBy(field => field.Name.Length == 3 ? field.Name[0] : 'z')
            .Select(row => string.Join('|', row.Select(field => field.Value))));

    public override IReadOnlyList<Field>? Read(Letter letter)
    {
        var body = letter.Body;
        if (inBase64)
        {
            body = new byte[letter.Body.Length];
            if (!Convert.TryFromBase64String(Encoding.Latin1.GetString(letter.Body), body, out var length))
            {
                return null;
            }

            body = body[..length];
        }

        if (Decode(body) is not { } text)
        {
            return null;
        }

        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var seal = string.Concat(lines.Where(line => !line.Contains('|')).Select(line => line.Trim()));
        return [.. Fields([.. lines.Where(line => line.Contains('|'))]), Seal(seal)];
    }
}
