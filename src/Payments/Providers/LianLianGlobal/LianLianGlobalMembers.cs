using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// The members of one object of a message, judged by the document: every member known, where it belongs, of its shape
/// and length. Texts and numbers are both taken as text.
/// </summary>
internal sealed class LianLianGlobalMembers
{
    private readonly Dictionary<string, string> values = [];

    private LianLianGlobalMembers()
    {
    }

    /// <summary>A member's text; empty when it is missing or null.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Reads an object, or says what in it is outside the document.</summary>
    /// <param name="element">The object.</param>
    /// <param name="fields">The fields it may have.</param>
    /// <param name="objects">Members that are objects of their own and are read apart.</param>
    /// <param name="why">What is outside.</param>
    public static LianLianGlobalMembers? Read(
        JsonElement element, IReadOnlyList<LianLianGlobalField> fields, IReadOnlyList<string> objects, out string why)
    {
        var members = new LianLianGlobalMembers();
        why = element.ValueKind == JsonValueKind.Object ? "" : "A part that has to be an object is none.";
        if (why.Length > 0)
        {
            return null;
        }

        foreach (var member in element.EnumerateObject())
        {
            why = objects.Contains(member.Name) ? "" : members.Add(member, fields);
            if (why.Length > 0)
            {
                return null;
            }
        }

        why = fields.FirstOrDefault(field => field.Required && members[field.Name].Length == 0) is { } missing
            ? $"{missing.Name} is missing."
            : "";
        return why.Length > 0 ? null : members;
    }

    /// <summary>
    /// A message as it may be shown: the fields of payments and refunds by value, everything about the payer and
    /// everything unknown by its length only, no signature. A value outside its shape could hold another member (with
    /// &amp; and = in it); it is shown by its length too.
    /// </summary>
    public static string Show(JsonElement message)
    {
        var shown = new StringBuilder();
        if (message.ValueKind == JsonValueKind.Object)
        {
            ShowObject(message, shown);
        }

        return shown.ToString().TrimEnd('\n');
    }

    private string Add(JsonProperty member, IReadOnlyList<LianLianGlobalField> fields)
    {
        if (fields.FirstOrDefault(row => row.Name == member.Name) is not { } field)
        {
            return "A member is not in the document.";
        }

        if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
        {
            return $"{field.Name} is neither text nor number.";
        }

        var value = MessageMembers.Member(member.Name, member.Value).Value;
        if (value.Length > field.MaxLength || !field.Shape.Fits(value))
        {
            return $"{field.Name} is too long or not of its shape.";
        }

        values[field.Name] = value;
        return "";
    }

    private static void ShowObject(JsonElement element, StringBuilder shown)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (MessageMembers.IsSignature(member.Name))
            {
                continue;
            }

            if (member.Name is "order" or "payment_data" or "refund_data"
                && member.Value.ValueKind == JsonValueKind.Object)
            {
                ShowObject(member.Value, shown);
                continue;
            }

            var name = member.Name.Length <= 40 && member.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
                ? member.Name
                : "?";
            var value = MessageMembers.Member(member.Name, member.Value);
            shown.Append(name).Append('=')
                .Append(IsOpen(value) ? Printable(value.Value) : $"({value.Value.Length} characters)").Append('\n');
        }
    }

    private static bool IsOpen(MessageMember member) => !member.IsNested
        && Array.Find(LianLianGlobalFields.Open, field => field.Name == member.Name) is { } field
        && member.Value.Length <= field.MaxLength && field.Shape.Fits(member.Value);

    private static string Printable(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
}
