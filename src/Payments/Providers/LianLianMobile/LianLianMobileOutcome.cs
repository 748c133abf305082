using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>What the orders of this provider have in common when their answers are read.</summary>
internal static class LianLianMobileOutcome
{
    /// <summary>The outcome when there is no answer to believe; null when there is one.</summary>
    public static ProviderOutcome? Unread(LianLianMobileReply reply) => reply switch
    {
        { Transcript.BodyStarted: false } => new ProviderOutcome.NotSent(
            reply.Transcript,
            reply.Failure == ProviderError.None ? ProviderError.ConnectionFailed : reply.Failure),
        { IsGenuine: false } =>
            new ProviderOutcome.Unknown(reply.Transcript, reply.Failure) { ProviderCode = reply.Code },
        _ => null,
    };

    /// <summary>A genuine error: refused only when the interface's own list has the code.</summary>
    public static ProviderOutcome Refusal(LianLianMobileReply reply, IReadOnlySet<string> definiteNo, bool isOurs)
    {
        var error = isOurs ? LianLianMobileErrors.Meaning(reply.Code) : ProviderError.AnswerMismatch;
        return isOurs && definiteNo.Contains(reply.Code)
            ? new ProviderOutcome.Refused(reply.Transcript, error) { ProviderCode = reply.Code }
            : new ProviderOutcome.Unknown(reply.Transcript, error) { ProviderCode = reply.Code };
    }

    /// <summary>Whether a member has the value we sent; absent is only right where it need not be named.</summary>
    public static bool Equal(LianLianMobileMessage answer, string name, string ours, bool mustBeNamed) =>
        answer[name] is { Length: > 0 } told ? told == ours : !mustBeNamed;

    /// <summary>Whether a member has the amount we sent, however it is spelt.</summary>
    public static bool EqualAmount(LianLianMobileMessage answer, string name, Money ours, bool mustBeNamed) =>
        answer[name] is { Length: > 0 } told
            ? LianLianMobileText.TryReadAmount(told, out var money) && money == ours
            : !mustBeNamed;
}
