using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using Answer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.RefundFacts>;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The answer to a refund query, v2.4 (section 3.8): one line for each refund of the order and amount, signed as a
/// whole. Only the line with our number counts, and only when it is unambiguous.
/// </summary>
internal static class AllinpayRefundLines
{
    private const int FieldCount = 9;

    /// <summary>Verifies the whole and picks our line.</summary>
    public static Answer Read(
        AllinpayReply reply, ProviderAccount account, string version, RefundRequest refund, AllinpayVerifier verifier)
    {
        if (!AllinpayLines.TryRead(reply.Body.Span, out var lines))
        {
            var shown = $"({reply.Body.Length} bytes, not of the documented shape)";
            return new Answer.NoAnswer(reply.Transcript with { ShownAnswer = shown }, ProviderError.AnswerUnreadable);
        }

        var transcript = reply.Transcript with { ShownAnswer = Show(lines) };
        if (lines.Signature.Length is 0 or > 1024 || !verifier.Lines(AllinpayLineTexts.RefundQuery, lines))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerSignatureWrong);
        }

        var rows = lines.Rows.Select(row => row.Split('|')).ToArray();
        if (Array.Exists(rows, row => row.Length != FieldCount || row[0] != version))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerUnreadable);
        }

        if (Array.Exists(rows, row => row[1] != AllinpayOptions.SignType(account.AnswerSignature)))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerSignatureWrong);
        }

        if (Array.Exists(rows, row => row[2] != account.MerchantId || row[3] != refund.Order.MerchantNumber))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerMismatch);
        }

        return Pick(transcript, [.. rows.Where(row => row[6] == refund.RefundNumber)], refund);
    }

    private static Answer Pick(Transcript transcript, string[][] ours, RefundRequest refund)
    {
        if (ours.Length == 0)
        {
            return new Answer.NotFound(transcript);
        }

        if (Array.Exists(ours, row => row[4] != refund.Amount.ToMinorText() || row[7] != ours[0][7]))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerMismatch) { ProviderCode = Shown(ours[0][7]) };
        }

        if (!Array.TrueForAll(ours, HasTimes))
        {
            return new Answer.NoAnswer(transcript, ProviderError.AnswerUnreadable) { ProviderCode = Shown(ours[0][7]) };
        }

        if (AllinpayRefunds.State(ours[0][7]) is not { } state)
        {
            return new Answer.NoAnswer(transcript, ProviderError.Unlisted) { ProviderCode = Shown(ours[0][7]) };
        }

        AllinpayTime.TryRead(ours[^1][8], out var toldAt);
        var facts = new RefundFacts(refund.RefundNumber, refund.Amount, state, ours[0][7], toldAt);
        return new Answer.Told(transcript, facts) { ProviderCode = ours[0][7] };
    }

    private static bool HasTimes(string[] row) =>
        (row[5].Length == 0 || AllinpayTime.TryRead(row[5], out _)) && AllinpayTime.TryRead(row[8], out _);

    private static string Show(AllinpayLines lines) =>
        string.Join("\r\n", lines.Rows.Select(row => AllinpayLines.Show(row, 10, 2, 30, 50, 10, 14, 50, 10, 14)));

    private static string Shown(string code) => code.Length <= 20 && code.All(char.IsAsciiLetterOrDigit) ? code : "";
}
