using System.Text.Json.Nodes;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

public sealed class LianLianGlobalQueryTests
{
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    [Theory]
    [InlineData("yyyyMMddHHmmss", "20261120100000")]
    [InlineData("epoch-ms", "1795140000000")]
    public async Task The_question_is_a_get_with_signed_numbers_and_the_documents_headers(
        string format, string timestamp)
    {
        using var bench = new LianLianGlobalBench();
        bench.Account = bench.Account with
        {
            Settings = new Dictionary<string, string> { [LianLianGlobalOptions.TimestampFormat] = format },
        };

        await FindAsync(bench);

        var head = bench.Heads.Single();
        head.Method.ShouldBe(HttpMethod.Get);
        head.RequestUri!.PathAndQuery.ShouldBe("/v4/merchants/142021010800006001/payments/NO-1_a");
        LianLianGlobalBench.IsOurs(
            "merchant_id=142021010800006001&merchant_transaction_id=NO-1_a", bench.Sent("signature")).ShouldBeTrue();
        bench.Sent("timestamp").ShouldBe(timestamp);
        bench.Sent("timezone").ShouldBe("Asia/Hong_Kong");
        bench.Sent("sign-type").ShouldBe("RSA");
    }

    public static TheoryData<string> States() => [.. LianLianGlobalStatuses.Payments.Select(row => row.Code)];

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_signed_answer_about_our_order_tells_its_state(string code)
    {
        var (_, happened, paid, _) = LianLianGlobalStatuses.Payment(code)!;
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good(("transaction_status", code)));

        var told = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        told.Facts.ShouldBe(new OrderFacts
        {
            MerchantId = LianLianGlobalBench.Merchant,
            MerchantNumber = "NO-1_a",
            ProviderNumber = "LL-1",
            OrderedAt = OrderedAt,
            Amount = new(1000, LianLianGlobalBench.Hkd),
            Paid = paid ? new(1000, LianLianGlobalBench.Hkd) : null,
            PaidAt = paid ? new DateTimeOffset(2026, 11, 19, 16, 5, 0, TimeSpan.Zero) : null,
            Event = happened,
            RawState = code,
        });
    }

    [Fact]
    public async Task Flat_fields_milliseconds_and_the_third_versions_payment_data_are_read_alike()
    {
        using var bench = new LianLianGlobalBench();
        bench.Tell(LianLianGlobalReplies.Flat(Good(("payment_time", "1795104300000"))));
        var flat = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        bench.Tell(LianLianGlobalReplies.Success(LianLianGlobalBench.Json("""
            {"merchant_id":"142021010800006001","ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a",
             "payment_data":{"payment_currency_code":"HKD","payment_amount":10.00,"payment_status":"PS",
              "payment_time":"20261120000500","exchange_rate":"0.128"}}
            """)));
        var third = (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.Told>();

        third.Facts.ShouldBe(flat.Facts);
    }

    public static TheoryData<string> WrongReplies() => [.. LianLianGlobalReplies.Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task A_wrong_reply_tells_nothing(string reply)
    {
        using var bench = new LianLianGlobalBench();
        var (answer, error) = LianLianGlobalReplies.Wrong[reply];
        answer(bench, Good());

        (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("merchant_id", "142021010800006002", ProviderError.AnswerUnreadable)]
    [InlineData("merchant_transaction_id", "NO-1_b", ProviderError.AnswerMismatch)]
    [InlineData("ll_transaction_id", "LL-2", ProviderError.AnswerMismatch)]
    [InlineData("transaction_currency", "USD", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_currency", "ZZZ", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_currency", "hkd", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_amount", "0.00", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_amount", "10.001", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_amount", "1e1", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_status", "ps", ProviderError.AnswerUnreadable)]
    [InlineData("transaction_status", "XX", ProviderError.AnswerUnreadable)]
    [InlineData("payment_time", "", ProviderError.AnswerUnreadable)]
    [InlineData("payment_time", "2026-11-20", ProviderError.AnswerUnreadable)]
    [InlineData("payment_time", "99999999999999", ProviderError.AnswerUnreadable)]
    [InlineData("order_name", "1", ProviderError.AnswerUnreadable)]
    public async Task A_signed_answer_about_anything_else_tells_nothing(string name, string value, ProviderError error)
    {
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good((name, value)));

        (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(error);
    }

    [Fact]
    public async Task An_unknown_order_is_not_found_which_proves_nothing()
    {
        using var bench = new LianLianGlobalBench();
        LianLianGlobalReplies.Error(bench, 404, "OBJECT_NOT_FOUND");

        (await FindAsync(bench)).ShouldBeOfType<QueryAnswer<OrderFacts>.NotFound>()
            .ProviderCode.ShouldBe("OBJECT_NOT_FOUND");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("NO/1")]
    [InlineData("")]
    [InlineData("订单")]
    public async Task A_number_outside_the_document_is_not_asked_about(string number)
    {
        using var bench = new LianLianGlobalBench();

        var answer = await bench.Provider.Orders!.FindAsync(
            bench.Account, new(number, OrderedAt, null), bench.Keys, CancellationToken.None);

        answer.ShouldBeOfType<QueryAnswer<OrderFacts>.NoAnswer>().Error.ShouldBe(ProviderError.InvalidRequest);
        bench.Requests.ShouldBeEmpty();
    }

    private static JsonObject Good(params (string Name, string Value)[] changes)
    {
        var order = LianLianGlobalBench.Json("""
            {"merchant_id":"142021010800006001","ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a",
             "transaction_currency":"HKD","transaction_amount":"10.00","transaction_status":"PS",
             "payment_time":"20261120000500","settlement_currency":"USD","settlement_amount":"1.28"}
            """);
        foreach (var (name, value) in changes)
        {
            order[name] = value;
        }

        return LianLianGlobalReplies.Success(order);
    }

    private static Task<QueryAnswer<OrderFacts>> FindAsync(LianLianGlobalBench bench) =>
        bench.Provider.Orders!.FindAsync(
            bench.Account, new("NO-1_a", OrderedAt, "LL-1"), bench.Keys, CancellationToken.None);
}
