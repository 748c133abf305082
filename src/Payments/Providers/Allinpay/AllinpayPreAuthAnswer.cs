namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The answer to cancelling or confirming a pre-authorisation (sections 4.2 and 4.4): one line of eleven fields and the
/// signature. Nothing in the line is escaped, so a bar or a line end inside a field shifts the others: a line of any
/// other number of fields says nothing.
/// </summary>
internal static class AllinpayPreAuthAnswer
{
    private const int FieldCount = 11;
    private const int MostOfNumber = 30;
    private const string Done = "0000";
    private const string CancelFailed = "FC0003_000008";

    /// <summary>What the answer proves about exactly this call.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="call">What was sent.</param>
    /// <param name="preAuthId">Allinpay's number of the payment, where it is known.</param>
    /// <param name="verifier">The account's verifier.</param>
    public static ProviderOutcome Read(
        AllinpayReply reply, AllinpayCall call, string? preAuthId, AllinpayVerifier verifier)
    {
        var body = reply.Body.Span.Trim(" \r\n\t"u8);
        if (AllinpayErrorAnswer.Code(body) is { } unsigned)
        {
            var told = reply.Transcript with { ShownAnswer = AllinpayErrorAnswer.Show(body) };
            return Unknown(told, AllinpayErrorAnswer.Meaning(unsigned), "ERRORCODE " + unsigned);
        }

        if (!AllinpayLines.TryRead(reply.Body.Span, out var lines) || lines.Rows.Count != 1
            || lines.Rows[0].Split('|') is not { Length: FieldCount } fields)
        {
            var shown = $"({reply.Body.Length} bytes, not of the documented shape)";
            return Unknown(reply.Transcript with { ShownAnswer = shown }, ProviderError.AnswerUnreadable, "");
        }

        var transcript = reply.Transcript with
        {
            ShownAnswer = AllinpayLines.Show(lines.Rows[0], 20, 0, 10, 2, 30, 50, 14, 10, 3, MostOfNumber, 14),
        };
        var sent = call.Fields.ToDictionary(field => field.Name, field => field.Value);
        if (lines.Signature.Length is 0 or > 1024 || !verifier.Lines(call.SignedAs + "-answer", lines)
            || fields[3] != sent["signType"])
        {
            return Unknown(transcript, ProviderError.AnswerSignatureWrong, "");
        }

        var code = fields[0];
        if (!IsCode(code) || fields[1].Length > 50 || !AllinpayTime.TryRead(fields[10], out _))
        {
            return Unknown(transcript, ProviderError.AnswerUnreadable, "");
        }

        return IsEqual(fields, sent, preAuthId, code == Done)
            ? Judge(transcript, call.SignedAs, code, fields[9])
            : Unknown(transcript, ProviderError.AnswerMismatch, code);
    }

    private static ProviderOutcome Judge(Transcript transcript, string @interface, string code, string number)
    {
        if (code == Done)
        {
            return new ProviderOutcome.Done(transcript) { ProviderCode = code, ProviderNumber = number };
        }

        var meaning = AllinpayErrorAnswer.Meaning(code);
        return IsFinal(@interface, code)
            ? new ProviderOutcome.Refused(transcript, meaning) { ProviderCode = code }
            : Unknown(transcript, meaning, code);
    }

    /// <summary>
    /// The only codes that say "no" for good: a failed cancellation, and the gateway's own refusals of a parameter,
    /// order not found and signature among them. What else a failed confirmation may say is nowhere listed.
    /// </summary>
    private static bool IsFinal(string @interface, string code) =>
        (@interface == "preauth-cancel" && code == CancelFailed)
        || (AllinpayErrors.Table.Find(code)?.Code is { Length: 7 } known
            && known.StartsWith("ZF1", StringComparison.Ordinal));

    /// <summary>Everything that was sent comes back; a refusal may have no number, because nothing was found.</summary>
    private static bool IsEqual(
        string[] fields, Dictionary<string, string> sent, string? preAuthId, bool isDone) =>
        fields[2] == sent["version"] && fields[4] == sent["merchantId"] && fields[5] == sent["orderNo"]
        && fields[6] == sent["orderDatetime"] && fields[7] == sent["orderAmount"] && fields[8] == sent["currency"]
        && (fields[9].Length == 0
            ? !isDone
            : IsNumber(fields[9]) && (preAuthId is null || fields[9] == preAuthId));

    private static bool IsNumber(string text) => text.Length <= MostOfNumber && AllinpayShape.IsNumber(text);

    private static bool IsCode(string text) =>
        text.Length is > 0 and <= 20 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static ProviderOutcome.Unknown Unknown(Transcript transcript, ProviderError error, string code) =>
        new(transcript, error) { ProviderCode = code };
}
