namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>What the answer to a request that creates something proves.</summary>
internal static class BgcPayAnswerErrors
{
    /// <summary>
    /// Judges a reply. Refused comes only from a signed answer: the gateway's own refusals, or 40004 with a code of the
    /// interface's list. Postponed is the gateway's own limit of calls: nothing was taken up. An unsigned answer proves
    /// nothing here, whatever the account takes from questions.
    /// </summary>
    /// <param name="reply">The reply.</param>
    /// <param name="method">The interface.</param>
    /// <param name="isDefinite">The interface's list of codes that say that nothing happened.</param>
    /// <param name="problem">What is wrong with a success; None when nothing is.</param>
    /// <param name="number">The member that holds BGCPay's number.</param>
    public static ProviderOutcome Outcome(
        BgcPayReply reply, string method, Func<string, bool> isDefinite, Func<BgcPayAnswer, ProviderError> problem,
        string number)
    {
        var (transcript, answer) = reply;
        if (!transcript.BodyStarted)
        {
            return new ProviderOutcome.NotSent(
                transcript, answer.Error == ProviderError.None ? ProviderError.ConnectionFailed : answer.Error);
        }

        if (answer.Error != ProviderError.None || !answer.IsSigned)
        {
            return new ProviderOutcome.Unknown(
                transcript, answer.Error == ProviderError.None ? ProviderError.AnswerSignatureWrong : answer.Error)
            {
                ProviderCode = answer.Told,
            };
        }

        if (answer.IsSuccess)
        {
            return problem(answer) is not ProviderError.None and var wrong
                ? new ProviderOutcome.Unknown(transcript, wrong) { ProviderCode = answer.Told }
                : new ProviderOutcome.Done(transcript) { ProviderCode = answer.Told, ProviderNumber = answer[number] };
        }

        var meaning = Named(BgcPayErrors.Meaning(method, answer.Code, answer.SubCode));
        if (BgcPayErrors.IsPostponed(answer.Code, answer.SubCode))
        {
            return new ProviderOutcome.Postponed(transcript, meaning) { ProviderCode = answer.Told };
        }

        var isRefused = BgcPayErrors.IsGatewayRefusal(answer.Code, answer.SubCode)
            || (answer.Code == "40004" && isDefinite(answer.SubCode));
        return isRefused
            ? new ProviderOutcome.Refused(transcript, meaning) { ProviderCode = answer.Told }
            : new ProviderOutcome.Unknown(transcript, meaning) { ProviderCode = answer.Told };
    }

    /// <summary>A code that says "no fault" beside another that does not is none of the document's.</summary>
    public static ProviderError Named(ProviderError meaning) =>
        meaning == ProviderError.None ? ProviderError.Unlisted : meaning;
}
