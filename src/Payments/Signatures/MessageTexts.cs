namespace MerchantPortal.Payments.Signatures;

/// <summary>One text that a signature may cover.</summary>
/// <param name="Variant">Which of the settled variants it is: "full", "final line end", "fixed decimals".</param>
/// <param name="Text">The canonical text, before any key is appended and before any hashing.</param>
/// <param name="Algorithm">How this text is signed.</param>
/// <param name="Pieces">The parts it was joined from, in their order, for people who compare two texts.</param>
public sealed record SignedText(
    string Variant, string Text, SignatureAlgorithm Algorithm, IReadOnlyList<string> Pieces);

/// <summary>Why a member of a message is not in its signed text.</summary>
public enum LeftOutReason
{
    /// <summary>It is the signature.</summary>
    Signature,

    /// <summary>It is empty or null.</summary>
    Empty,

    /// <summary>The document leaves it unsigned.</summary>
    NotSigned,
}

/// <summary>A member that is not in the signed text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Why">The reason.</param>
public sealed record LeftOutMember(string Name, LeftOutReason Why);

/// <summary>What can be signed or verified of one message.</summary>
public sealed record MessageTexts
{
    /// <summary>The text that signing uses.</summary>
    public required SignedText ToSign { get; init; }

    /// <summary>The texts that verifying tries, in this order; at least one.</summary>
    public required IReadOnlyList<SignedText> ToVerify { get; init; }

    /// <summary>Members outside the text.</summary>
    public IReadOnlyList<LeftOutMember> LeftOut { get; init; } = [];

    /// <summary>What is odd and does not stop signing: unknown members, left-over fields.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// How the message's own sign_type contradicts the key; empty when it does not. A message never chooses its
    /// algorithm: a contradiction makes it not valid, whatever the signature.
    /// </summary>
    public string Contradiction { get; init; } = "";
}

/// <summary>The texts of a message, or why there are none. The family is closed.</summary>
public abstract record TextReading
{
    /// <summary>The message can be signed and verified.</summary>
    /// <param name="Texts">What of it.</param>
    public sealed record Readable(MessageTexts Texts) : TextReading;

    /// <summary>The message or the key is unfit for this interface.</summary>
    /// <param name="Why">What is wrong, in words for people.</param>
    public sealed record Unusable(string Why) : TextReading;
}

/// <summary>Where a provider leaves the rule to the account (BGCPay, decision 25).</summary>
/// <param name="AmpKey">The key is appended as "&amp;key=" and key, not bare.</param>
/// <param name="UpperHex">Hex digits are upper case.</param>
public sealed record SigningChoices(bool AmpKey = false, bool UpperHex = false);

/// <summary>
/// The signing rules of one provider, by interface. Clients, commands and the signature bench all use this one.
/// </summary>
public interface IMessageSigning
{
    /// <summary>The interfaces in the order of the document: "request", "answer", "notification".</summary>
    IReadOnlyList<string> Interfaces { get; }

    /// <summary>
    /// Builds the texts of a message. Unknown members are signed like the others and warned of; members twice, text
    /// that is not of the interface's form and values outside their field's shape are unusable. Never throws.
    /// </summary>
    /// <param name="interface">One of <see cref="Interfaces"/>.</param>
    /// <param name="message">
    /// The message as a JSON object of its members; for answers made of lines the signed text, without the signature
    /// line; for BGCPay's answer the whole answer.
    /// </param>
    /// <param name="key">What the signature is made with; it chooses the algorithm.</param>
    /// <param name="choices">Account settings that change the rule.</param>
    TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices);
}
