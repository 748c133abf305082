using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The texts that are signed (section 5 and the tables of sections 2 to 4): fields that are not empty, in the order of
/// the interface, joined with &amp;. Requests are MD5 whatever signType says, because signType speaks of the answer;
/// answers are MD5 or RSA by the key.
/// </summary>
internal sealed class AllinpaySigning : IMessageSigning
{
    private const string BadKeyOfRequest = "Allinpay's requests are signed with the MD5 key, whatever signType says.";
    private const string BadKeyOfAnswer = "This interface is signed with the MD5 key or with Allinpay's certificate.";

    public IReadOnlyList<string> Interfaces { get; } =
    [
        "pay-data", "ext1", "order-query", "batch-query", "refund", "refund-query", "preauth-cancel",
        "preauth-confirm", "notification", "order-query-answer", "refund-answer", "batch-query-answer",
        "refund-query-answer", "preauth-cancel-answer", "preauth-confirm-answer",
    ];

    /// <summary>The text of fields of ours. Fields that the interface does not sign must not be among them.</summary>
    /// <exception cref="ArgumentException">
    /// A value is outside its field's shape, or the interface has no such field.
    /// </exception>
    public static string Source(string @interface, IReadOnlyList<AllinpayField> fields)
    {
        var order = AllinpayFields.Of(@interface);
        foreach (var (name, value) in fields)
        {
            var rule = Array.Find(order, rule => rule.Name == name)
                ?? throw new ArgumentException($"{@interface} signs no {name}.", nameof(fields));
            if (MessageMembers.Problem(new(name, value, IsNested: false), rule) is { Length: > 0 } problem)
            {
                throw new ArgumentException(problem, nameof(fields));
            }
        }

        return Text(@interface, name => fields.FirstOrDefault(field => field.Name == name).Value ?? "");
    }

    /// <summary>signMsg of fields of ours.</summary>
    /// <exception cref="ArgumentException">A value is outside its field's shape.</exception>
    public static string Sign(string @interface, IReadOnlyList<AllinpayField> fields, SecretBytes key)
    {
        using var shared = SignatureKey.Shared(key);
        return SignatureAlgorithm.Md5AmpKeyUpper.Sign(Source(@interface, fields), shared);
    }

    /// <summary>
    /// The text of a message that came in, from the members that the document has. Nothing is judged here: only what
    /// is signed is worth judging.
    /// </summary>
    public static string Text(string @interface, Func<string, string> value) => string.Join(
        '&',
        AllinpayFields.Of(@interface).Select(rule => rule.Name).Where(name => value(name).Length > 0)
            .Select(name => $"{name}={value(name)}"));

    /// <summary>Whether a field's value keeps to its shape.</summary>
    public static bool IsPlain(string value) => FieldShape.Plain.Fits(value);

    public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices) =>
        AllinpayLineTexts.IsMadeOfLines(@interface) ? AllinpayLineTexts.Read(@interface, message, key)
        : AllinpayFields.Find(@interface) is { } order ? ReadFields(@interface, order, message, key)
        : new TextReading.Unusable($"Allinpay has no interface {@interface}.");

    private static TextReading ReadFields(string @interface, FieldRule[] order, string message, SignatureKeyKind key)
    {
        var isAnswer = @interface is "notification" or "order-query-answer" or "refund-answer";
        var fits = @interface == AllinpayFields.Ext1 || key == SignatureKeyKind.SharedSecret
            || (isAnswer && key == SignatureKeyKind.Rsa);
        if (!fits)
        {
            return new TextReading.Unusable(isAnswer ? BadKeyOfAnswer : BadKeyOfRequest);
        }

        if (MessageMembers.Read(message, out var why) is not { } members)
        {
            return new TextReading.Unusable(why);
        }

        var arranged = Arrange(@interface, order, members);
        if (arranged.Problem.Length > 0)
        {
            return new TextReading.Unusable(arranged.Problem);
        }

        var signType = members.FirstOrDefault(member => member.Name == "signType").Value ?? "";
        var text = TextOf(@interface, arranged.Signed, key);
        return new TextReading.Readable(new()
        {
            ToSign = text,
            ToVerify = [text],
            LeftOut = arranged.LeftOut,
            Warnings = arranged.Warnings,
            Contradiction = isAnswer ? Contradiction(signType, key) : "",
        });
    }

    /// <summary>
    /// How signType, which speaks of the answer, contradicts the key. Whoever judges texts with one key is told so of a
    /// refund's answer too, though Allinpay was seen to sign that one with MD5 under signType 1: the client has both
    /// keys and makes that exception itself (<see cref="AllinpayVerifier.RefundAnswer"/>).
    /// </summary>
    public static string Contradiction(string signType, SignatureKeyKind key) =>
        (signType, key) switch
        {
            ("", _) or ("0", SignatureKeyKind.SharedSecret) or ("1", SignatureKeyKind.Rsa) => "",
            ("0", _) => "signType 0 says MD5, the key is RSA.",
            ("1", _) => "signType 1 says RSA, the key is for MD5.",
            _ => "signType is neither 0 nor 1.",
        };

    private static SignedText TextOf(string @interface, List<MessageMember> signed, SignatureKeyKind key)
    {
        if (@interface == AllinpayFields.Ext1)
        {
            string[] values = [.. signed.Select(member => member.Value)];
            return new("full", string.Concat(values), SignatureAlgorithm.Md5PlainUpper, values);
        }

        string[] pieces = [.. signed.Select(member => $"{member.Name}={member.Value}")];
        var algorithm = key == SignatureKeyKind.Rsa ? SignatureAlgorithm.RsaSha1 : SignatureAlgorithm.Md5AmpKeyUpper;
        return new("full", string.Join('&', pieces), algorithm, pieces);
    }

    /// <summary>Members in signing order, unknown ones behind the others in the order they stand in.</summary>
    private static Arranged Arrange(string @interface, FieldRule[] order, IReadOnlyList<MessageMember> members)
    {
        var arranged = new Arranged();
        var placed = members.Select(member => (Member: member, Place: AllinpayFields.Place(order, member.Name)));
        foreach (var (member, place) in placed.OrderBy(one => one.Place))
        {
            if (MessageMembers.IsSignature(member.Name))
            {
                arranged.LeftOut.Add(new(member.Name, LeftOutReason.Signature));
                continue;
            }

            var rule = place < order.Length ? order[place] : null;
            if (MessageMembers.Problem(member, rule) is { Length: > 0 } problem)
            {
                return arranged with { Problem = problem };
            }

            if (AllinpayFields.IsUnsigned(@interface, member.Name))
            {
                arranged.LeftOut.Add(new(member.Name, LeftOutReason.NotSigned));
            }
            else if (member.Value.Length == 0)
            {
                arranged.LeftOut.Add(new(member.Name, LeftOutReason.Empty));
            }
            else
            {
                arranged.Signed.Add(member);
                if (rule is null)
                {
                    arranged.Warnings.Add($"{member.Name} is not in the document; it is signed behind the others.");
                }
            }
        }

        return arranged;
    }

    private sealed record Arranged
    {
        public List<MessageMember> Signed { get; } = [];

        public List<LeftOutMember> LeftOut { get; } = [];

        public List<string> Warnings { get; } = [];

        public string Problem { get; init; } = "";
    }
}
