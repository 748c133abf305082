namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Good members with a signature that is missing or not theirs.</summary>
internal static class WrongSignatures
{
    public static IEnumerable<WrongReply> Of(ContractOperation operation)
    {
        var (wire, good) = (operation.Wire, operation.Good);
        var text = wire.Text(good);
        var own = wire.Sign(good);
        WrongReply With(string name, string? signature) => WrongReply.Of(name, wire.Write(good, signature));

        yield return With("no signature", null);
        yield return With("an empty signature", "");
        yield return With("another key's signature", wire.Signer.Stranger(text));
        yield return With("a signature by the other algorithm", wire.Signer.OtherAlgorithm(text));
        yield return With("MD5 with what everybody knows as key", wire.Signer.PublicKnowledge(text));
        yield return With("another message's signature", wire.Signer.Own(text + "1"));
        yield return With("the signature of no text", wire.Signer.Own(""));
        yield return With("a signature with one bit changed", Flip(own));
        yield return With("half a signature", own[..(own.Length / 2)]);
        yield return With("a lengthened signature", own + own);
        yield return With("a signature of blanks", new string(' ', own.Length));
        yield return With("a signature of noughts", new string('0', own.Length));
    }

    /// <summary>Another digit of the same alphabet in the middle.</summary>
    private static string Flip(string signature)
    {
        var middle = signature.Length / 2;
        return string.Concat(signature[..middle], signature[middle] == '3' ? "4" : "3", signature[(middle + 1)..]);
    }
}
