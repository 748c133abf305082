using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>
/// One JSON object. The signature is a member of it (LianLian mobile, BGCPay), a header (LianLian Global), or a
/// member beside a wrapper around everything else (BGCPay).
/// </summary>
/// <param name="signature">The member that holds the signature; null for the header.</param>
/// <param name="wrapper">The wrapper's name; null for none.</param>
internal sealed class JsonWire(string? signature, string? wrapper = null) : Wire
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    public override Letter Write(Draft draft)
    {
        var body = Object(draft.Fields);
        if (wrapper is not null)
        {
            body = $"{{\"{wrapper}\":{body}{Seal(draft, ",")}}}";
        }
        else if (signature is not null && draft.Signature is not null)
        {
            body = $"{body[..^1]}{Seal(draft, draft.Fields.Count > 0 ? "," : "")}}}";
        }

        return new(Encoding.UTF8.GetBytes(body), "application/json", signature is null ? draft.Signature : null);
    }

    public override string Text(IReadOnlyList<Field> fields) =>
        wrapper is null ? Join(Signed(fields).Select(f => f with { Name = f.Name.Split('/')[^1] })) : Object(fields);

    public override IReadOnlyList<Field> Signed(IReadOnlyList<Field> fields) => Sort(fields, "");

    public override IReadOnlyList<Field>? Read(Letter letter)
    {
        try
        {
            using var json = JsonDocument.Parse(Strict.GetString(letter.Body), Options);
            List<Field> fields = [];
            Flatten(json.RootElement, "", fields);
            return signature is null ? [.. fields, Seal(letter.Header ?? "")] : fields;
        }
        catch (Exception fault) when (fault is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return null;
        }
    }

    public override IReadOnlyList<string> Spellings(char c)
    {
        var own = $"\\u{(int)c:x4}";
        return
        [
            own, $"\\{own}", $"\\u{c + 1:x4}", $"{own}\\u0000", $"{own}\\u0020", $"\\u{c + 0xFEE0:x4}", "\\ud800",
            $"{own}\\u200b", $"\\x{(int)c:x2}", $"\\u0026{own}", $"{own}\\u003d", "\\ud83d", "\\u00e9", "\u00D3\u00C3",
            .. Raw(c),
        ];
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' => $"\\u{(int)c:x4}",
                _ => $"{c}",
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Object(IReadOnlyList<Field> fields)
    {
        List<string> members = [];
        for (var i = 0; i < fields.Count;)
        {
            var cut = fields[i].Name.IndexOf('/', StringComparison.Ordinal);
            if (cut < 0)
            {
                var value = fields[i].Bare ? fields[i].Value : Quote(fields[i].Value);
                members.Add($"{Quote(fields[i].Name)}:{value}");
                i++;
                continue;
            }

            var prefix = fields[i].Name[..(cut + 1)];
            var inner = fields.Skip(i).TakeWhile(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            var within = Object([.. inner.Select(f => f with { Name = f.Name[(cut + 1)..] })]);
            members.Add($"{Quote(prefix[..^1])}:{within}");
            i += inner.Length;
        }

        return $"{{{string.Join(',', members)}}}";
    }

    private static IReadOnlyList<Field> Sort(IReadOnlyList<Field> fields, string prefix) =>
    [
        .. fields.GroupBy(field => field.Name[prefix.Length..].Split('/')[0])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany<IGrouping<string, Field>, Field>(group =>
                group.Any(f => f.Name.Length > prefix.Length + group.Key.Length)
                ? Sort([.. group.Where(f => f.Name.Length > prefix.Length + group.Key.Length)], $"{prefix}{group.Key}/")
                : group),
    ];

    private string Seal(Draft draft, string before) =>
        draft.Signature is { } seal ? $"{before}{Quote(signature!)}:{Quote(seal)}" : "";

    private void Flatten(JsonElement element, string prefix, List<Field> fields)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = prefix + member.Name;
            if (name == signature)
            {
                fields.Add(Seal(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : ""));
                continue;
            }

            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                var isWrapper = wrapper is not null && name is var one
                    && (one == wrapper || one == "error_response");
                Flatten(member.Value, isWrapper ? "" : name + "/", fields);
                continue;
            }

            fields.Add(new(name, Printed(name, member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => member.Value.GetRawText(),
            })));
        }
    }

    /// <summary>
    /// LianLian Global signs amounts and rates with the decimals that its PHP prints: 1.34 and 1.340 are one field.
    /// </summary>
    private string Printed(string name, string value) =>
        signature is null && (name.EndsWith("_amount", StringComparison.Ordinal)
            || name.EndsWith("exchange_rate", StringComparison.Ordinal))
        && value.All(c => char.IsAsciiDigit(c) || c is '.')
        && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.################", CultureInfo.InvariantCulture)
            : value;
}
