using System.Text;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

/// <summary>
/// Answers that prove nothing, made from one that would: each as a name and a way to write it. None of them may ever
/// become a yes, a no or a fact.
/// </summary>
internal static class WrongReplies
{
    private static readonly Dictionary<string, Action<LianLianMobileBench, Dictionary<string, string>>> All = new()
    {
        ["nothing"] = (bench, _) => bench.Answer(""),
        ["blank"] = (bench, _) => bench.Answer(" \r\n"),
        ["a page"] = (bench, _) => bench.Answer("<html><body>Service unavailable</body></html>"),
        ["half"] = (bench, good) => bench.Answer(bench.Signed(good)[..40]),
        ["a list"] = (bench, good) => bench.Answer($"[{bench.Signed(good)}]"),
        ["twice"] = (bench, good) => bench.Answer(bench.Signed(good) + bench.Signed(good)),
        ["text"] = (bench, _) => bench.Answer("\"0000\""),
        ["null"] = (bench, _) => bench.Answer("null"),
        ["empty object"] = (bench, _) => bench.Answer("{}"),
        ["byte order mark"] = (bench, good) =>
            bench.Answer([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(bench.Signed(good))]),
        ["not UTF-8"] = (bench, good) => bench.Answer([.. Encoding.UTF8.GetBytes(bench.Signed(good)), 0xB3]),
        ["UTF-16"] = (bench, good) => bench.Answer(Encoding.Unicode.GetBytes(bench.Signed(good))),
        ["status 201"] = (bench, good) => bench.Answer(bench.Signed(good), 201),
        ["status 302"] = (bench, good) => bench.Answer(bench.Signed(good), 302),
        ["status 400"] = (bench, good) => bench.Answer(bench.Signed(good), 400),
        ["status 500"] = (bench, good) => bench.Answer(bench.Signed(good), 500),
        ["status 503"] = (bench, good) => bench.Answer(bench.Signed(good), 503),
        ["broken off"] = (bench, _) => bench.Break(),
        ["too long"] = (bench, good) => bench.Answer(bench.Signed(good) + new string(' ', 300_000)),
        ["no sign"] = (bench, good) => bench.Answer(LianLianMobileBench.Json(good)),
        ["empty sign"] = (bench, good) =>
            bench.Answer(LianLianMobileBench.Json(LianLianMobileBench.With(good, "sign", ""))),
        ["sign of zeros"] = (bench, good) =>
            bench.Answer(LianLianMobileBench.Json(LianLianMobileBench.With(good, "sign", new string('0', 32)))),
        ["sign by a stranger"] = (bench, good) => bench.Answer(LianLianMobileBench.Json(
            LianLianMobileBench.With(good, "sign", bench.Sign(LianLianMobileBench.Text(good), byStranger: true)))),
        ["sign of another text"] = (bench, good) => bench.Answer(LianLianMobileBench.Json(
            LianLianMobileBench.With(good, "sign", bench.Sign("ret_code=0000")))),
        ["sign as a list"] = (bench, good) =>
            bench.Answer(bench.Signed(good).Replace("\"sign\":\"", "\"sign\":[\"", StringComparison.Ordinal)[..^1]
                + "]}"),
        ["sign under another name"] = (bench, good) =>
            bench.Answer(bench.Signed(good).Replace("\"sign\":", "\"signature\":", StringComparison.Ordinal)),
        ["the other sign_type"] = (bench, good) => bench.AnswerSigned(
            LianLianMobileBench.With(good, "sign_type", bench.SignType == "MD5" ? "RSA" : "MD5")),
        ["an unheard sign_type"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "sign_type", "SHA256")),
        ["ret_code changed"] = (bench, good) => bench.Answer(bench.Signed(good).Replace(
            "\"ret_code\":\"", "\"ret_code\":\"9", StringComparison.Ordinal)),
        ["a member twice"] = (bench, good) => bench.Answer(bench.Signed(good).Replace(
            "\"ret_code\":", "\"ret_code\":\"0000\",\"ret_code\":", StringComparison.Ordinal)),
        ["a member more, unsigned"] = (bench, good) => bench.Answer(bench.Signed(good).Replace(
            "\"sign\":", "\"extra\":\"1\",\"sign\":", StringComparison.Ordinal)),
        ["a member more, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "extra", "1")),
        ["an empty member more"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "extra", "")),
        ["a reserved character, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "ret_msg", "ok&sta_refund=2")),
        ["a brace, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "ret_msg", "{0}")),
        ["a line end, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "ret_msg", "a\nb")),
        ["a nested member"] = (bench, good) => bench.Answer(bench.Signed(good).Replace(
            $"\"{good["ret_code"]}\"", $"{{\"a\":\"{good["ret_code"]}\"}}", StringComparison.Ordinal)),
        ["half a surrogate pair"] = (bench, good) => bench.Answer(bench.Signed(good).Replace(
            "\"sign\":", "\"info_order\":\"\\ud800\",\"sign\":", StringComparison.Ordinal)),
        ["another merchant, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "oid_partner", "201304121000001005")),
        ["no ret_code, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "ret_code", null)),
        ["system error, unsigned"] = (bench, _) => bench.Answer("""{"ret_code":"9999","ret_msg":"系统错误"}"""),
        ["a definite no, unsigned"] = (bench, _) => bench.Answer("""{"ret_code":"5002","ret_msg":"原始交易不存在"}"""),
        ["a code from nowhere, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "ret_code", "7777")),
        ["system error, signed"] = (bench, good) =>
            bench.AnswerSigned(LianLianMobileBench.With(good, "ret_code", "9999")),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static void Write(LianLianMobileBench bench, string name, Dictionary<string, string> good) =>
        All[name](bench, LianLianMobileBench.With(good, "sign_type", bench.SignType));
}
