using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// The signing rules by interface (section 簽名 of the document): every member but sign and the empty ones, in the
/// order of their names, raw. Where the key goes and the case of the digest are the account's choice, because the
/// document names neither.
/// </summary>
internal sealed class BgcPaySigning : IMessageSigning
{
    public const string Request = "request";
    public const string Answer = "answer";
    public const string Notification = "notification";

    private static readonly FieldRule[] RequestFields =
    [
        .. Plain("app_id method format charset sign_type timestamp version lang"),
        new("notify_url", FieldShape.Url), new("return_url", FieldShape.Url), new("biz_content", FieldShape.Json),
    ];

    private static readonly FieldRule[] AnswerFields = Plain(
        "code msg sub_code sub_msg user_cid display_name trade_no out_trade_no currency total_amount payer_id "
        + "trade_status subject extend_params trade_date pay_date out_biz_no order_id trans_date trans_amount "
        + "payee_did");

    private static readonly FieldRule[] NotificationFields = Plain(
        "charset method format app_id version sign_type timestamp trade_no out_trade_no currency total_amount subject "
        + "extend_params payer_id trade_status trade_date pay_date");

    public IReadOnlyList<string> Interfaces { get; } = [Request, Answer, Notification];

    public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices)
    {
        if (key != SignatureKeyKind.SharedSecret)
        {
            return Unusable("BGCPay signs with the MD5 key of the account and nothing else.");
        }

        if (@interface is not (Request or Answer or Notification))
        {
            return Unusable($"BGCPay has no interface {@interface}.");
        }

        if (MessageMembers.Read(message, out var why) is not { } members)
        {
            return Unusable(why);
        }

        var algorithm = Algorithm(choices);
        return @interface switch
        {
            Answer => BgcPayAnswerTexts.Read(members, AnswerFields, algorithm),
            Notification => ReadFlat(members, NotificationFields, algorithm, withoutSignType: true),
            _ => ReadFlat(members, RequestFields, algorithm, withoutSignType: false),
        };
    }

    /// <summary>The digest that an account's choices name (decision 25).</summary>
    public static SignatureAlgorithm Algorithm(SigningChoices choices) => (choices.AmpKey, choices.UpperHex) switch
    {
        (true, true) => SignatureAlgorithm.Md5AmpKeyUpper,
        (true, false) => SignatureAlgorithm.Md5AmpKeyLower,
        (false, true) => SignatureAlgorithm.Md5RawAppendUpper,
        (false, false) => SignatureAlgorithm.Md5RawAppendLower,
    };

    /// <summary>A message whose members stand beside each other: requests, notifications and bare answers.</summary>
    public static TextReading ReadFlat(
        IReadOnlyList<MessageMember> members, FieldRule[] fields, SignatureAlgorithm algorithm, bool withoutSignType)
    {
        var (signed, leftOut, warnings) = Arrange(members, fields);
        if (Problem(signed, fields) is { Length: > 0 } problem)
        {
            return Unusable(problem);
        }

        var full = Text("full", signed, algorithm);
        var told = members.FirstOrDefault(member => member.Name == "sign_type").Value ?? "";
        return new TextReading.Readable(new()
        {
            ToSign = full,
            ToVerify = withoutSignType && told.Length > 0
                ? [full, Text("without sign_type", signed.Where(m => m.Name != "sign_type"), algorithm)]
                : [full],
            LeftOut = leftOut,
            Warnings = warnings,
            Contradiction = Contradiction(told),
        });
    }

    /// <summary>How a message's own sign_type contradicts the MD5 key; empty when it does not.</summary>
    public static string Contradiction(string signType) =>
        signType.Length == 0 || signType.Equals("MD5", StringComparison.OrdinalIgnoreCase)
            ? ""
            : "The message names another sign_type than MD5, which is what the key is for.";

    /// <summary>The members that are signed, by name, and what becomes of the others.</summary>
    public static (List<MessageMember> Signed, List<LeftOutMember> LeftOut, List<string> Warnings) Arrange(
        IReadOnlyList<MessageMember> members, FieldRule[] fields)
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

            if (!Array.Exists(fields, field => field.Name == member.Name))
            {
                warnings.Add($"{member.Name} is not in the document; it is signed like the others.");
            }

            if (member.Value.Length == 0)
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

    /// <summary>What keeps members out of a text; empty when nothing does.</summary>
    public static string Problem(IEnumerable<MessageMember> members, FieldRule[] fields) => members
        .Select(member => MessageMembers.Problem(member, Array.Find(fields, field => field.Name == member.Name)))
        .FirstOrDefault(problem => problem.Length > 0) ?? "";

    /// <summary>One text of members that are in order.</summary>
    public static SignedText Text(string variant, IEnumerable<MessageMember> members, SignatureAlgorithm algorithm)
    {
        string[] pieces = [.. members.Select(member => $"{member.Name}={member.Value}")];
        return new(variant, string.Join('&', pieces), algorithm, pieces);
    }

    private static FieldRule[] Plain(string names) => [.. names.Split(' ').Select(name => new FieldRule(name))];

    private static TextReading.Unusable Unusable(string why) => new(why);
}
