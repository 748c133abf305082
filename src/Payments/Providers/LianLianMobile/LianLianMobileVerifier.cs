using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>How far a signed message could be read.</summary>
internal enum LianLianMobileReading
{
    /// <summary>Signed by LianLian and of the documented shape.</summary>
    Genuine,

    /// <summary>Signed by LianLian, outside the documented shape.</summary>
    OutsideShape,

    /// <summary>It has no signature at all.</summary>
    Unsigned,

    /// <summary>Wrongly signed, or signed in another way than the account's.</summary>
    Forged,

    /// <summary>Not even a message of this protocol.</summary>
    Malformed,
}

/// <summary>
/// A message that was judged. Members outside the text that its signature fits are not part of it: they are nobody's
/// word.
/// </summary>
internal sealed class LianLianMobileMessage
{
    private readonly Dictionary<string, string> signed;

    public LianLianMobileMessage(
        LianLianMobileReading reading, string why, IReadOnlyList<MessageMember> members,
        IEnumerable<MessageMember> signedMembers)
    {
        Reading = reading;
        Why = why;
        Members = members;
        signed = signedMembers.ToDictionary(member => member.Name, member => member.Value);
    }

    public LianLianMobileReading Reading { get; }

    /// <summary>What is wrong with it; empty when genuine.</summary>
    public string Why { get; }

    /// <summary>Everything that stands there, believed or not.</summary>
    public IReadOnlyList<MessageMember> Members { get; }

    /// <summary>What LianLian signed under a name; empty when it did not.</summary>
    public string this[string name] => signed.GetValueOrDefault(name, "");

    /// <summary>What stands under a name, signed or not: for people, never for decisions.</summary>
    public string Told(string name) =>
        Members.FirstOrDefault(member => member.Name == name && !member.IsNested).Value ?? "";
}

/// <summary>
/// Verifies what LianLian signs, by the algorithm that the account pins and never by what a message says of itself.
/// </summary>
internal sealed class LianLianMobileVerifier : IDisposable
{
    private const int MostMembers = 64;
    private const int LongestSignature = 1024;

    private readonly SignatureKey key;

    private LianLianMobileVerifier(SignatureKey key) => this.key = key;

    /// <summary>
    /// Takes the key that the mode needs. A key that is missing or unreadable, or a certificate outside its dates,
    /// gives null and the reason: whoever cannot verify accepts nothing.
    /// </summary>
    public static LianLianMobileVerifier? Open(
        SignatureMode mode, ProviderKeys keys, DateTimeOffset now, out string why)
    {
        if (mode == SignatureMode.Md5)
        {
            why = keys.SharedSecret is null ? "No MD5 key is configured." : "";
            return keys.SharedSecret is { } secret ? new(SignatureKey.Shared(secret)) : null;
        }

        return keys.OpenProviderPublic("LianLian", now, out why) is { } key ? new(key) : null;
    }

    /// <summary>Reads a body: strict UTF-8, one flat JSON object, signature first and members then.</summary>
    public LianLianMobileMessage Read(string @interface, ReadOnlySpan<byte> body)
    {
        if (StrictJson.Decode(body) is not { } text)
        {
            return Bare(LianLianMobileReading.Malformed, "It is not UTF-8.", []);
        }

        return MessageMembers.Read(text, out var why) is { } members
            ? Read(@interface, members)
            : Bare(LianLianMobileReading.Malformed, why, []);
    }

    /// <summary>Closes the public key; the account's secrets stay with whoever opened them.</summary>
    public void Dispose() => key.Dispose();

    private LianLianMobileMessage Read(string @interface, IReadOnlyList<MessageMember> members)
    {
        var signature = LianLianMobileSigning.SignatureOf(members);
        if (signature.Length == 0)
        {
            return Bare(LianLianMobileReading.Unsigned, "There is no sign.", members);
        }

        if (members.Count > MostMembers || signature.Length > LongestSignature)
        {
            return Bare(LianLianMobileReading.Malformed, "It has too many members.", members);
        }

        var verdict = MessageSignature.Verify(
            LianLianMobileSigning.Texts(@interface, members, key.Kind), signature, key);
        if (!verdict.Valid)
        {
            return Bare(LianLianMobileReading.Forged, verdict.Why, members);
        }

        var outside = members.Any(member => !IsKnown(@interface, member.Name))
            ? "A member is not in the document."
            : LianLianMobileSigning.Problem(@interface, members);
        return outside.Length > 0
            ? Bare(LianLianMobileReading.OutsideShape, outside, members)
            : new(LianLianMobileReading.Genuine, "", members, Believed(members, verdict.Text));
    }

    private static bool IsKnown(string @interface, string name) =>
        name == LianLianMobileFields.Sign || LianLianMobileFields.Rule(@interface, name) is not null;

    private static IEnumerable<MessageMember> Believed(IReadOnlyList<MessageMember> members, SignedText text)
    {
        var pieces = text.Pieces.ToHashSet();
        return members.Where(member => !member.IsNested && pieces.Contains($"{member.Name}={member.Value}"));
    }

    private static LianLianMobileMessage Bare(
        LianLianMobileReading reading, string why, IReadOnlyList<MessageMember> members) =>
        new(reading, why, members, []);
}
