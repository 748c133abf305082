using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Providers.ProviderError;

namespace MerchantPortal.Payments.Tests.Allinpay;

/// <summary>What a gateway may answer to a confirmation that is no clear yes or no, with each one's meaning.</summary>
internal static class PreAuthReplies
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
            ["genuine answer with 201"] = (bench => bench.Answer(Signed(bench), 201), AnswerUnreadable),
            ["genuine answer with 302"] = (bench => bench.Answer(Signed(bench), 302), AnswerUnreadable),
            ["JSON"] = (bench => bench.Answer("""{"retCode":"0000"}"""), AnswerUnreadable),
            ["nothing but 0000"] = (bench => bench.Answer("0000"), AnswerUnreadable),
            ["not UTF-8"] = (bench => bench.Answer([.. "0000|"u8, 0xFF, (byte)'|']), AnswerUnreadable),
            ["no signature"] = (bench => bench.Answer(Line(bench)), AnswerSignatureWrong),
            ["another key"] = (bench => Sign(bench, Line(bench), "|wrong"), AnswerSignatureWrong),
            ["no key"] = (bench => Sign(bench, Line(bench), ""), AnswerSignatureWrong),
            ["RSA towards an MD5 account"] = (bench => bench.Answer(
                $"{Line(bench)}\r\n{AllinpayBench.Rsa(AllinpayBench.Md5(Line(bench)))}"), AnswerSignatureWrong),
            ["one digit changed"] = (bench => bench.Answer(
                Signed(bench).Replace("|1000|", "|1001|", StringComparison.Ordinal)), AnswerSignatureWrong),
            ["signType of the other mode"] = (bench => Told(bench, (3, "1")), AnswerSignatureWrong),
            ["no signType"] = (bench => Told(bench, (3, "")), AnswerSignatureWrong),
            ["cut in the middle"] = (bench => bench.Answer(Signed(bench)[..40]), AnswerUnreadable),
            ["a bar in the message"] = (bench => Told(bench, (1, "o|k")), AnswerUnreadable),
            ["a bar and one field less"] = (bench => Sign(
                bench, Line(bench, (1, "o|k"))[..^15], "|1234567890"), AnswerSignatureWrong),
            ["a line end in the message"] = (bench => Told(bench, (1, "o\r\nk")), AnswerUnreadable),
            ["a bare line feed in the message"] = (bench => Told(bench, (1, "o\nk")), AnswerUnreadable),
            ["a second line"] = (bench => Sign(
                bench, Line(bench) + "\r\n" + Line(bench), "|1234567890"), AnswerUnreadable),
            ["a line behind the signature"] = (bench => bench.Answer(Signed(bench) + "\r\n0000|x"), AnswerUnreadable),
            ["one field more"] = (bench => Sign(bench, Line(bench) + "|", "|1234567890"), AnswerUnreadable),
            ["one field less"] = (bench => Sign(bench, Line(bench)[..^15], "|1234567890"), AnswerUnreadable),
            ["no code"] = (bench => Told(bench, (0, "")), AnswerUnreadable),
            ["a code that is none"] = (bench => Told(bench, (0, "00 00")), AnswerUnreadable),
            ["a message too long"] = (bench => Told(bench, (1, new string('x', 51))), AnswerUnreadable),
            ["a time that is none"] = (bench => Told(bench, (10, "20261320000000")), AnswerUnreadable),
            ["no time"] = (bench => Told(bench, (10, "")), AnswerUnreadable),
            ["another version"] = (bench => Told(bench, (2, "v1.8")), AnswerMismatch),
            ["another merchant"] = (bench => Told(bench, (4, "100020091218002")), AnswerMismatch),
            ["another order"] = (bench => Told(bench, (5, "NO-2")), AnswerMismatch),
            ["another order time"] = (bench => Told(bench, (6, "20261120000002")), AnswerMismatch),
            ["another amount"] = (bench => Told(bench, (7, "800")), AnswerMismatch),
            ["amount in dollars"] = (bench => Told(bench, (7, "10.00")), AnswerMismatch),
            ["another currency"] = (bench => Told(bench, (8, "156")), AnswerMismatch),
            ["another pre-authorisation"] = (bench => Told(bench, (9, "P2")), AnswerMismatch),
            ["no pre-authorisation"] = (bench => Told(bench, (9, "")), AnswerMismatch),
            ["code 000"] = (bench => Told(bench, (0, "000")), Unlisted),
            ["code 00000"] = (bench => Told(bench, (0, "00000")), Unlisted),
            ["code ００００"] = (bench => Told(bench, (0, "００００")), AnswerUnreadable),
            ["another failure"] = (bench => Told(bench, (0, "FC0003_000009")), Unlisted),
            ["a failed cancellation"] = (bench => Told(bench, (0, "FC0003_000008")), Declined),
            ["sent twice"] = (bench => Told(bench, (0, "ZF30003")), Duplicate),
            ["a user number missing"] = (bench => Told(bench, (0, "10008")), InvalidRequest),
            ["error: parameter"] = (bench => bench.Answer("ERRORCODE=ZF10014&ERRORMSG=x"), InvalidRequest),
            ["error: our signature"] = (bench => bench.Answer("ERRORCODE=10020&ERRORMSG=x"), OurSignatureRefused),
            ["error: order unknown"] = (bench => bench.Answer("ERRORCODE=10027&ERRORMSG=x"), OrderNotFound),
            ["error: unlisted"] = (bench => bench.Answer("ERRORCODE=77777&ERRORMSG=x"), Unlisted),
            ["error: a success code"] = (bench => bench.Answer("ERRORCODE=0000&ERRORMSG=x"), Unlisted),
        };

    /// <summary>The line of a genuine answer to the tests' confirmation, with fields changed by place.</summary>
    public static string Line(AllinpayBench bench, params (int Place, string Value)[] changes)
    {
        string[] fields =
        [
            "0000", "成功", "v1.9", bench.SignType, AllinpayBench.Merchant, "NO-1_a", "20261120000001", "1000", "840",
            "P1", "20261120100002",
        ];
        foreach (var (place, value) in changes)
        {
            fields[place] = value;
        }

        return string.Join('|', fields);
    }

    /// <summary>Answers a line under the account's signature.</summary>
    public static void Told(AllinpayBench bench, params (int Place, string Value)[] changes)
    {
        var line = Line(bench, changes);
        bench.Answer($"{line}\r\n{Signature(bench, line)}");
    }

    public static string Signature(AllinpayBench bench, string text) => bench.Mode == SignatureMode.Rsa
        ? AllinpayBench.Rsa(AllinpayBench.Md5(text))
        : AllinpayBench.Md5($"{text}|{AllinpayBench.Secret}");

    private static string Signed(AllinpayBench bench) => $"{Line(bench)}\r\n{Signature(bench, Line(bench))}";

    private static void Sign(AllinpayBench bench, string text, string glueAndKey) =>
        bench.Answer($"{text}\r\n{AllinpayBench.Md5(text + glueAndKey)}");
}
