namespace MerchantPortal.Payments.Signatures;

/// <summary>How verifying a signature ended.</summary>
/// <param name="Valid">The signature belongs to one of the texts and nothing contradicts the key.</param>
/// <param name="Text">The text that matched, else the first.</param>
/// <param name="Why">Why it is not valid; empty when it is.</param>
public sealed record SignatureVerdict(bool Valid, SignedText Text, string Why);

/// <summary>Signs and verifies the texts of a message.</summary>
public static class MessageSignature
{
    /// <summary>The signature over the text that signing uses.</summary>
    /// <exception cref="InvalidOperationException">The key does not fit the algorithm.</exception>
    public static string Sign(MessageTexts texts, SignatureKey key) =>
        texts.ToSign.Algorithm.Sign(texts.ToSign.Text, key);

    /// <summary>Tries the settled texts one after the other.</summary>
    /// <exception cref="InvalidOperationException">The key does not fit the algorithm.</exception>
    public static SignatureVerdict Verify(MessageTexts texts, string signature, SignatureKey key)
    {
        var first = texts.ToVerify[0];
        var match = texts.ToVerify.FirstOrDefault(text => text.Algorithm.Verify(text.Text, signature, key));
        if (match is not null && texts.Contradiction.Length == 0)
        {
            return new(true, match, "");
        }

        var why = texts.Contradiction.Length > 0 ? texts.Contradiction
            : signature.Length == 0 ? "There is no signature."
            : !first.Algorithm.HasForm(signature, key) ? $"The signature does not have the form of {first.Algorithm}."
            : "The signature does not fit the message.";
        return new(false, match ?? first, why);
    }
}
