using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

public sealed class LianLianMobilePaymentsTests
{
    private static readonly DateTimeOffset SignedUp = new(2014, 10, 15, 8, 55, 30, TimeSpan.Zero);

    private static readonly LianLianMobileRisk Risk = new()
    {
        GoodsCode = "1002", PayerId = "123456", RegisteredAt = SignedUp,
    };

    private static LianLianMobileOrder Order(LianLianMobileBench bench) => new()
    {
        Business = LianLianMobileBusiness.VirtualGoods,
        MerchantNumber = "2013051500001",
        OrderedAt = bench.Clock.GetUtcNow(),
        GoodsName = "羽毛球",
        Description = "用户购买羽毛球3桶",
        Amount = LianLianMobileBench.Yuan(21097),
        NotifyAddress = new("http://payhttp.xiaofubao.com/back.shtml?a=1&b=2"),
        ValidFor = TimeSpan.FromMinutes(30),
        Risk = Risk,
        PayerId = "123456",
        ApplePayMerchantId = "merchant.example",
    };

    [Theory]
    [InlineData(SignatureMode.Md5, LianLianMobilePurpose.Payment, "payWithTraderInfo")]
    [InlineData(SignatureMode.Rsa, LianLianMobilePurpose.PreAuthorisation, "preauthWithTraderInfo")]
    public void An_order_is_signed_without_payer_and_Apple_Pay_number(
        SignatureMode mode, LianLianMobilePurpose purpose, string call)
    {
        using var bench = new LianLianMobileBench(mode);

        var ready = Sign(bench, Order(bench) with { Purpose = purpose })
            .ShouldBeOfType<LianLianMobileParameters.Ready>();

        ready.SdkCall.ShouldBe(call);
        ready.Warnings.ShouldBeEmpty();
        var members = JsonSerializer.Deserialize<Dictionary<string, string>>(ready.Json)!;
        var signed = new Dictionary<string, string>(members);
        signed.Remove("user_id", out var payer).ShouldBeTrue();
        signed.Remove("ap_merchant_id").ShouldBeTrue();
        payer.ShouldBe("123456");
        bench.IsSignedByShop(LianLianMobileBench.Json(signed)).ShouldBeTrue();
        bench.IsSignedByShop(ready.Json).ShouldBeFalse();
        members["money_order"].ShouldBe("210.97");
        members["valid_order"].ShouldBe("30");
        members["busi_partner"].ShouldBe("101001");
        members["notify_url"].ShouldBe("http://payhttp.xiaofubao.com/back.shtml?a=1&b=2");
        members["risk_item"].ShouldBe(
            "{\"frms_ware_category\":\"1002\",\"user_info_mercht_userno\":\"123456\","
            + "\"user_info_dt_register\":\"20141015165530\"}");
    }

    [Fact]
    public void All_risk_parameters_of_the_document_are_written_under_their_names()
    {
        using var bench = new LianLianMobileBench();
        var risk = Everything();

        var ready = Sign(bench, Order(bench) with { Risk = risk }).ShouldBeOfType<LianLianMobileParameters.Ready>();

        var text = JsonSerializer.Deserialize<Dictionary<string, string>>(ready.Json)!["risk_item"];
        using var json = JsonDocument.Parse(text);
        var names = json.RootElement.EnumerateObject().Select(member => member.Name).ToList();
        names.ShouldBe(
        [
            "frms_ware_category", "user_info_mercht_userno", "user_info_mercht_userlogin", "user_info_mail",
            "user_info_bind_phone", "user_info_mercht_usertype", "user_info_dt_register", "user_info_register_ip",
            "user_info_full_name", "user_info_id_type", "user_info_id_no", "user_info_identify_state",
            "user_info_identify_type", "delivery_addr_full", "delivery_addr_province", "delivery_addr_city",
            "delivery_addr_district", "delivery_addr_street", "delivery_full_name", "delivery_phone",
            "logistics_mode", "delivery_cycle", "delivery_mail", "game_id_belongs", "game_id", "game_login_time",
            "game_online_time", "frms_charge_phone", "airline_list",
        ]);
        json.RootElement.GetProperty("user_info_identify_state").GetString().ShouldBe("1");
        json.RootElement.GetProperty("logistics_mode").GetString().ShouldBe("3");
        var flight = json.RootElement.GetProperty("airline_list")[0];
        flight.EnumerateObject().Count().ShouldBe(14);
        flight.GetProperty("dt_flight").GetString().ShouldBe("20261201080000");
        ready.Shown.ShouldContain($"risk_item=({text.Length} characters)");
        ready.Warnings.ShouldHaveSingleItem().ShouldContain("frms_charge_phone");
    }

    [Theory]
    [InlineData("1010", "frms_charge_phone")]
    [InlineData("2001", "real name", "airline_list")]
    [InlineData("2005", "real name")]
    [InlineData("4001", "delivery")]
    [InlineData("5002")]
    public void What_risk_control_will_miss_is_said(string goods, params string[] missing)
    {
        using var bench = new LianLianMobileBench();

        var ready = Sign(bench, Order(bench) with { Risk = Risk with { GoodsCode = goods } })
            .ShouldBeOfType<LianLianMobileParameters.Ready>();

        ready.Warnings.Count.ShouldBe(missing.Length);
        missing.ShouldAllBe(word => ready.Warnings.Any(
            warning => warning.Contains(word, StringComparison.Ordinal)));
    }

    public static TheoryData<int> UnsoundOrders => [.. Enumerable.Range(0, Unsound.Length)];

    private static readonly Func<LianLianMobileOrder, LianLianMobileOrder>[] Unsound =
    [
        order => order with { MerchantNumber = "" },
        order => order with { MerchantNumber = new('1', 33) },
        order => order with { MerchantNumber = "a&b" },
        order => order with { Amount = LianLianMobileBench.Yuan(0) },
        order => order with { Amount = LianLianMobileBench.Yuan(-5) },
        order => order with { Amount = LianLianMobileBench.Yuan(100_000_000_000) },
        order => order with { Amount = new(100, Payments.Amounts.CurrencyTable.Get("JPY")) },
        order => order with { OrderedAt = order.OrderedAt.AddDays(2) },
        order => order with { GoodsName = new('羽', 41) },
        order => order with { GoodsName = "a+b" },
        order => order with { Description = new('x', 256) },
        order => order with { Description = "x&money_order=1.00" },
        order => order with { Description = "a\"b" },
        order => order with { NotifyAddress = new("/relative", UriKind.Relative) },
        order => order with { NotifyAddress = new("ftp://shop.example/") },
        order => order with { NotifyAddress = new("https://shop.example/" + new string('a', 120)) },
        order => order with { ValidFor = TimeSpan.FromSeconds(59) },
        order => order with { PayerId = "" },
        order => order with { PayerId = "a=b" },
        order => order with { ApplePayMerchantId = "a&b" },
        order => order with { PayType = "9" },
        order => order with { BankCode = "99999999" },
        order => order with { Risk = Risk with { GoodsCode = "1011" } },
        order => order with { Risk = Risk with { PayerId = "" } },
        order => order with { Risk = Risk with { Login = "a{b" } },
        order => order with { Risk = Risk with { Mail = "a+b@shop.example" } },
        order => order with { Risk = Risk with { TopUpPhone = new('1', 41) } },
        order => order with { Risk = Risk with { RealName = new("", "1") } },
        order => order with { Risk = Risk with { RealName = new("张三", "1") { IdType = "Y" } } },
        order => order with { Risk = Risk with { Game = new(ForSomebodyElse: true) } },
        order => order with { Risk = Risk with { Delivery = Everything().Delivery! with { Province = "33" } } },
        order => order with { Risk = Risk with { Delivery = Everything().Delivery! with { Cycle = "36h" } } },
        order => order with { Risk = Risk with { Flights = [Everything().Flights[0] with { From = "pek" }] } },
        order => order with { Risk = Risk with { Flights = [Everything().Flights[0] with { PassengerName = "" }] } },
        order => order with
        {
            Risk = Risk with { Flights = [Everything().Flights[0] with { PassengerCountry = "CHN" }] },
        },
        order => order with { Risk = Risk with { Flights = [Everything().Flights[0] with { TicketDelivery = "X" }] } },
    ];

    [Theory]
    [MemberData(nameof(UnsoundOrders))]
    public void What_is_outside_the_document_is_not_signed(int which)
    {
        using var bench = new LianLianMobileBench();

        var refused = Sign(bench, Unsound[which](Order(bench))).ShouldBeOfType<LianLianMobileParameters.Refused>();

        refused.Error.ShouldBe(ProviderError.InvalidRequest);
        refused.Why.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public void Without_our_key_nothing_is_signed(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        using var none = new ProviderKeys { Version = 1 };

        bench.Provider.Payments.Sign(bench.Account, Order(bench), none)
            .ShouldBeOfType<LianLianMobileParameters.Refused>().Error.ShouldBe(ProviderError.KeyMissing);
    }

    [Fact]
    public void What_is_shown_of_the_parameters_has_no_signature_and_nobodys_name()
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);

        var ready = Sign(bench, Order(bench) with { Risk = Everything() })
            .ShouldBeOfType<LianLianMobileParameters.Ready>();

        foreach (var text in new[] { ready.Shown, ready.ToString(), Everything().ToString() })
        {
            foreach (var secret in new[] { "sign=", "123456", "张三", "13800000000", "mail@shop", "330106" })
            {
                text.ShouldNotContain(secret);
            }
        }
    }

    private static Dictionary<string, string> Result() => new()
    {
        ["ret_code"] = "0000",
        ["ret_msg"] = "交易成功",
        ["oid_partner"] = LianLianMobileBench.Merchant,
        ["dt_order"] = "20130515094013",
        ["no_order"] = "2013051500001",
        ["oid_paybill"] = "2013051613121201",
        ["money_order"] = "210.97",
        ["result_pay"] = "SUCCESS",
        ["settle_date"] = "20130516",
        ["agreementno"] = "2014031710002121",
        ["discountAmt"] = "10.97",
    };

    private static readonly string[] Open = ["ret_code", "ret_msg", "agreementno"];

    [Theory]
    [InlineData(LianLianMobilePurpose.Payment, "SUCCESS", OrderEvent.PaymentSucceeded)]
    [InlineData(LianLianMobilePurpose.Payment, "PROCESSING", OrderEvent.PaymentProcessing)]
    [InlineData(LianLianMobilePurpose.Payment, "FAILURE", OrderEvent.PaymentFailed)]
    [InlineData(LianLianMobilePurpose.PreAuthorisation, "SUCCESS", OrderEvent.PaymentAuthorised)]
    [InlineData(LianLianMobilePurpose.PreAuthorisation, "FAILURE", OrderEvent.PaymentFailed)]
    public void A_result_of_the_SDK_is_verified_without_its_unsigned_members(
        LianLianMobilePurpose purpose, string result, OrderEvent meaning)
    {
        foreach (var mode in new[] { SignatureMode.Md5, SignatureMode.Rsa })
        {
            using var bench = new LianLianMobileBench(mode);
            var body = bench.Signed(LianLianMobileBench.With(Result(), "result_pay", result), Open)
                .Replace("\"ret_code\":\"0000\"", "\"ret_code\":\"1006\"", StringComparison.Ordinal);

            var told = Read(bench, body, purpose);

            var genuine = told.Verdict.ShouldBeOfType<NotificationVerdict.Genuine>();
            genuine.Facts.Event.ShouldBe(meaning);
            genuine.Facts.Amount.ShouldBe(LianLianMobileBench.Yuan(21097));
            (genuine.Facts.Paid is not null).ShouldBe(meaning == OrderEvent.PaymentSucceeded);
            told.Discount.ShouldBe(LianLianMobileBench.Yuan(1097));
            told.UnsignedCode.ShouldBe("1006");
        }
    }

    [Theory]
    [InlineData("result_pay", "WAITING")]
    [InlineData("result_pay", "REFUND")]
    [InlineData("discountAmt", "210.98")]
    [InlineData("discountAmt", "x")]
    [InlineData("bank_code", "01020000")]
    [InlineData("oid_partner", "201304121000001005")]
    [InlineData("info_order", "a=b")]
    public void A_result_outside_the_document_says_nothing(string name, string value)
    {
        using var bench = new LianLianMobileBench();

        Read(bench, bench.Signed(LianLianMobileBench.With(Result(), name, value), Open)).Verdict
            .ShouldBeOfType<NotificationVerdict.OutsideShape>();
    }

    [Fact]
    public void A_result_that_signs_its_code_or_nothing_is_forged()
    {
        using var bench = new LianLianMobileBench(SignatureMode.Rsa);
        Read(bench, bench.Signed(Result())).Verdict.ShouldBeOfType<NotificationVerdict.Forged>();
        Read(bench, LianLianMobileBench.Json(Result())).Verdict.ShouldBeOfType<NotificationVerdict.Forged>();
        Read(bench, "success").Verdict.ShouldBeOfType<NotificationVerdict.Malformed>();
        using var none = new ProviderKeys { Version = 1 };
        bench.Provider.Payments.ReadResult(
            bench.Account, LianLianMobilePurpose.Payment, Encoding.UTF8.GetBytes(bench.Signed(Result(), Open)), none)
            .Verdict.ShouldBeOfType<NotificationVerdict.NoKey>();
    }

    private static LianLianMobileRisk Everything() => Risk with
    {
        Login = "login1",
        Mail = "mail@shop.example",
        Phone = "13800000000",
        PayerKind = LianLianMobilePayerKind.Trusted,
        RegisteredFrom = "192.0.2.1",
        RealName = new("张三", "330106199001011234") { CheckedBy = LianLianMobileIdentification.Remote },
        Flights =
        [
            new()
            {
                AirlineName = "Air France KLM",
                FlightNumber = "123",
                PassengerCountry = "CN",
                PassengerIdType = "2",
                PassengerIdNumber = "G1234",
                PassengerName = "张三",
                PassengerSex = "M",
                PassengerAge = "36",
                PassengerPhone = "13800000000",
                From = "PEK",
                To = "CDG",
                FliesAt = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
                TicketDelivery = "ET",
            },
        ],
        Delivery = new()
        {
            FullAddress = "杭州市1号",
            Province = "330000",
            City = "330100",
            District = "330106",
            Street = "1号",
            Receiver = "张三",
            Phone = "13800000000",
            Logistics = LianLianMobileLogistics.Express,
            Cycle = "24h",
            Mail = "mail@shop.example",
        },
        Game = new(ForSomebodyElse: true, "g1", "3", "90"),
        TopUpPhone = "13800000000",
    };

    private static LianLianMobileParameters Sign(LianLianMobileBench bench, LianLianMobileOrder order) =>
        bench.Provider.Payments.Sign(bench.Account, order, bench.Keys);

    private static LianLianMobileSdkResult Read(
        LianLianMobileBench bench, string body, LianLianMobilePurpose purpose = LianLianMobilePurpose.Payment) =>
        bench.Provider.Payments.ReadResult(bench.Account, purpose, Encoding.UTF8.GetBytes(body), bench.Keys);
}
