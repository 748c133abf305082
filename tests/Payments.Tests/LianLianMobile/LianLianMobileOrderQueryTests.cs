using System.Text.Json;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobileOrderQueryTests
{
    private static readonly OrderReference Order =
        new("2013051500001", new(2013, 5, 15, 1, 40, 13, TimeSpan.Zero), null);

    private static Dictionary<string, string> Good() => new()
    {
        ["ret_code"] = "0000",
        ["ret_msg"] = "交易成功",
        ["oid_partner"] = LianLianMobileBench.Merchant,
        ["dt_order"] = "20130515094013",
        ["no_order"] = "2013051500001",
        ["result_pay"] = "SUCCESS",
        ["oid_paybill"] = "2013051500001098",
        ["money_order"] = "49.65",
        ["settle_date"] = "20130515",
        ["info_order"] = "用户13958069593购买了3桶羽毛球",
        ["pay_type"] = "2",
        ["bank_code"] = "01020000",
    };

    public static TheoryData<string> Wrong => WrongReplies.Names;

    [Theory]
    [InlineData(SignatureMode.Md5, "1.0")]
    [InlineData(SignatureMode.Rsa, "1.0")]
    [InlineData(SignatureMode.Rsa, "1.1")]
    public async Task The_documents_example_is_asked_for_and_told(SignatureMode mode, string version)
    {
        using var bench = new LianLianMobileBench(mode);
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string> { ["query-version"] = version },
        };
        bench.AnswerSigned(Good());

        var told = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        told.Facts.Paid.ShouldBe(LianLianMobileBench.Yuan(4965));
        told.Facts.ProviderNumber.ShouldBe("2013051500001098");
        told.Facts.Event.ShouldBe(OrderEvent.PaymentSucceeded);
        bench.Addresses[0].ShouldBe(new("http://127.0.0.1:9/queryapi/orderquery.htm"));
        bench.IsSignedByShop(bench.Requests[0]).ShouldBeTrue();
        var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(bench.Requests[0])!;
        sent["dt_order"].ShouldBe("20130515094013");
        sent.ContainsKey("query_version").ShouldBe(version == "1.1");
        sent.ContainsKey("oid_paybill").ShouldBeFalse();
    }

    [Theory]
    [InlineData("SUCCESS", OrderEvent.PaymentSucceeded, true)]
    [InlineData("REFUND", OrderEvent.PaymentSucceeded, true)]
    [InlineData("WAITING", OrderEvent.PaymentProcessing, false)]
    [InlineData("PROCESSING", OrderEvent.PaymentProcessing, false)]
    [InlineData("FAILURE", OrderEvent.PaymentFailed, false)]
    public async Task Every_result_of_the_document_has_its_event(string result, OrderEvent meaning, bool isPaid)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Good(), "result_pay", result));

        var facts = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>().Facts;

        facts.Event.ShouldBe(meaning);
        (facts.Paid is not null).ShouldBe(isPaid);
        facts.RawState.ShouldBe("result_pay " + result);
    }

    [Theory]
    [InlineData("bank_name", "card_no")]
    [InlineData("bank_name", "card_no", "memo")]
    [InlineData]
    public async Task Members_outside_the_signature_are_taken_along_and_not_believed(params string[] outside)
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        var answer = LianLianMobileBench.With(Good(), "bank_name", "工商银行");
        answer = LianLianMobileBench.With(answer, "card_no", "6222020111122220000");
        answer = LianLianMobileBench.With(answer, "memo", "余额不足");
        bench.AnswerSigned(answer, outside);

        var told = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        told.Transcript.ShownAnswer.ShouldContain("card_no=***************0000");
        told.Transcript.ShownAnswer.ShouldNotContain("6222");
        told.Facts.Method.ShouldBe("2 01020000");
    }

    [Theory]
    [InlineData("money_order")]
    [InlineData("result_pay")]
    [InlineData("no_order")]
    [InlineData("pay_type")]
    public async Task Nothing_else_may_be_left_unsigned(string name)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(Good(), name);

        (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error
            .ShouldBe(ProviderError.AnswerSignatureWrong);
    }

    [Theory]
    [InlineData("no_order", "2013051500002", ProviderError.AnswerMismatch)]
    [InlineData("dt_order", "20130515094014", ProviderError.AnswerMismatch)]
    [InlineData("oid_partner", null, ProviderError.AnswerMismatch)]
    [InlineData("money_order", "49.655", ProviderError.AnswerUnreadable)]
    [InlineData("result_pay", "DONE", ProviderError.AnswerUnreadable)]
    [InlineData("oid_paybill", null, ProviderError.AnswerUnreadable)]
    public async Task An_answer_about_something_else_or_of_another_shape_tells_nothing(
        string name, string? value, ProviderError error)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(LianLianMobileBench.With(Good(), name, value));

        (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task A_known_number_of_LianLians_is_sent_and_has_to_come_back()
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(Good());

        var same = await bench.Provider.Orders!.FindAsync(
            bench.Account, Order with { ProviderNumber = "2013051500001098" }, bench.Keys, CancellationToken.None);
        var other = await bench.Provider.Orders!.FindAsync(
            bench.Account, Order with { ProviderNumber = "2013051500001099" }, bench.Keys, CancellationToken.None);

        same.ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();
        other.ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(ProviderError.AnswerMismatch);
        bench.Requests[0].ShouldContain("\"oid_paybill\":\"2013051500001098\"");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_reply_tells_nothing(string reply)
    {
        foreach (var mode in new[] { SignatureMode.Md5, SignatureMode.Rsa })
        {
            using var bench = new LianLianMobileBench(mode);
            WrongReplies.Write(bench, reply, Good());

            var answer = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>();

            answer.Error.ShouldNotBe(ProviderError.None);
        }
    }

    [Theory]
    [InlineData("8901", true)]
    [InlineData("9093", true)]
    [InlineData("1008", false)]
    [InlineData("9999", false)]
    public async Task An_unknown_order_is_not_found_and_other_errors_are_no_answer(string code, bool isNotFound)
    {
        using var bench = new LianLianMobileBench();
        bench.AnswerSigned(new() { ["ret_code"] = code, ["ret_msg"] = "x" });

        var answer = await FindAsync(bench);

        (answer is QueryAnswer<OrderFacts>.NotFound).ShouldBe(isNotFound);
        answer.ProviderCode.ShouldBe(code);
    }

    [Fact]
    public async Task The_published_error_answer_of_LianLian_is_read_as_signed()
    {
        var vector = Vectors.Vector.Load("lianlian-mobile").Single(v => v.Id == "v9");
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        using var keys = new ProviderKeys
        {
            Version = 1,
            SigningPrivate = new(bench.Keys.SigningPrivate!.Span),
            ProviderPublic = Convert.FromBase64String(vector.Key!),
        };
        bench.Account = bench.Account with { MerchantId = "201606221000921503" };
        var members = vector.Input.Split('&').Select(piece => piece.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        bench.Answer(LianLianMobileBench.Json(LianLianMobileBench.With(members, "sign", vector.Expected)));

        var answer = await bench.Provider.Orders!.FindAsync(bench.Account, Order, keys, CancellationToken.None);

        answer.ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(ProviderError.MerchantNotAllowed);
        answer.ProviderCode.ShouldBe("4005");
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task Nothing_is_asked_when_a_key_is_missing(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        ProviderKeys[] incomplete =
        [
            new() { Version = 1 },
            new() { Version = 1, ProviderPublic = bench.Keys.ProviderPublic },
            new() { Version = 1, SigningPrivate = new(bench.Keys.SigningPrivate!.Span) },
            new() { Version = 1, SigningPrivate = new("x"u8), ProviderPublic = bench.Keys.ProviderPublic },
        ];
        foreach (var keys in incomplete)
        {
            using (keys)
            {
                (await bench.Provider.Orders!.FindAsync(bench.Account, Order, keys, CancellationToken.None))
                    .ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(ProviderError.KeyMissing);
            }
        }

        bench.Requests.ShouldBeEmpty();
    }

    private static Task<QueryAnswer<OrderFacts>> FindAsync(LianLianMobileBench bench) =>
        bench.Provider.Orders!.FindAsync(bench.Account, Order, bench.Keys, CancellationToken.None);
}
