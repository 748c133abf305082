using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The texts of answers made of lines: batch query (3.4), refund query (3.8) and pre-authorisations (4.2, 4.4). What
/// is handed in is the signed text alone, without the signature line.
/// </summary>
internal static class AllinpayLineTexts
{
    /// <summary>The answer of the batch query.</summary>
    public const string Batch = "batch-query-answer";

    /// <summary>The answer of the refund query.</summary>
    public const string RefundQuery = "refund-query-answer";

    /// <summary>The answer to cancelling a pre-authorisation.</summary>
    public const string PreAuthCancel = "preauth-cancel-answer";

    /// <summary>The answer to confirming a pre-authorisation.</summary>
    public const string PreAuthConfirm = "preauth-confirm-answer";

    private const string LineEnd = "\r\n";
    private const string Open = "no final line end";
    private const string Closed = "final line end";

    /// <summary>Whether an interface's text is made of lines.</summary>
    public static bool IsMadeOfLines(string @interface) =>
        @interface is Batch or RefundQuery or PreAuthCancel or PreAuthConfirm;

    /// <summary>Builds the texts of a message.</summary>
    public static TextReading Read(string @interface, string message, SignatureKeyKind key)
    {
        if (key != SignatureKeyKind.Rsa && (@interface == Batch || key != SignatureKeyKind.SharedSecret))
        {
            return new TextReading.Unusable(@interface == Batch
                ? "Answers of the batch query are signed with Allinpay's certificate only."
                : "This interface is signed with the MD5 key or with Allinpay's certificate.");
        }

        var lines = message.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
        if (lines.Length == 0 || Array.Exists(lines, line => !IsText(line)))
        {
            return new TextReading.Unusable(
                lines.Length == 0 ? "The text has no line." : "A line has a NUL, a lone CR or half a surrogate pair.");
        }

        var texts = Texts(@interface, lines, key);
        var wanted = @interface == Batch || message.EndsWith('\n') ? Closed : Open;
        return new TextReading.Readable(new()
        {
            ToSign = texts.First(text => text.Variant == wanted),
            ToVerify = [.. texts, .. AsItStands(texts, message)],
            Contradiction = lines.Select(line => Contradiction(@interface, line, key))
                .FirstOrDefault(said => said.Length > 0, ""),
        });
    }

    /// <summary>
    /// The texts that the signature of these lines may cover. The batch closes every line; the refund query was seen
    /// both ways, with and without the last line's end (2014 and 2015). Nobody has seen a signed answer of the
    /// pre-authorisations: they are taken like the refund query's, under MD5 with both ways to append the key.
    /// </summary>
    public static IReadOnlyList<SignedText> Texts(
        string @interface, IReadOnlyList<string> lines, SignatureKeyKind key)
    {
        var joined = string.Join(LineEnd, lines);
        var isRsa = key == SignatureKeyKind.Rsa;
        var algorithm = isRsa ? SignatureAlgorithm.RsaSha1OverMd5Hex : SignatureAlgorithm.Md5PipeKeyUpper;
        var open = new SignedText(Open, joined, algorithm, lines);
        var closed = new SignedText(Closed, joined + LineEnd, algorithm, lines);
        return @interface switch
        {
            Batch => [closed],
            RefundQuery => [open, closed],
            _ => isRsa ? [open, closed] : [open, closed, WithAmpKey(open), WithAmpKey(closed)],
        };
    }

    private static SignedText WithAmpKey(SignedText text) => text with
    {
        Variant = text.Variant + ", &key=",
        Algorithm = SignatureAlgorithm.Md5AmpKeyUpper,
    };

    /// <summary>Other line ends than CRLF: people paste what they have.</summary>
    private static IEnumerable<SignedText> AsItStands(IReadOnlyList<SignedText> texts, string message) =>
        texts.Any(text => text.Text == message) ? []
        : texts.DistinctBy(text => text.Algorithm).Select(text => text with
        {
            Variant = "as it stands" + (text.Algorithm == SignatureAlgorithm.Md5AmpKeyUpper ? ", &key=" : ""),
            Text = message,
        });

    /// <summary>signType is the second field of a refund query's line, the fourth of a pre-authorisation's.</summary>
    private static string Contradiction(string @interface, string line, SignatureKeyKind key)
    {
        var place = @interface switch
        {
            Batch => int.MaxValue,
            RefundQuery => 1,
            _ => 3,
        };
        var fields = line.Split('|');
        return fields.Length > place ? AllinpaySigning.Contradiction(fields[place], key) : "";
    }

    /// <summary>A line may hold &amp; and =, which separate nothing here.</summary>
    private static bool IsText(string line) => FieldShape.Plain.Fits(
        line.Replace("&", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal));
}
