using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// The signing rules (section 6.1): all top-level members in ordinal order, empty ones and the signature left out,
/// <c>k=v</c> joined with &amp;, values raw. sign_type is signed. MD5 with "&amp;key=", or MD5withRSA.
/// </summary>
internal sealed class LianLianMobileSigning : IMessageSigning
{
    private const string Full = "full";
    private const string WithoutBankAndCard = "without bank_name and card_no";
    private const string WithoutMemo = "also without memo";

    public IReadOnlyList<string> Interfaces => LianLianMobileFields.Interfaces;

    public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices)
    {
        if (!LianLianMobileFields.Has(@interface))
        {
            return new TextReading.Unusable($"LianLian mobile has no interface {@interface}.");
        }

        if (key is not (SignatureKeyKind.SharedSecret or SignatureKeyKind.Rsa))
        {
            return new TextReading.Unusable("LianLian mobile is signed with the MD5 key or with RSA keys.");
        }

        if (MessageMembers.Read(message, out var why) is not { } members)
        {
            return new TextReading.Unusable(why);
        }

        var problem = Problem(@interface, members);
        return problem.Length == 0
            ? new TextReading.Readable(Texts(@interface, members, key))
            : new TextReading.Unusable(problem);
    }

    /// <summary>Why members cannot be signed without being mistaken for others, or empty.</summary>
    public static string Problem(string @interface, IReadOnlyList<MessageMember> members) =>
        members.Select(member => Problem(@interface, member)).FirstOrDefault(problem => problem.Length > 0) ?? "";

    /// <summary>The signature of a message, by the name that this provider gives it; empty when it has none.</summary>
    public static string SignatureOf(IReadOnlyList<MessageMember> members) =>
        members.FirstOrDefault(member => member is { Name: LianLianMobileFields.Sign, IsNested: false }).Value ?? "";

    /// <summary>sign_type for a kind of key.</summary>
    public static string SignType(SignatureKeyKind key) => key == SignatureKeyKind.Rsa ? "RSA" : "MD5";

    /// <summary>The texts of members, whatever their shape: only to tell a strange message from a forged one.</summary>
    public static MessageTexts Texts(
        string @interface, IReadOnlyList<MessageMember> members, SignatureKeyKind key)
    {
        var (signed, leftOut, warnings) = Arrange(@interface, members);
        var variants = Variants(@interface, signed, key);
        var toSign = variants.Count > 1 && variants[1].Variant == WithoutBankAndCard ? variants[1] : variants[0];
        if (toSign != variants[0])
        {
            leftOut.AddRange(signed
                .Where(member => !toSign.Pieces.Contains(Piece(member)))
                .Select(member => new LeftOutMember(member.Name, LeftOutReason.NotSigned)));
        }

        return new()
        {
            ToSign = toSign,
            ToVerify = variants,
            LeftOut = leftOut,
            Warnings = warnings,
            Contradiction = Contradiction(members, key),
        };
    }

    private static string Problem(string @interface, MessageMember member) =>
        MessageMembers.IsSignature(member.Name)
        || (@interface == LianLianMobileFields.SignedCardsAnswer && member.Name == LianLianMobileFields.AgreementList)
            ? ""
            : MessageMembers.Problem(
                member, LianLianMobileFields.Rule(@interface, member.Name), LianLianMobileFields.Reserved);

    /// <summary>
    /// The order query's answer leaves the bank's name and the masked card unsigned, and one source the memo too; the
    /// fullest text comes first, so that as much as possible is known to be LianLian's word.
    /// </summary>
    private static List<SignedText> Variants(
        string @interface, List<MessageMember> signed, SignatureKeyKind key)
    {
        List<SignedText> variants = [Text(Full, signed, key)];
        if (@interface != LianLianMobileFields.OrderQueryAnswer)
        {
            return variants;
        }

        var withoutBank = signed.Where(member => member.Name is not ("bank_name" or "card_no")).ToList();
        if (withoutBank.Count < signed.Count)
        {
            variants.Add(Text(WithoutBankAndCard, withoutBank, key));
        }

        var withoutMemo = withoutBank.Where(member => member.Name != "memo").ToList();
        if (withoutMemo.Count < withoutBank.Count)
        {
            variants.Add(Text(WithoutMemo, withoutMemo, key));
        }

        return variants;
    }

    private static SignedText Text(string variant, IReadOnlyList<MessageMember> members, SignatureKeyKind key)
    {
        string[] pieces = [.. members.Select(Piece)];
        var algorithm = key == SignatureKeyKind.Rsa ? SignatureAlgorithm.RsaMd5 : SignatureAlgorithm.Md5AmpKeyLower;
        return new(variant, string.Join('&', pieces), algorithm, pieces);
    }

    private static string Piece(MessageMember member) => $"{member.Name}={member.Value}";

    private static (List<MessageMember> Signed, List<LeftOutMember> LeftOut, List<string> Warnings) Arrange(
        string @interface, IReadOnlyList<MessageMember> members)
    {
        List<MessageMember> signed = [];
        List<LeftOutMember> leftOut = [];
        List<string> warnings = [];
        foreach (var member in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (MessageMembers.IsSignature(member.Name))
            {
                leftOut.Add(new(member.Name, LeftOutReason.Signature));
                continue;
            }

            if (LianLianMobileFields.Rule(@interface, member.Name) is null)
            {
                warnings.Add($"{member.Name} is not in the document; it is signed like the others.");
            }

            if (LianLianMobileFields.IsNeverSigned(@interface, member.Name))
            {
                leftOut.Add(new(member.Name, LeftOutReason.NotSigned));
            }
            else if (member.Value.Length == 0)
            {
                leftOut.Add(new(member.Name, LeftOutReason.Empty));
            }
            else
            {
                signed.Add(member);
            }
        }

        return (signed, leftOut, warnings);
    }

    private static string Contradiction(IReadOnlyList<MessageMember> members, SignatureKeyKind key)
    {
        var told = members.FirstOrDefault(member => member.Name == LianLianMobileFields.SignType).Value ?? "";
        return told.Length == 0 || told == SignType(key)
            ? ""
            : $"sign_type says {(told is "MD5" or "RSA" ? told : "neither MD5 nor RSA")}, the key is for "
                + $"{SignType(key)}.";
    }
}
