namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Games with the signature: none, another's, another way's, another spelling of it.</summary>
internal static class SealChanges
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public static IReadOnlyList<Change> All { get; } =
    [
        Of("no signature or a worthless one", 5, (seal, dice) => dice.Below(11) switch
        {
            0 => null,
            1 => "",
            2 => " ",
            3 => new string('0', seal.Length),
            4 => new string('A', seal.Length),
            5 => new string('f', 32),
            6 => new string('0', 32),
            7 => "null",
            8 => "true",
            9 => Convert.ToBase64String(new byte[128]),
            _ => "d41d8cd98f00b204e9800998ecf8427e",
        }),
        Of("a cut or repeated signature", 5, (seal, dice) => dice.Below(8) switch
        {
            0 => seal[..dice.Below(seal.Length)],
            1 => seal[(1 + dice.Below(seal.Length - 1))..],
            2 => seal + seal,
            3 => $"{seal},{seal}",
            4 => seal + seal[^1],
            5 => $"{seal} ",
            6 => $"{seal}\0",
            _ => string.Concat(seal.Reverse()),
        }),
        Of("one character of the signature", 6, (seal, dice) =>
        {
            var place = dice.Below(seal.Length);
            return seal[..place] + dice.Of(Base64.ToCharArray()) + seal[(place + 1)..];
        }),
        Of("the case of the signature", 1, (seal, dice) => dice.Below(3) switch
        {
            0 => seal.ToUpperInvariant(),
            1 => seal.ToLowerInvariant(),
            _ => string.Concat(seal.Select(c => char.IsLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))),
        }),
        Of("another spelling of the Base64", 4, Respelled),
        Change.OfDraft("the signature of another message", 5, (original, all, dice) => original.Draft with
        {
            Signature = all.Other(original, dice).Draft.Signature,
        }),
        Change.OfDraft("the fields of another message under this signature", 3, (original, all, dice) =>
            all.Other(original, dice).Draft with { Signature = original.Draft.Signature }),
        Change.OfDraft("signed in a foreign way", 9, (original, _, dice) =>
            Signed(original, original.Draft, dice)),
        Change.OfDraft("changed and signed in a foreign way", 9, (original, _, dice) =>
        {
            var place = dice.Below(original.Draft.Fields.Count);
            var value = AmountChanges.Amount(original.Draft.Fields[place].Value, dice);
            return Signed(original, original.Draft.With(place, value), dice);
        }),
        Change.OfDraft("another algorithm named, signed that way or not", 8, (original, _, dice) =>
        {
            var named = Named(original.Draft, dice);
            return dice.OneIn(3) ? named : Signed(original, named, dice);
        }),
        Change.OfDraft("MD5 named and made with the public key", 4, (original, _, dice) =>
        {
            var named = Named(original.Draft, dice);
            var sign = original.Foreign[dice.Below(Seals.ByPublicKey)];
            return named with { Signature = sign(original.Wire.Text(named.Fields)) };
        }),
        Change.OfDraft("a second signature", 3, (original, _, dice) => FieldChanges.Inserted(
            original.Draft, dice, new(
                dice.Of<string>(["sign", "signMsg", "signature", "Sign", "sign_type", "signType"]),
                dice.OneIn(2) ? original.Draft.Signature! : dice.Of(original.Foreign)(
                    original.Wire.Text(original.Draft.Fields))))),
    ];

    private static Change Of(string kind, int weight, Func<string, Dice, string?> make) => Change.OfDraft(
        kind, weight, (original, _, dice) => original.Draft with { Signature = make(original.Draft.Signature!, dice) });

    private static Draft Signed(Original original, Draft draft, Dice dice) =>
        draft with { Signature = dice.Of(original.Foreign)(original.Wire.Text(draft.Fields)) };

    /// <summary>The message's own word for the algorithm changed, or put there where it had none.</summary>
    private static Draft Named(Draft draft, Dice dice)
    {
        var place = draft.Fields.ToList().FindIndex(field => field.Name is "signType" or "sign_type");
        return place < 0
            ? FieldChanges.Inserted(
                draft, dice,
                new(dice.OneIn(2) ? "sign_type" : "signType", dice.Of<string>(["MD5", "RSA", "0", "none"])))
            : draft.With(place, draft.Fields[place].Value switch
            {
                "0" => "1",
                "1" => "0",
                "MD5" => dice.Of<string>(["RSA", "RSA2", "none", ""]),
                _ => dice.Of<string>(["MD5", "none", "", "SHA256"]),
            });
    }

    private static string Respelled(string seal, Dice dice)
    {
        switch (dice.Below(6))
        {
            case 0:
                return seal.TrimEnd('=');
            case 1:
                return seal.Replace('+', '-').Replace('/', '_');
            case 2:
                return seal.Insert(dice.Below(seal.Length), dice.Of<string>(["\n", "\r\n", " ", "\t", "="]));
            case 3:
                return $"{seal}=";
            case 4:
                return seal.Replace("+", "%2B", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal);
            default:
                // The bits that the padding leaves over: another letter, the same bytes to a lax reader.
                var last = seal.TrimEnd('=').Length - 1;
                var place = Base64.IndexOf(seal[last], StringComparison.Ordinal);
                return place < 0
                    ? seal + "=="
                    : seal[..last] + Base64[place ^ (1 + dice.Below(3))] + seal[(last + 1)..];
        }
    }
}
