namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>One field of a message.</summary>
/// <param name="Name">Its name; "object/name" where it stands in an object of its own.</param>
/// <param name="Value">Its value, not escaped.</param>
/// <param name="Bare">Written without quotes where the wire has quotes.</param>
internal readonly record struct Field(string Name, string Value, bool Bare = false);

/// <summary>A message before it is written down.</summary>
/// <param name="Fields">Its fields in the order of the wire, without the signature.</param>
/// <param name="Signature">The signature; null where there is none at all.</param>
internal sealed record Draft(IReadOnlyList<Field> Fields, string? Signature)
{
    /// <summary>The draft with one field changed.</summary>
    public Draft With(int place, Field field) =>
        this with { Fields = [.. Fields.Select((f, i) => i == place ? field : f)] };

    public Draft With(int place, string value) => With(place, Fields[place] with { Value = value });
}

/// <summary>A message as it arrives.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">Content-Type.</param>
/// <param name="Header">The signature header; null where there is none.</param>
/// <param name="Query">The raw query.</param>
internal sealed record Letter(byte[] Body, string ContentType, string? Header = null, string Query = "")
{
    public bool IsSame(Letter other) => Header == other.Header && Query == other.Query
        && ContentType == other.ContentType && Body.AsSpan().SequenceEqual(other.Body);
}

/// <summary>A genuine message and the question or address that it answers.</summary>
internal sealed class Original
{
    private Original(
        string name, Wire wire, Draft draft, IReadOnlyList<Func<string, string>> foreign,
        Func<Letter, Task<string?>> judge, string facts)
    {
        (Name, Wire, Draft, Foreign, Judge, Facts) = (name, wire, draft, foreign, judge, facts);
        Letter = wire.Write(draft);
        Carried = Wire.Canonical(wire.Read(Letter)) ?? throw new InvalidOperationException($"{name} cannot be read.");
    }

    public string Name { get; }

    public Wire Wire { get; }

    public Draft Draft { get; }

    public Letter Letter { get; }

    /// <summary>Signatures that nobody may take for the provider's, over a text.</summary>
    public IReadOnlyList<Func<string, string>> Foreign { get; }

    /// <summary>What is believed of a letter that arrives in place of this one; null when nothing is.</summary>
    public Func<Letter, Task<string?>> Judge { get; }

    /// <summary>What is believed of this one.</summary>
    public string Facts { get; }

    /// <summary>The fields that it carries, by the test's own reading.</summary>
    public string Carried { get; }

    /// <summary>
    /// Signs the fields and makes sure that the message is believed, so that forgeries of it mean something.
    /// </summary>
    public static async Task<Original> MakeAsync(
        string name, Wire wire, IReadOnlyList<Field> fields, Func<string, string> sign,
        IReadOnlyList<Func<string, string>> foreign, Func<Letter, Task<string?>> judge)
    {
        var draft = new Draft(fields, sign(wire.Text(fields)));
        var facts = await judge(wire.Write(draft));
        facts.ShouldNotBeNull($"the genuine {name} is not believed");
        return new(name, wire, draft, foreign, judge, facts);
    }
}
