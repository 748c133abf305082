namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The refund's own answer, v2.3 (section 3.6). Only refundResult 20 under a right signature, about exactly what was
/// sent, counts, and it means "applied for". Nothing else in it is definite.
/// </summary>
internal static class AllinpayRefundAnswer
{
    private static readonly string[] Signed =
        [.. AllinpayFields.Of(AllinpayFields.RefundAnswer).Select(rule => rule.Name)];

    /// <summary>What the verified answer says, or why it says nothing; None means accepted.</summary>
    /// <param name="form">The answer.</param>
    /// <param name="sent">What was sent, and the order amount and algorithm that have to come back with it.</param>
    /// <param name="verifier">The account's verifier.</param>
    public static (ProviderError Error, string Code) Judge(
        AllinpayForm form, IReadOnlyList<AllinpayField> sent, AllinpayVerifier verifier)
    {
        var source = AllinpaySigning.Text(AllinpayFields.RefundAnswer, name => form[name]);
        var told = form["signType"];
        if (form["signMsg"].Length is 0 or > 1024 || !verifier.RefundAnswer(source, form["signMsg"])
            || (told.Length > 0 && told != sent.Single(f => f.Name == "signType").Value))
        {
            return (ProviderError.AnswerSignatureWrong, "");
        }

        if (form.Names.Any(n => n != "signMsg" && !Signed.Contains(n))
            || Signed.Any(n => !AllinpaySigning.IsPlain(form[n]))
            || form["refundResult"].Length is 0 or > 10 || form["errorCode"].Length > 20
            || !AllinpayTime.TryRead(form["refundDatetime"], out _)
            || !AllinpayTime.TryRead(form["returnDatetime"], out _))
        {
            return (ProviderError.AnswerUnreadable, "");
        }

        var code = form["refundResult"];
        if (sent.Any(field => form[field.Name] != field.Value))
        {
            return (ProviderError.AnswerMismatch, code);
        }

        var reason = form["errorCode"];
        return code == "20" && reason.Length == 0 ? (ProviderError.None, code)
            : reason.Length > 0 ? (AllinpayErrorAnswer.Meaning(reason), $"{code} {reason}")
            : (AllinpayErrorAnswer.Meaning(code), code);
    }

    /// <summary>The fields as they may be shown: those of the document, no signature.</summary>
    public static string Show(AllinpayForm form) => string.Join('\n', form.Names.Where(n => n != "signMsg").Select(n =>
        Signed.Contains(n) && form[n].Length <= 50 && AllinpaySigning.IsPlain(form[n])
            ? $"{n}={form[n]}"
            : $"{(n.All(char.IsAsciiLetterOrDigit) ? n : "?")}=({form[n].Length} characters)"));
}
