using System.Net.Http.Json;
using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Sandbox;

public class AllinpayAppTests
{
    static (string Name, string Value)[] Domestic(params (string Name, string Value)[] changes) =>
    [
        .. ((string Name, string Value)[])
        [
            ("inputCharset", "1"), ("receiveUrl", "https://merchant.example/notify"), ("version", "v1.0"),
            ("language", ""), ("signType", "0"), ("merchantId", SandboxHost.Merchant), ("orderNo", "A1"),
            ("orderAmount", "1234"), ("orderCurrency", "156"), ("orderDatetime", "20261121100000"),
            ("productName", "书"), ("ext1", ""), ("payType", "0"), ("issuerId", ""), ("tradeNature", ""),
        ],
        .. changes,
    ];

    static async Task<JsonElement> PayAsync(
        SandboxHost sandbox, string verb, (string Name, string Value)[] fields,
        params (string Name, string Value)[] unsigned)
    {
        var last = fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => group.Last().Value);
        var source = string.Join('&', last.Where(f => f.Value.Length > 0).Select(f => $"{f.Key}={f.Value}"));
        foreach (var (name, value) in unsigned) last[name] = value;
        last["signMsg"] = SandboxHost.Md5($"{source}&key={SandboxHost.Key}");
        var answer = await sandbox.Http.PostAsJsonAsync($"/control/allinpay/sdk/{verb}", last);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    static string? RefusalOf(JsonElement answer) => answer.GetProperty("refusal").GetString();

    [Fact]
    public async Task A_signed_order_is_paid_once_and_the_app_is_told_so_on_both_platforms()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var told = await PayAsync(sandbox, "pay", Domestic(), ("cardNo", "6222020200001234567"));

        RefusalOf(told).ShouldBeNull();
        told.GetProperty("ios").GetProperty("payResult").GetInt32().ShouldBe(0);
        told.GetProperty("android").GetProperty("allinpay_pay_res").GetString().ShouldBe("allinpay_pay_success");
        RefusalOf(await PayAsync(sandbox, "pay", Domestic())).ShouldBe("ZF30002");
        var order = (await sandbox.GetAsync("/control/allinpay/ledger")).GetProperty("orders")[0];
        order.GetProperty("state").GetString().ShouldBe("paid");
        order.GetProperty("payAmount").GetInt64().ShouldBe(1234);
    }

    [Theory]
    [InlineData("version", "v2.0", "ZF10019")]
    [InlineData("receiveUrl", "nowhere", "ZF10002")]
    [InlineData("orderNo", "a b", "ZF10015")]
    [InlineData("orderAmount", "12.34", "ZF10014")]
    [InlineData("orderCurrency", "036", "ZF10014")]
    [InlineData("orderDatetime", "2026", "ZF10013")]
    [InlineData("payType", "5", "ZF10006")]
    [InlineData("language", "3", "ZF10005")]
    [InlineData("merchantId", "1", "ZF30005")]
    public async Task An_order_outside_the_document_is_not_paid(string name, string value, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        RefusalOf(await PayAsync(sandbox, "pay", Domestic((name, value)))).ShouldBe(code);
        (await sandbox.GetAsync("/control/allinpay/ledger")).GetProperty("orders").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_field_changed_after_signing_is_a_wrong_signature()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        RefusalOf(await PayAsync(sandbox, "pay", Domestic(), ("orderAmount", "1"))).ShouldBe("ZF10020");
    }

    [Fact]
    public async Task An_international_card_needs_the_digest_of_its_fields_and_can_be_held()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        (string, string)[] card = [("ship_to_country", "US"), ("cvv2", "888"), ("bill_zip", "22222")];
        (string, string)[] International(string ext1) => Domestic(
            ("orderCurrency", "036"), ("ext1", ext1), ("payType", "30"), ("issuerId", "visa"), ("language", "3"),
            ("tradeNature", "GOODS"));

        RefusalOf(await PayAsync(sandbox, "preauthorise", International(SandboxHost.Md5("US88822223")), card))
            .ShouldBe("ZF10008");
        RefusalOf(await PayAsync(sandbox, "preauthorise", Domestic())).ShouldBe("ZF10006");
        RefusalOf(await PayAsync(sandbox, "preauthorise", International(SandboxHost.Md5("US88822222")), card))
            .ShouldBeNull();

        var order = (await sandbox.GetAsync("/control/allinpay/ledger")).GetProperty("orders")[0];
        order.GetProperty("state").GetString().ShouldBe("authorised");
        order.ToString().ShouldNotContain("888");
    }
}
