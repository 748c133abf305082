using System.Text;
using System.Text.RegularExpressions;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>BGCPay's notification: common parameters in the query, the others as a form of either kind.</summary>
internal sealed class NoticeWire(bool multipart) : Wire
{
    private static readonly string[] InQuery =
        ["charset", "method", "format", "sign", "app_id", "version", "sign_type", "timestamp"];

    private static readonly Regex Name = new(
        "name\\s*=\\s*\"(?<name>[^\"]*)\"",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    public override Letter Write(Draft draft)
    {
        Field[] all = draft.Signature is { } seal ? [.. draft.Fields, new("sign", seal)] : [.. draft.Fields];
        var inBody = all.Where(field => !InQuery.Contains(field.Name)).ToArray();
        var body = multipart
            ? string.Concat(inBody.Select(field =>
                $"--b0\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n"))
                + "--b0--\r\n"
            : FormWire.Encode(inBody);
        return new(
            Encoding.UTF8.GetBytes(body),
            multipart ? "multipart/form-data; boundary=b0" : "application/x-www-form-urlencoded",
            null,
            FormWire.Encode(all.Where(field => InQuery.Contains(field.Name))));
    }

    public override string Text(IReadOnlyList<Field> fields) => Join(Signed(fields));

    public override IReadOnlyList<Field> Signed(IReadOnlyList<Field> fields) =>
        [.. fields.OrderBy(field => field.Name, StringComparer.Ordinal)];

    public override IReadOnlyList<Field>? Read(Letter letter)
    {
        var inBody = multipart ? Parts(letter.Body) : FormWire.ReadForm(letter.Body);
        var inQuery = FormWire.ReadForm(Encoding.UTF8.GetBytes(letter.Query));
        return inBody is null || inQuery is null
            ? null
            : [.. inBody.Concat(inQuery).Select(field => field.Name == "sign" ? Seal(field.Value) : field)];
    }

    public override IReadOnlyList<string> Spellings(char c) =>
        multipart ? [.. Raw(c), $"\r\n{c}", $"{c}\r\n--b0", $"{Percent($"{c}")}"] : FormWire.FormSpellings(c);

    /// <summary>The parts by name; how their heads are spelled does not matter, what they hold does.</summary>
    private static List<Field>? Parts(byte[] body)
    {
        if (Decode(body) is not { } text)
        {
            return null;
        }

        List<Field> fields = [];
        foreach (var part in $"\r\n{text}".Split("\r\n--b0")[1..^1])
        {
            var halves = part.Split("\r\n\r\n", 2);
            var named = Name.Match(halves[0]);
            if (halves.Length != 2 || !named.Success)
            {
                return null;
            }

            fields.Add(new(named.Groups["name"].Value, halves[1]));
        }

        return fields;
    }
}
