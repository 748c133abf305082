using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>The common parameters, the signature and the two shapes of answers.</summary>
public class BgcPayGatewayTests
{
    static readonly object Business = new { user_cid = BgcPayBench.Payee };

    [Fact]
    public async Task A_signed_call_is_answered_wrapped_and_signed_over_the_inner_letters()
    {
        await using var bench = await BgcPayBench.StartAsync();

        var answer = await bench.CallAsync("bgcpay.user.query", Business);

        answer.ShouldStartWith("""{"bgcpay_user_query_response":{"code":"10000","msg":"Success","user_cid":"BJGv1""");
        BgcPayBench.Open(answer, "bgcpay_user_query_response").Text("display_name").ShouldBe("te*@gmail.com");
    }

    [Fact]
    public async Task Parameters_may_all_come_in_a_plain_form_as_well()
    {
        await using var bench = await BgcPayBench.StartAsync();
        var all = BgcPayBench.Common("bgcpay.user.query");
        all["biz_content"] = JsonSerializer.Serialize(Business);
        all["sign"] = BgcPayBench.Sign(all);

        var answer = await bench.Host.PostAsync("/gateway.do", BgcPayBench.Query(all));

        BgcPayBench.Open(answer, "bgcpay_user_query_response").Text("code").ShouldBe("10000");
    }

    [Theory]
    [InlineData("amp-key", "lower")]
    [InlineData("amp-key", "upper")]
    [InlineData("raw", "upper")]
    public async Task The_key_goes_where_the_application_says_and_nowhere_else(string keyPlacement, string hexCase)
    {
        await using var bench = await BgcPayBench.StartAsync(new { md5Key = BgcPayBench.Key, keyPlacement, hexCase });
        var glue = keyPlacement == "raw" ? BgcPayBench.Key : "&key=" + BgcPayBench.Key;
        var biz = JsonSerializer.Serialize(Business);
        var common = BgcPayBench.Common("bgcpay.user.query");
        var right = BgcPayBench.Sign([.. common, new("biz_content", biz)], glue);
        common["sign"] = hexCase == "upper" ? right.ToUpperInvariant() : right;

        using var json = JsonDocument.Parse(await bench.SendAsync(common, biz));
        var inner = json.RootElement.GetProperty("bgcpay_user_query_response");
        inner.Text("code").ShouldBe("10000");
        var expected = BgcPayBench.Md5(inner.GetRawText() + glue);
        json.RootElement.Text("sign").ShouldBe(hexCase == "upper" ? expected.ToUpperInvariant() : expected);

        (await bench.CallAsync("bgcpay.user.query", Business)).ShouldContain("isv.invalid-signature");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bare_answer_has_the_members_alone_and_sign_only_when_asked_for(bool withoutSign)
    {
        await using var bench = await BgcPayBench.StartAsync(
            new { md5Key = BgcPayBench.Key, answers = "bare", unsigned = withoutSign });

        var answer = await bench.CallAsync("bgcpay.user.query", Business);

        const string Bare = """{"code":"10000","msg":"Success","user_cid":"BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8","""
            + "\"display_name\":\"te*@gmail.com\"";
        var sign = BgcPayBench.Md5("code=10000&display_name=te*@gmail.com&msg=Success"
            + "&user_cid=BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8" + BgcPayBench.Key);
        answer.ShouldBe(withoutSign ? Bare + "}" : Bare + ",\"sign\":\"" + sign + "\"}");
    }

    public static TheoryData<string, string, string, string, string> CommonFaults() => new()
    {
        { "method", "", "40001", "isv.missing-method", "error_response" },
        { "sign", "", "40001", "isv.missing-signature", "bgcpay_user_query_response" },
        { "app_id", "", "40001", "isv.missing-app-id", "bgcpay_user_query_response" },
        { "timestamp", "", "40001", "isv.missing-timestamp", "bgcpay_user_query_response" },
        { "method", "bgcpay.trade.create", "40002", "isv.invalid-parameter", "error_response" },
        { "format", "xml", "40002", "isv.invalid-format", "bgcpay_user_query_response" },
        { "sign_type", "RSA2", "40002", "isv.invalid-signature-type", "bgcpay_user_query_response" },
        { "charset", "GBK", "40002", "isv.invalid-charset", "bgcpay_user_query_response" },
        { "app_id", "20135234675", "40002", "isv.invalid-app-id", "bgcpay_user_query_response" },
        { "timestamp", "20261121100000", "40002", "isv.invalid-timestamp", "bgcpay_user_query_response" },
        { "timestamp", "2026-11-31 10:00:00", "40002", "isv.invalid-timestamp", "bgcpay_user_query_response" },
        { "version", "2.0", "40002", "isv.invalid-parameter", "bgcpay_user_query_response" },
        { "lang", "de", "40002", "isv.invalid-parameter", "bgcpay_user_query_response" },
        { "notify_url", "ftp://127.0.0.1/n", "40002", "isv.invalid-parameter", "bgcpay_user_query_response" },
        { "return_url", "here", "40002", "isv.invalid-parameter", "bgcpay_user_query_response" },
        { "sign", "00000000000000000000000000000000", "40002", "isv.invalid-signature", "bgcpay_user_query_response" },
    };

    [Theory]
    [MemberData(nameof(CommonFaults))]
    public async Task A_wrong_common_parameter_has_the_documents_code(
        string name, string value, string code, string subCode, string wrapper)
    {
        await using var bench = await BgcPayBench.StartAsync();

        using var json = JsonDocument.Parse(await bench.CallAsync("bgcpay.user.query", Business, (name, value)));

        var inner = json.RootElement.GetProperty(wrapper);
        inner.Text("code").ShouldBe(code);
        inner.Text("sub_code").ShouldBe(subCode);
        inner.Text("sub_msg").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"user_cid":"1","user_cid":"2"}""")]
    public async Task A_biz_content_that_is_no_one_object_is_refused(string biz)
    {
        await using var bench = await BgcPayBench.StartAsync();

        (await bench.SendAsync(BgcPayBench.Common("bgcpay.user.query"), biz)).ShouldContain("isv.invalid-parameter");
    }

    [Fact]
    public async Task A_parameter_that_comes_twice_is_refused()
    {
        await using var bench = await BgcPayBench.StartAsync();
        var common = BgcPayBench.Common("bgcpay.user.query");
        common["sign"] = BgcPayBench.Sign(common);

        var answer = await bench.Host.PostAsync("/gateway.do?" + BgcPayBench.Query(common), "app_id=20135234674");

        answer.ShouldContain("isv.invalid-parameter");
    }

    [Fact]
    public async Task What_one_table_calls_optional_is_demanded_where_the_application_says_so()
    {
        await using var bench = await BgcPayBench.StartAsync();
        (await bench.CallAsync("bgcpay.user.query", Business, ("version", ""), ("sign_type", "")))
            .ShouldContain("10000");
        await bench.PutAppAsync(new { md5Key = BgcPayBench.Key, requireAll = true });

        (await bench.CallAsync("bgcpay.user.query", Business, ("version", ""))).ShouldContain("isv.missing-version");
        (await bench.CallAsync("bgcpay.user.query", Business, ("sign_type", "")))
            .ShouldContain("isv.missing-signature-type");
    }

    [Fact]
    public async Task An_application_without_a_key_is_told_so_and_a_refused_method_too()
    {
        await using var bench = await BgcPayBench.StartAsync(new { md5Key = "" });
        (await bench.CallAsync("bgcpay.user.query", Business)).ShouldContain("isv.missing-signature-key");

        await bench.PutAppAsync(new
        {
            md5Key = BgcPayBench.Key,
            refusals = new Dictionary<string, string> { ["bgcpay.user.query"] = "isv.insufficient-isv-permissions" },
        });
        var answer = BgcPayBench.Open(
            await bench.CallAsync("bgcpay.user.query", Business), "bgcpay_user_query_response");
        answer.Text("code").ShouldBe("40006");
        answer.Text("msg").ShouldBe("許可權不足");
    }

    [Theory]
    [InlineData("isp.unknow-error", "20000")]
    [InlineData("aop.invalid-app-auth-token-no-api", "20000")]
    [InlineData("isv.api-call-limited", "40005")]
    [InlineData("not-online-app", "40002")]
    [InlineData("ACQ.SYSTEM_ERROR", "40004")]
    public async Task Any_code_of_the_document_can_be_ordered(string subCode, string code)
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.Host.OrderFaultAsync(
            new { provider = "bgcpay", @interface = "user-query", kind = "refuse", code = subCode });

        var answer = BgcPayBench.Open(
            await bench.CallAsync("bgcpay.user.query", Business), "bgcpay_user_query_response");

        answer.Text("code").ShouldBe(code);
        answer.Text("sub_code").ShouldBe(subCode);
    }

    [Theory]
    [InlineData("no-signature")]
    [InlineData("wrong-signature")]
    [InlineData("duplicate-answer-other-order")]
    [InlineData("truncated")]
    [InlineData("html-200")]
    public async Task An_answer_can_be_spoilt_on_order(string kind)
    {
        await using var bench = await BgcPayBench.StartAsync();
        await bench.Host.OrderFaultAsync(new { provider = "bgcpay", @interface = "user-query", kind });
        var common = BgcPayBench.Common("bgcpay.user.query");
        var biz = JsonSerializer.Serialize(Business);
        common["sign"] = BgcPayBench.Sign([.. common, new("biz_content", biz)]);

        using var response = await bench.Host.SendAsync(
            "/gateway.do", BgcPayBench.Query([.. common, new("biz_content", biz)]));
        var answer = await response.Content.ReadAsStringAsync();

        switch (kind)
        {
            case "no-signature":
                answer.ShouldNotContain("\"sign\"");
                break;
            case "wrong-signature":
                Should.Throw<ShouldAssertException>(() => BgcPayBench.Open(answer, "bgcpay_user_query_response"));
                break;
            case "duplicate-answer-other-order":
                BgcPayBench.Open(answer, "bgcpay_user_query_response").Text("user_cid")
                    .ShouldBe(BgcPayBench.Payee + "9");
                break;
            default:
                Should.Throw<JsonException>(() => JsonDocument.Parse(answer));
                break;
        }

        var call = (await bench.Host.GetAsync("/control/calls?interface=user-query")).EnumerateArray().Single();
        call.GetProperty("signatureValid").GetBoolean().ShouldBeTrue();
        call.GetProperty("fields").TryGetProperty("sign", out _).ShouldBeFalse();
        call.Text("faultKind").ShouldBe(kind);
    }

    [Theory]
    [InlineData("""{"md5Key":"k","keyPlacement":"front"}""")]
    [InlineData("""{"md5Key":"k","hexCase":"mixed"}""")]
    [InlineData("""{"md5Key":"k","answers":"xml"}""")]
    [InlineData("""{"md5Key":"k","refusals":{"bgcpay.user.query":"NO_SUCH_CODE"}}""")]
    [InlineData("""{"md5Key":"k","pushes":["PAID"]}""")]
    [InlineData("""{"md5Key":"k","bonus":1}""")]
    [InlineData("{}")]
    public async Task A_wrong_application_is_not_taken(string app)
    {
        await using var bench = await BgcPayBench.StartAsync();

        using var answer = await bench.Host.Http.PutAsync(
            "/control/bgcpay/apps/1", new StringContent(app, System.Text.Encoding.UTF8, "application/json"));

        ((int)answer.StatusCode).ShouldBe(400);
    }
}
