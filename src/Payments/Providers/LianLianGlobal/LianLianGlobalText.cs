using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// A message flattened for signing (section 2.2.1): the members of each object by code unit, nested objects and objects
/// in arrays walked where their parent stands, and no parent's name. Which level a member came from is lost, so what a
/// signature covers says less than the message: its shape is checked apart.
/// </summary>
internal sealed class LianLianGlobalText
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("-.0123456789");

    private readonly List<(string Name, string Value)> members = [];
    private readonly List<LeftOutMember> leftOut = [];

    private LianLianGlobalText()
    {
    }

    /// <summary>The members in the order of the text.</summary>
    public IReadOnlyList<(string Name, string Value)> Members => members;

    /// <summary>Members outside the text.</summary>
    public IReadOnlyList<LeftOutMember> LeftOut => leftOut;

    /// <summary>Names of the objects and arrays that were walked.</summary>
    public List<string> Parents { get; } = [];

    /// <summary>What can be flattened but must not be signed; empty when all members keep to their shapes.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Flattens a message; null where there is no agreed text for it (arrays of plain values).</summary>
    public static LianLianGlobalText? Read(JsonElement message, out string why)
    {
        var text = new LianLianGlobalText();
        why = message.ValueKind == JsonValueKind.Object
            ? text.Walk(message, isRoot: true)
            : "The message is not a JSON object.";
        return why.Length > 0 ? null : text;
    }

    /// <summary>The parts of the text, as they stand.</summary>
    public string[] Pieces() => [.. members.Select(member => $"{member.Name}={member.Value}")];

    /// <summary>
    /// The parts as the provider's PHP prints numbers: amounts with two decimals, exchange rates with eight. Zeros are
    /// put behind or taken away; a value that would have to be rounded stays as it is, or a changed amount would pass.
    /// </summary>
    /// <param name="pieces">The parts as they stand; they are given back where nothing changes.</param>
    public string[] FixedPieces(string[] pieces)
    {
        var fixedPieces = pieces;
        for (var i = 0; i < members.Count; i++)
        {
            var (name, value) = members[i];
            if (Fixed(name, value) is var changed && changed != value)
            {
                fixedPieces = fixedPieces == pieces ? [.. pieces] : fixedPieces;
                fixedPieces[i] = $"{name}={changed}";
            }
        }

        return fixedPieces;
    }

    private string Walk(JsonElement parent, bool isRoot)
    {
        // A property makes its name anew each time it is asked.
        var named = parent.EnumerateObject().Select(member => (member.Name, member.Value));
        foreach (var member in named.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var why = isRoot && MessageMembers.IsSignature(member.Name) ? LeaveOut(member.Name, LeftOutReason.Signature)
                : member.Value.ValueKind switch
                {
                    JsonValueKind.Null => LeaveOut(member.Name, LeftOutReason.Empty),
                    JsonValueKind.Object => WalkInto(member.Name, [member.Value]),
                    JsonValueKind.Array => WalkInto(member.Name, [.. member.Value.EnumerateArray()]),
                    _ => Add(MessageMembers.Member(member.Name, member.Value)),
                };
            if (why.Length > 0)
            {
                return why;
            }
        }

        return "";
    }

    private string WalkInto(string name, JsonElement[] elements)
    {
        Parents.Add(name);
        if (elements.Length == 0)
        {
            return LeaveOut(name, LeftOutReason.Empty);
        }

        return Array.Exists(elements, element => element.ValueKind != JsonValueKind.Object)
            ? $"{name} is a list of plain values; the published clients sign those in different ways."
            : elements.Select(element => Walk(element, isRoot: false)).FirstOrDefault(why => why.Length > 0) ?? "";
    }

    private string Add(MessageMember member)
    {
        var problem = MessageMembers.Problem(member, LianLianGlobalFields.ShapeOf(member.Name));
        Problem = Problem.Length > 0 ? Problem : problem;
        members.Add((member.Name, member.Value));
        return "";
    }

    private string LeaveOut(string name, LeftOutReason reason)
    {
        leftOut.Add(new(name, reason));
        return "";
    }

    private static string Fixed(string name, string value)
    {
        var decimals = name == "exchange_rate" ? 8 : name.EndsWith("_amount", StringComparison.Ordinal) ? 2 : -1;
        const NumberStyles Digits = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        return decimals >= 0 && value.Length <= 24
            && !value.AsSpan().ContainsAnyExcept(NumberChars)
            && decimal.TryParse(value, Digits, CultureInfo.InvariantCulture, out var number)
            && decimal.Round(number, decimals) == number
            ? number.ToString(decimals == 8 ? "F8" : "F2", CultureInfo.InvariantCulture)
            : value;
    }
}
