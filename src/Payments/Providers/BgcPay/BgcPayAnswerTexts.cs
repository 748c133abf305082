using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// The texts of an answer. The document prints two shapes and says of neither what is signed (decision 26): the
/// wrapped one, <c>{"bgcpay_trade_pay_response":{…},"sign":"…"}</c>, over the wrapper's value letter for letter or
/// over its sorted members; the bare one over its sorted members.
/// </summary>
internal static class BgcPayAnswerTexts
{
    private const string WrapperEnd = "_response";

    /// <summary>The wrapper among the members of an answer, or null where the answer is bare.</summary>
    public static MessageMember? Wrapper(IReadOnlyList<MessageMember> members) =>
        members.Where(member => IsWrapper(member)).Select(member => (MessageMember?)member).FirstOrDefault();

    public static TextReading Read(
        IReadOnlyList<MessageMember> members, FieldRule[] fields, SignatureAlgorithm algorithm)
    {
        if (Wrapper(members) is not { } wrapper)
        {
            return BgcPaySigning.ReadFlat(members, fields, algorithm, withoutSignType: false);
        }

        if (members.Count(IsWrapper) > 1)
        {
            return new TextReading.Unusable("The answer has two wrappers, and one signature cannot tell which.");
        }

        if (MessageMembers.Read(wrapper.Value, out var why) is not { } inner)
        {
            return new TextReading.Unusable(why);
        }

        var raw = new SignedText("raw substring", wrapper.Value, algorithm, [wrapper.Value]);
        var (signed, leftOut, warnings) = BgcPaySigning.Arrange(inner, fields);
        var problem = BgcPaySigning.Problem(signed, fields);
        var outside = members.Where(member => member.Name != wrapper.Name && !MessageMembers.IsSignature(member.Name));
        return new TextReading.Readable(new()
        {
            ToSign = raw,
            ToVerify = problem.Length > 0 ? [raw] : [raw, BgcPaySigning.Text("sorted members", signed, algorithm)],
            LeftOut =
            [
                .. members.Where(member => MessageMembers.IsSignature(member.Name))
                    .Select(member => new LeftOutMember(member.Name, LeftOutReason.Signature)),
                .. outside.Select(member => new LeftOutMember(member.Name, LeftOutReason.NotSigned)),
                .. leftOut,
            ],
            Warnings =
            [
                .. outside.Select(member => $"{member.Name} stands outside the wrapper and is not signed."),
                .. warnings,
                .. problem.Length > 0 ? [$"{problem} There is no sorted text."] : Array.Empty<string>(),
            ],
            Contradiction = BgcPaySigning.Contradiction(
                members.Concat(inner).Where(member => member.Name == "sign_type" && member.Value.Length > 0)
                    .Select(member => member.Value).FirstOrDefault(told => BgcPaySigning.Contradiction(told).Length > 0)
                ?? ""),
        });
    }

    private static bool IsWrapper(MessageMember member) =>
        member.IsNested && member.Value.StartsWith('{')
        && member.Name.EndsWith(WrapperEnd, StringComparison.Ordinal);
}
