using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>One text that verifying tries.</summary>
/// <param name="Text">The text.</param>
/// <param name="Matches">Whether the signature belongs to it; null without a key or a signature.</param>
/// <param name="IsExpected">It is the text that the other side says it signed.</param>
public sealed record BenchTrial(SignedText Text, bool? Matches, bool IsExpected);

/// <summary>What the bench makes of a message.</summary>
public sealed record BenchReading
{
    /// <summary>Why there is no text; empty when there is one.</summary>
    public string Unusable { get; private init; } = "";

    /// <summary>The texts; null when the message is unusable.</summary>
    public MessageTexts? Texts { get; private init; }

    /// <summary>The text to show: the one that matched, else the one that was expected, else the one we sign.</summary>
    public SignedText? Shown { get; private init; }

    /// <summary>The text without a key is secret itself: it holds a card's security code.</summary>
    public bool IsDigest => Shown?.Algorithm.KeyKind == SignatureKeyKind.None;

    public IReadOnlyList<BenchTrial> Trials { get; private init; } = [];

    /// <summary>Null without a key or a signature.</summary>
    public SignatureVerdict? Verdict { get; private init; }

    /// <summary>What signs the shown text; null without a key that can sign.</summary>
    public string? Made { get; private init; }

    /// <summary>Where the shown text leaves the expected one; null when it does not or none was given.</summary>
    public TextDifference? Difference { get; private init; }

    /// <summary>Reads, signs, verifies and compares.</summary>
    /// <param name="rules">Whose rules.</param>
    /// <param name="message">The message as it was pasted.</param>
    /// <param name="kind">What the text is signed with.</param>
    /// <param name="choices">The account's choices, where there are some.</param>
    /// <param name="key">A key of that kind; null when none was given.</param>
    /// <param name="signature">The signature; empty when none was given.</param>
    /// <param name="expected">What the other side says it signed; empty when nothing was given.</param>
    public static BenchReading Of(
        BenchRules rules,
        string message,
        SignatureKeyKind kind,
        SigningChoices choices,
        SignatureKey? key,
        string signature,
        string expected)
    {
        var reading = rules.Provider.Signing.Read(rules.Interface, message, kind, choices);
        if (reading is not TextReading.Readable { Texts: var texts })
        {
            return new() { Unusable = ((TextReading.Unusable)reading).Why };
        }

        var usable = texts.ToSign.Algorithm.KeyKind == SignatureKeyKind.None ? SignatureKey.None : key;
        var verdict = usable is not null && signature.Length > 0
            ? MessageSignature.Verify(texts, signature, usable)
            : null;
        BenchTrial[] trials =
        [
            .. texts.ToVerify.Select(text => new BenchTrial(
                text,
                verdict is null ? null : text.Algorithm.Verify(text.Text, signature, usable!),
                expected.Length > 0 && TextDifference.Find(text.Text, expected) is null)),
        ];
        var shown = Array.Find(trials, trial => trial.Matches is true)?.Text
            ?? Array.Find(trials, trial => trial.IsExpected)?.Text
            ?? texts.ToSign;
        return new()
        {
            Texts = texts,
            Trials = trials,
            Shown = shown,
            Verdict = verdict,
            Made = usable is { Kind: not SignatureKeyKind.Rsa } ? shown.Algorithm.Sign(shown.Text, usable) : null,
            Difference = expected.Length == 0 ? null : TextDifference.Find(shown.Text, expected),
        };
    }
}
