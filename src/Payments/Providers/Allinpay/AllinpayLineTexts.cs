using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The texts of answers made of lines: batch query (3.4), refund query (3.8) and pre-authorisations (4.2, 4.4). What
/// is handed in is the signed text alone, without the signature line.
/// </summary>
internal static class AllinpayLineTexts
{
    private const string LineEnd = "\r\n";

    public static TextReading Read(string @interface, string message, SignatureKeyKind key)
    {
        var isBatch = @interface == "batch-query-answer";
        if (key != SignatureKeyKind.Rsa && (isBatch || key != SignatureKeyKind.SharedSecret))
        {
            return new TextReading.Unusable(isBatch
                ? "Answers of the batch query are signed with Allinpay's certificate only."
                : "This interface is signed with the MD5 key or with Allinpay's certificate.");
        }

        var lines = message.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
        if (lines.Length == 0 || Array.Exists(lines, line => !IsText(line)))
        {
            return new TextReading.Unusable(
                lines.Length == 0 ? "The text has no line." : "A line has a NUL, a lone CR or half a surrogate pair.");
        }

        var texts = Texts(@interface, message, lines, key);
        return new TextReading.Readable(new()
        {
            ToSign = ToSign(texts, message, isBatch),
            ToVerify = texts,
            Contradiction = isBatch ? "" : Contradiction(SignType(@interface, lines[0]), key),
        });
    }

    /// <summary>How signType, which speaks of the answer, contradicts the key that is to verify it.</summary>
    public static string Contradiction(string signType, SignatureKeyKind key) => (signType, key) switch
    {
        ("0", SignatureKeyKind.Rsa) => "signType 0 says MD5, the key is RSA.",
        ("1", SignatureKeyKind.SharedSecret) => "signType 1 says RSA, the key is for MD5.",
        _ => "",
    };

    private static List<SignedText> Texts(string @interface, string message, string[] lines, SignatureKeyKind key)
    {
        var joined = string.Join(LineEnd, lines);
        var algorithm = key == SignatureKeyKind.Rsa
            ? SignatureAlgorithm.RsaSha1OverMd5Hex
            : SignatureAlgorithm.Md5PipeKeyUpper;
        List<SignedText> texts =
        [
            new("no final line end", joined, algorithm, lines),
            new("final line end", joined + LineEnd, algorithm, lines),
        ];
        if (@interface == "batch-query-answer")
        {
            texts.Reverse();
        }

        if (texts.TrueForAll(text => text.Text != message))
        {
            texts.Add(new("as it stands", message, algorithm, lines));
        }

        // Nobody has seen a signed answer of the pre-authorisations: under MD5 both ways to append the key are tried.
        if (@interface.StartsWith("preauth", StringComparison.Ordinal) && key == SignatureKeyKind.SharedSecret)
        {
            texts.AddRange(texts.ToArray().Select(text => text with
            {
                Variant = text.Variant + ", &key=",
                Algorithm = SignatureAlgorithm.Md5AmpKeyUpper,
            }));
        }

        return texts;
    }

    private static SignedText ToSign(List<SignedText> texts, string message, bool isBatch)
    {
        var wanted = isBatch || message.EndsWith('\n') ? "final line end" : "no final line end";
        return texts.Find(text => text.Variant == wanted)!;
    }

    /// <summary>The second field of a refund query's line, the fourth of a pre-authorisation's.</summary>
    private static string SignType(string @interface, string line)
    {
        var place = @interface == "refund-query-answer" ? 1 : 3;
        return line.Split('|') is var fields && fields.Length > place ? fields[place] : "";
    }

    /// <summary>A line may hold &amp; and =, which separate nothing here.</summary>
    private static bool IsText(string line) => FieldShape.Plain.Fits(
        line.Replace("&", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal));
}
