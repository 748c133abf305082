using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Providers.ProviderError;

namespace MerchantPortal.Payments.Tests.Allinpay;

/// <summary>What a gateway may answer to a refund other than a clear yes, each with the meaning it must have.</summary>
internal static class RefundReplies
{
    public static IReadOnlyDictionary<string, (Action<AllinpayBench> Answer, ProviderError Error)> Wrong { get; } =
        new Dictionary<string, (Action<AllinpayBench>, ProviderError)>
        {
            ["no answer"] = (bench => bench.Break(), ConnectionLost),
            ["empty 200"] = (bench => bench.Answer(""), AnswerUnreadable),
            ["blanks only"] = (bench => bench.Answer(" \r\n \r\n"), AnswerUnreadable),
            ["HTML page"] = (bench => bench.Answer("<html><body>Error</body></html>"), AnswerUnreadable),
            ["HTML page with 502"] = (bench => bench.Answer("<html>Bad Gateway</html>", 502), ProviderFault),
            ["genuine answer with 500"] = (bench => bench.Answer(Signed(bench), 500), ProviderFault),
            ["genuine answer with 503"] = (bench => bench.Answer(Signed(bench), 503), ProviderFault),
            ["genuine answer with 201"] = (bench => bench.Answer(Signed(bench), 201), AnswerUnreadable),
            ["genuine answer with 404"] = (bench => bench.Answer(Signed(bench), 404), AnswerUnreadable),
            ["genuine answer with 302"] = (bench => bench.Answer(Signed(bench), 302), AnswerUnreadable),
            ["JSON"] = (bench => bench.Answer("""{"refundResult":"20"}"""), AnswerUnreadable),
            ["a word"] = (bench => bench.Answer("SUCCESS"), AnswerUnreadable),
            ["nothing but 20"] = (bench => bench.Answer("refundResult=20"), AnswerSignatureWrong),
            ["no signature"] = (bench => bench.Answer(AllinpayBench.Form(Fields(bench))), AnswerSignatureWrong),
            ["empty signature"] =
                (bench => bench.Answer(AllinpayBench.Form(Fields(bench)) + "&signMsg="), AnswerSignatureWrong),
            ["another key's MD5"] = (bench => Forge(bench, "&key=wrong"), AnswerSignatureWrong),
            ["MD5 without key"] = (bench => Forge(bench, ""), AnswerSignatureWrong),
            ["RSA towards an MD5 account"] = (bench => bench.Answer(AllinpayBench.Form(
                [.. Fields(bench), new("signMsg", AllinpayBench.Rsa(Text(Fields(bench))))])), AnswerSignatureWrong),
            ["signType of the other mode"] = (bench => Told(bench, ("signType", "1")), AnswerSignatureWrong),
            ["cut in the middle"] = (bench => bench.Answer(Signed(bench)[..80]), AnswerSignatureWrong),
            ["one digit changed"] = (bench => bench.Answer(Signed(bench).Replace(
                "refundAmount=400", "refundAmount=401", StringComparison.Ordinal)), AnswerSignatureWrong),
            ["a field twice"] =
                (bench => bench.Answer("refundResult=20&" + Signed(bench)), AnswerUnreadable),
            ["a broken escape"] = (bench => bench.Answer(Signed(bench) + "&ext=%G1"), AnswerUnreadable),
            ["not UTF-8"] = (bench => bench.Answer(Signed(bench) + "&ext=%FF"), AnswerUnreadable),
            ["an unknown member"] = (bench => bench.Answer(Signed(bench) + "&extra=1"), AnswerUnreadable),
            ["65 fields"] = (bench => bench.Answer(Signed(bench)
                + string.Concat(Enumerable.Range(0, 65).Select(i => $"&f{i}=1"))), AnswerUnreadable),
            ["a line end in a field"] = (bench => Told(bench, ("errorCode", "1\n2")), AnswerUnreadable),
            ["another refund number"] = (bench => Told(bench, ("mchtRefundOrderNo", "R_2")), AnswerMismatch),
            ["no refund number"] = (bench => Told(bench, ("mchtRefundOrderNo", "")), AnswerMismatch),
            ["another order"] = (bench => Told(bench, ("orderNo", "NO-2")), AnswerMismatch),
            ["another order time"] = (bench => Told(bench, ("orderDatetime", "20261120000002")), AnswerMismatch),
            ["another order amount"] = (bench => Told(bench, ("orderAmount", "1001")), AnswerMismatch),
            ["another refund amount"] = (bench => Told(bench, ("refundAmount", "1000")), AnswerMismatch),
            ["amount in yuan"] = (bench => Told(bench, ("refundAmount", "4.00")), AnswerMismatch),
            ["another merchant"] = (bench => Told(bench, ("merchantId", "100020091218002")), AnswerMismatch),
            ["another version"] = (bench => Told(bench, ("version", "v2.2")), AnswerMismatch),
            ["no time of acceptance"] = (bench => Told(bench, ("refundDatetime", "")), AnswerUnreadable),
            ["a time that is none"] = (bench => Told(bench, ("returnDatetime", "20261320000000")), AnswerUnreadable),
            ["no result"] = (bench => Told(bench, ("refundResult", "")), AnswerUnreadable),
            ["result 2"] = (bench => Told(bench, ("refundResult", "2")), Unlisted),
            ["result 020"] = (bench => Told(bench, ("refundResult", "020")), Unlisted),
            ["result ２０"] = (bench => Told(bench, ("refundResult", "２０")), Unlisted),
            ["result 20 with an error code"] = (bench => Told(bench, ("errorCode", "30003")), Duplicate),
            ["error: not refundable"] = (bench => bench.Answer("ERRORCODE=ZF10028&ERRORMSG=x"), NotRefundable),
            ["error: our signature"] = (bench => bench.Answer("ERRORCODE=10020&ERRORMSG=x"), OurSignatureRefused),
            ["error: order unknown"] = (bench => bench.Answer("ERRORCODE=10027&ERRORMSG=x"), OrderNotFound),
            ["error: sent twice"] = (bench => bench.Answer("ERRORCODE=30003&ERRORMSG=x"), Duplicate),
            ["error: unlisted"] = (bench => bench.Answer("ERRORCODE=77777&ERRORMSG=x"), Unlisted),
            ["error: a success code"] = (bench => bench.Answer("ERRORCODE=TKSUCC0006&ERRORMSG=x"), Unlisted),
            ["error without a code"] = (bench => bench.Answer("ERRORCODE=&ERRORMSG=x"), AnswerSignatureWrong),
        };

    /// <summary>The fields of a genuine answer to <see cref="AllinpayRefundTests.Refund"/>, in signing order.</summary>
    public static KeyValuePair<string, string>[] Fields(
        AllinpayBench bench, params (string Name, string Value)[] changes)
    {
        KeyValuePair<string, string>[] fields =
        [
            new("merchantId", AllinpayBench.Merchant), new("version", "v2.3"), new("signType", bench.SignType),
            new("orderNo", "NO-1_a"), new("orderAmount", "1000"), new("orderDatetime", "20261120000001"),
            new("refundAmount", "400"), new("refundDatetime", "20261120100001"), new("refundResult", "20"),
            new("mchtRefundOrderNo", "R_20261120_1"), new("errorCode", ""), new("returnDatetime", "20261120100002"),
        ];
        return
        [
            .. from field in fields
               let value = changes.LastOrDefault(change => change.Name == field.Key).Value ?? field.Value
               where value.Length > 0
               select new KeyValuePair<string, string>(field.Key, value),
        ];
    }

    private static string Signed(AllinpayBench bench) => bench.SignedForm(Fields(bench));

    private static void Told(AllinpayBench bench, params (string Name, string Value)[] changes) =>
        bench.Answer(bench.SignedForm(Fields(bench, changes)));

    private static void Forge(AllinpayBench bench, string glueAndKey) => bench.Answer(AllinpayBench.Form(
        [.. Fields(bench), new("signMsg", AllinpayBench.Md5(Text(Fields(bench)) + glueAndKey))]));

    private static string Text(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(f => $"{f.Key}={f.Value}"));
}
