using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Providers.ProviderError;
using Replies = System.Collections.Generic.Dictionary<
    string,
    (System.Action<
        MerchantPortal.Payments.Tests.LianLianGlobal.LianLianGlobalBench, System.Text.Json.Nodes.JsonObject> Answer,
    MerchantPortal.Payments.Providers.ProviderError Error)>;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

/// <summary>Replies that every interface has to refuse, made out of a genuine one.</summary>
internal static class LianLianGlobalReplies
{
    /// <summary>What a wrong reply does to the bench, given a genuine answer, and what it has to be called.</summary>
    public static Replies Wrong => new([.. Unreadable, .. Unsigned, .. Shapeless, .. Errors]);

    private static readonly Replies Unreadable = new()
    {
        ["no answer"] = ((bench, _) => bench.Break(), ConnectionLost),
        ["empty 200"] = ((bench, _) => bench.Answer("", null), AnswerUnreadable),
        ["empty object"] = ((bench, _) => bench.Answer("{}", null), AnswerUnreadable),
        ["an array"] = ((bench, _) => bench.Answer("[]", null), AnswerUnreadable),
        ["null"] = ((bench, _) => bench.Answer("null", null), AnswerUnreadable),
        ["an HTML page"] = ((bench, _) => bench.Answer("<html></html>", null, 200, "text/html"), AnswerUnreadable),
        ["an HTML page with 502"] = (
            (bench, _) => bench.Answer("<html></html>", null, 502, "text/html"), ProviderFault),
        ["genuine as text/plain"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), Seal(good), 200, "text/plain"), AnswerUnreadable),
        ["genuine with 500"] = ((bench, good) => bench.Tell(good, 500), AnswerUnreadable),
        ["genuine with 201"] = ((bench, good) => bench.Tell(good, 201), AnswerUnreadable),
        ["genuine with 302"] = ((bench, good) => bench.Tell(good, 302), AnswerUnreadable),
        ["cut off"] = ((bench, good) => bench.Answer(good.ToJsonString()[..^1], Seal(good)), AnswerUnreadable),
        ["something behind it"] = (
            (bench, good) => bench.Answer(good.ToJsonString() + "{}", Seal(good)), AnswerUnreadable),
        ["a byte order mark"] = (
            (bench, good) => bench.Answer([.. Encoding.UTF8.Preamble, .. Bytes(good)], Seal(good)), AnswerUnreadable),
        ["not UTF-8"] = ((bench, good) => bench.Answer([.. Bytes(good), 0xFF], Seal(good)), AnswerUnreadable),
        ["a member twice"] = (
            (bench, good) => bench.Answer(
                good.ToJsonString()[..^1] + ",\"return_code\":\"SUCCESS\"}", Seal(good)), AnswerUnreadable),
        ["return_code as number"] = ((bench, good) => Changed(bench, good, "return_code", 200), AnswerUnreadable),
        ["no return_code"] = ((bench, good) => Changed(bench, good, "return_code", null), AnswerUnreadable),
        ["return_code in small letters"] = (
            (bench, good) => Changed(bench, good, "return_code", "success"), Unlisted),
    };

    private static readonly Replies Unsigned = new()
    {
        ["no signature"] = ((bench, good) => bench.Answer(good.ToJsonString(), null), AnswerSignatureWrong),
        ["empty signature"] = ((bench, good) => bench.Answer(good.ToJsonString(), ""), AnswerSignatureWrong),
        ["a stranger's signature"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), LianLianGlobalBench.Sign(
                LianLianGlobalBench.Text(good), byStranger: true)), AnswerSignatureWrong),
        ["signed with MD5withRSA"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), LianLianGlobalBench.Sign(
                LianLianGlobalBench.Text(good), hash: HashAlgorithmName.MD5)), AnswerSignatureWrong),
        ["signed with SHA256withRSA"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), LianLianGlobalBench.Sign(
                LianLianGlobalBench.Text(good), hash: HashAlgorithmName.SHA256)), AnswerSignatureWrong),
        ["an MD5 in place of the signature"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), new string('a', 32)), AnswerSignatureWrong),
        ["two signatures"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), Seal(good) + "," + Seal(good)), AnswerSignatureWrong),
        ["a signature with a blank"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), Seal(good).Insert(4, " ")), AnswerSignatureWrong),
        ["a signature without its padding"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), Seal(good).TrimEnd('=')), AnswerSignatureWrong),
        ["the raw body signed"] = (
            (bench, good) => bench.Answer(good.ToJsonString(), LianLianGlobalBench.Sign(good.ToJsonString())),
            AnswerSignatureWrong),
        ["a changed value"] = (
            (bench, good) =>
            {
                var signature = Seal(good);
                good["trace_id"] = "another";
                bench.Answer(good.ToJsonString(), signature);
            }, AnswerSignatureWrong),
    };

    private static readonly Replies Shapeless = new()
    {
        ["an unknown member"] = ((bench, good) => Changed(bench, good, "bonus", "1"), AnswerUnreadable),
        ["an unknown object"] = (
            (bench, good) => Changed(bench, good, "extra", new JsonObject { ["a"] = "1" }), AnswerUnreadable),
        ["a trace of 33"] = ((bench, good) => Changed(bench, good, "trace_id", new string('1', 33)), AnswerUnreadable),
        ["a trace that is true"] = ((bench, good) => Changed(bench, good, "trace_id", true), AnswerUnreadable),
        ["an ampersand in the message"] = (
            (bench, good) => Changed(bench, good, "return_msg", "ok&return_code=SUCCESS"), AnswerUnreadable),
        ["a list of plain values"] = (
            (bench, good) =>
            {
                var signature = Seal(good);
                good["list"] = new JsonArray("1");
                bench.Answer(good.ToJsonString(), signature);
            }, AnswerSignatureWrong),
        ["order as a list"] = (
            (bench, good) =>
            {
                var order = good["order"]!.DeepClone();
                good["order"] = new JsonArray(order);
                bench.Tell(good);
            }, AnswerUnreadable),
        ["order in order"] = (
            (bench, good) =>
            {
                var order = good["order"]!.DeepClone();
                good["order"] = new JsonObject { ["order"] = order };
                bench.Tell(good);
            }, AnswerUnreadable),
        ["order is null"] = ((bench, good) => Changed(bench, good, "order", null), AnswerUnreadable),
        ["seventeen levels"] = (
            (bench, good) => bench.Answer(
                string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 17), Seal(good)),
            AnswerUnreadable),
        ["300 KB"] = ((bench, _) => bench.Answer(new string(' ', 300 * 1024), null), AnswerUnreadable),
    };

    private static readonly Replies Errors = new()
    {
        ["system busy"] = ((bench, _) => Error(bench, 422, "SYSTEM_BUSY"), ProviderFault),
        ["internal error"] = ((bench, _) => Error(bench, 422, "INTERNAL_SERVER_ERROR"), ProviderFault),
        ["error during processing"] = (
            (bench, _) => Error(bench, 422, "ERROR_DURING_ORDER_PROCESSING"), ProviderFault),
        ["exists already"] = ((bench, _) => Error(bench, 409, "EXISTING_OBJECT"), Duplicate),
        ["wrong path"] = ((bench, _) => Error(bench, 404, "HTTP_NOT_FOUND"), InvalidRequest),
        ["an unlisted code"] = ((bench, _) => Error(bench, 400, "SOMETHING_NEW"), Unlisted),
        ["refused with 200"] = ((bench, _) => Error(bench, 200, "INVALID_PARAMETER"), InvalidRequest),
        ["refused with 500"] = ((bench, _) => Error(bench, 500, "INVALID_PARAMETER"), InvalidRequest),
        ["refused without a signature"] = (
            (bench, _) => bench.Answer(ErrorBody("INVALID_PARAMETER").ToJsonString(), null, 400), InvalidRequest),
        ["refused under a stranger's signature"] = (
            (bench, _) => bench.Answer(
                ErrorBody("INVALID_PARAMETER").ToJsonString(),
                LianLianGlobalBench.Sign(
                    LianLianGlobalBench.Text(ErrorBody("INVALID_PARAMETER")), byStranger: true), 400),
            AnswerSignatureWrong),
        ["refused with an unknown member"] = (
            (bench, _) =>
            {
                var body = ErrorBody("INVALID_PARAMETER");
                body["bonus"] = "1";
                bench.Tell(body, 400);
            }, InvalidRequest),
        ["declined by decline code"] = (
            (bench, _) =>
            {
                var body = ErrorBody("SYSTEM_BUSY");
                body["decline_code"] = "insufficient_funds";
                bench.Tell(body, 422);
            }, Declined),
    };

    public static JsonObject ErrorBody(string code) => new()
    {
        ["return_code"] = code,
        ["return_msg"] = " merchant_id is empty or incorrect ",
        ["trace_id"] = "9f01943bd3044fc29ec55290c22f2ffd",
    };

    /// <summary>A signed error.</summary>
    public static void Error(LianLianGlobalBench bench, int status, string code) => bench.Tell(ErrorBody(code), status);

    /// <summary>A genuine success around an order.</summary>
    public static JsonObject Success(JsonObject order) => new()
    {
        ["return_code"] = "SUCCESS",
        ["return_msg"] = "Success",
        ["trace_id"] = "9f01943bd3044fc29ec55290c22f2ffd",
        ["order"] = order,
    };

    /// <summary>The same with the order's fields beside the general ones, as the tables of the document say.</summary>
    public static JsonObject Flat(JsonObject success)
    {
        var order = success["order"]!.AsObject();
        success.Remove("order");
        foreach (var (name, value) in order)
        {
            success[name] = value?.DeepClone();
        }

        return success;
    }

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private static string Seal(JsonObject body) => LianLianGlobalBench.Sign(LianLianGlobalBench.Text(body));

    private static void Changed(LianLianGlobalBench bench, JsonObject good, string name, JsonNode? value)
    {
        good[name] = value;
        bench.Tell(good);
    }
}
