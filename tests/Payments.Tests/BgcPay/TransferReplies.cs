using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using static MerchantPortal.Payments.Providers.ProviderError;

namespace MerchantPortal.Payments.Tests.BgcPay;

/// <summary>What a gateway may answer to a transfer other than a clear yes or a listed no.</summary>
internal static class TransferReplies
{
    private const string Method = BgcPayErrors.Transfer;
    private const string Wrapper = "bgcpay_fund_trans_uni_transfer_response";

    public static IReadOnlyDictionary<string, (Action<BgcPayBench> Answer, ProviderError Error)> Wrong { get; } =
        NotRead().Concat(NotProven()).Concat(NotClear()).ToDictionary();

    /// <summary>Nothing that could be an answer to this transfer.</summary>
    private static Dictionary<string, (Action<BgcPayBench> Answer, ProviderError Error)> NotRead() => new()
    {
        ["no answer"] = (bench => bench.Break(), ConnectionLost),
        ["empty 200"] = (bench => bench.Answer(""), AnswerUnreadable),
        ["blanks"] = (bench => bench.Answer("  \n"), AnswerUnreadable),
        ["HTML page"] = (bench => bench.Answer("<html>Error</html>"), AnswerUnreadable),
        ["HTML with 502"] = (bench => bench.Answer("<html>Bad Gateway</html>", 502), ProviderFault),
        ["genuine with 500"] = (bench => bench.Answer(Signed(), 500), ProviderFault),
        ["genuine with 201"] = (bench => bench.Answer(Signed(), 201), AnswerUnreadable),
        ["genuine with 302"] = (bench => bench.Answer(Signed(), 302), AnswerUnreadable),
        ["genuine with 404"] = (bench => bench.Answer(Signed(), 404), AnswerUnreadable),
        ["a word"] = (bench => bench.Answer("SUCCESS"), AnswerUnreadable),
        ["a list"] = (bench => bench.Answer($"[{Signed()}]"), AnswerUnreadable),
        ["two objects"] = (bench => bench.Answer(Signed() + Signed()), AnswerUnreadable),
        ["cut in the middle"] = (bench => bench.Answer(Signed()[..60]), AnswerUnreadable),
        ["a byte order mark"] = (bench => bench.Answer(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Signed())]), AnswerUnreadable),
        ["not UTF-8"] = (bench => bench.Answer(Encoding.Latin1.GetBytes("{\"msg\":\"é\"}")), AnswerUnreadable),
        ["a member twice"] = (bench => bench.Answer(
            Signed().Replace("{\"code\"", "{\"code\":\"40004\",\"code\"", StringComparison.Ordinal)),
            AnswerUnreadable),
        ["the wrapper twice"] =
            (bench => bench.Answer($$"""{"{{Wrapper}}":{"code":"1"},{{Signed()[1..]}}"""), AnswerUnreadable),
        ["two wrappers"] =
            (bench => bench.Answer($$"""{"error_response":{"code":"40002"},{{Signed()[1..]}}"""), AnswerUnreadable),
        ["more beside the wrapper"] =
            (bench => bench.Answer($$"""{"code":"10000",{{Signed()[1..]}}"""), AnswerUnreadable),
        ["a list in the wrapper"] =
            (bench => bench.Answer($$"""{"{{Wrapper}}":["10000"],"sign":"x"}"""), AnswerUnreadable),
        ["an unknown member"] = (Told(("gift", "1")), AnswerUnreadable),
        ["a line end in a number"] = (Told(("order_id", "1\n2")), AnswerUnreadable),
        ["a number that starts a field"] = (Told(("order_id", "1&2=3")), AnswerUnreadable),
        ["a number too long"] = (Told(("order_id", new string('1', 33))), AnswerUnreadable),
        ["no code"] = (Told(("code", "")), AnswerUnreadable),
        ["no order_id"] = (Told(("order_id", "")), AnswerUnreadable),
        ["no time"] = (Told(("trans_date", "")), AnswerUnreadable),
        ["a time that is none"] = (Told(("trans_date", "2026-13-20 10:00:00")), AnswerUnreadable),
        ["an object in a member"] = (bench => bench.AnswerWrapped(
            Method, """{"code":"10000","out_biz_no":{"a":"1"}}"""), AnswerUnreadable),
        ["the wrapper of another interface"] = (bench => bench.AnswerWrapped(
            BgcPayErrors.TradePay, BgcPayBench.Json(Success())), AnswerMismatch),
        ["another number"] = (Told(("out_biz_no", "T_20261120_2")), AnswerMismatch),
        ["no number of ours"] = (Told(("out_biz_no", "")), AnswerMismatch),
        ["the gateway's wrapper with a success"] = (bench => bench.Answer(
            BgcPayBench.Wrapped("error", BgcPayBench.Json(BgcPayBench.With(Success(), ("out_biz_no", "T")))))
            , AnswerMismatch),
    };

    /// <summary>The right words under a missing or wrong signature.</summary>
    private static Dictionary<string, (Action<BgcPayBench> Answer, ProviderError Error)> NotProven() => new()
    {
        ["no sign"] = (bench => bench.Answer(BgcPayBench.Json(Success())), AnswerSignatureWrong),
        ["no sign, wrapped"] =
            (bench => bench.Answer($$"""{"{{Wrapper}}":{{BgcPayBench.Json(Success())}}}"""), AnswerSignatureWrong),
        ["an empty sign"] = (Forge(""), AnswerSignatureWrong),
        ["a sign of null"] = (bench => bench.Answer(
            $$"""{"{{Wrapper}}":{{BgcPayBench.Json(Success())}},"sign":null}"""), AnswerSignatureWrong),
        ["another key"] = (Forge(BgcPayBench.Sign(Inner, "other")), AnswerSignatureWrong),
        ["no key at all"] = (Forge(BgcPayBench.Sign(Inner, "")), AnswerSignatureWrong),
        ["the key the other way"] =
            (Forge(BgcPayBench.Sign(Inner + "&key=")), AnswerSignatureWrong),
        ["one letter changed"] = (bench => bench.Answer(
            Signed().Replace("0621", "0622", StringComparison.Ordinal)), AnswerSignatureWrong),
        ["a blank moved in"] =
            (bench => bench.Answer(Signed().Replace(",\"order_id\"", ", \"order_id\"", StringComparison.Ordinal)
                .Replace("10000", "10001", StringComparison.Ordinal)), AnswerSignatureWrong),
        ["a sign_type of RSA"] = (bench => bench.Answer(
            $$"""{"{{Wrapper}}":{{Inner}},"sign_type":"RSA2","sign":"{{BgcPayBench.Sign(Inner)}}"}"""),
            AnswerSignatureWrong),
    };

    /// <summary>Signed words that are neither a yes nor a listed no.</summary>
    private static Dictionary<string, (Action<BgcPayBench> Answer, ProviderError Error)> NotClear() => new()
    {
        ["system error"] = (Coded("40004", "SYSTEM_ERROR"), ProviderFault),
        ["the number was used"] = (Coded("40004", "BIZ_UNIQUE_EXCEPTION"), Duplicate),
        ["service unavailable"] = (Coded("20000", "isp.unknow-error"), ProviderFault),
        ["gateway's own fault"] = (Coded("20000", "aop.unknow-error"), ProviderFault),
        ["not authorised under 20000"] = (Coded("20000", "aop.invalid-app-auth-token-no-api"), MerchantNotAllowed),
        ["20000 alone"] = (Coded("20000", ""), ProviderFault),
        ["decryption fault"] = (Coded("40002", "isv.decryption-error-unknown"), ProviderFault),
        ["40002 alone"] = (Coded("40002", ""), InvalidRequest),
        ["40004 alone"] = (Coded("40004", ""), Unlisted),
        ["an unlisted code"] = (Coded("40004", "EXCEED_LIMIT_NEW"), Unlisted),
        ["another interface's code"] = (Coded("40004", "ACQ.INVALID_PARAMETER"), Unlisted),
        ["a query's code"] = (Coded("40004", "ORDER_NOT_EXIST"), Unlisted),
        ["a listed code under a wrong one"] = (Coded("40003", "BALANCE_IS_NOT_ENOUGH"), Unlisted),
        ["a gateway code under a wrong one"] = (Coded("40001", "isv.invalid-signature"), Unlisted),
        ["a success with a sub_code"] = (Told(("sub_code", "BALANCE_IS_NOT_ENOUGH")), Unlisted),
        ["full-width digits"] = (Told(("code", "１００００")), Unlisted),
        ["code 010000"] = (Told(("code", "010000")), Unlisted),
    };

    private static string Inner => BgcPayBench.Json(Success());

    public static (string Name, string Value)[] Success() =>
    [
        ("code", "10000"), ("msg", "Success"), ("out_biz_no", "T_20261120_1"),
        ("order_id", "20190801110070000006380000250621"), ("trans_date", "2026-11-20 10:00:01"),
    ];

    private static string Signed() => BgcPayBench.Wrapped(Method, BgcPayBench.Json(Success()));

    private static Action<BgcPayBench> Told(params (string Name, string Value)[] changes) =>
        bench => bench.AnswerWrapped(Method, BgcPayBench.Json(BgcPayBench.With(Success(), changes)));

    private static Action<BgcPayBench> Coded(string code, string subCode) =>
        bench => bench.AnswerWrapped(Method, BgcPayBench.Error(code, subCode));

    private static Action<BgcPayBench> Forge(string sign) => bench => bench.Answer(
        $$"""{"{{Wrapper}}":{{BgcPayBench.Json(Success())}},"sign":"{{sign}}"}""");
}
