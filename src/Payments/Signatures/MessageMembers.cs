using System.Text.Json;

namespace MerchantPortal.Payments.Signatures;

/// <summary>A member of a flat message.</summary>
/// <param name="Name">Its name as it stands there.</param>
/// <param name="Value">
/// Its value as it is signed: texts unescaped, numbers and truth values by their own letters, null empty.
/// </param>
/// <param name="IsNested">It is an object or an array, which no flat text can hold; the value is raw.</param>
public readonly record struct MessageMember(string Name, string Value, bool IsNested);

/// <summary>How a protocol writes one of its fields.</summary>
/// <param name="Name">Name as the document spells it.</param>
/// <param name="Shape">What it may hold.</param>
public sealed record FieldRule(string Name, FieldShape Shape = FieldShape.Plain);

/// <summary>
/// What the four protocols share in building a text: reading the members of one JSON object, and judging each by the
/// shape of its field. The order and what is left out is each provider's own.
/// </summary>
public static class MessageMembers
{
    /// <summary>Members that carry the signature and are never signed.</summary>
    public static bool IsSignature(string name) => name is "sign" or "signMsg" or "signature";

    /// <summary>Reads one JSON object without nesting rules; the members in the order they stand in.</summary>
    /// <param name="message">The text.</param>
    /// <param name="why">Why there are none.</param>
    public static IReadOnlyList<MessageMember>? Read(string message, out string why)
    {
        if (!StrictJson.TryParse(message, out var json, out why))
        {
            return null;
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                why = "The message is not a JSON object.";
                return null;
            }

            List<MessageMember> members = new(json.RootElement.GetPropertyCount());
            foreach (var member in json.RootElement.EnumerateObject())
            {
                members.Add(Member(member.Name, member.Value));
            }

            return members;
        }
    }

    /// <summary>One member as it is signed.</summary>
    public static MessageMember Member(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(name, value.GetString()!, false),
        JsonValueKind.Null => new(name, "", false),
        JsonValueKind.Object or JsonValueKind.Array => new(name, value.GetRawText(), true),
        _ => new(name, value.GetRawText(), false),
    };

    /// <summary>
    /// Why a member cannot be signed, or empty: its name or its value could be read as another field's.
    /// </summary>
    /// <param name="member">The member.</param>
    /// <param name="rule">The field's rule; null for a member outside the document, which has to be plain.</param>
    /// <param name="alsoReserved">More characters that the provider forbids in plain fields.</param>
    public static string Problem(MessageMember member, FieldRule? rule, string alsoReserved = "") =>
        Problem(member, rule?.Shape ?? FieldShape.Plain, alsoReserved);

    /// <summary>The same, where the shape alone is known.</summary>
    /// <param name="member">The member.</param>
    /// <param name="shape">What its field may hold.</param>
    /// <param name="alsoReserved">More characters that the provider forbids in plain fields.</param>
    public static string Problem(MessageMember member, FieldShape shape, string alsoReserved = "") =>
        member.Name.Length == 0 || !FieldShape.Plain.Fits(member.Name) ? "A member's name separates fields."
            : member.IsNested ? $"{member.Name} is an object or a list; this message is flat."
            : shape.Fits(member.Value, alsoReserved) ? ""
            : shape == FieldShape.Plain ? $"{member.Name} has a character that separates fields."
            : $"{member.Name} is not of the shape {shape}.";
}
