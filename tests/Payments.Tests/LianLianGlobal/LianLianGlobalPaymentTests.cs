using System.Text.Json.Nodes;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

public sealed class LianLianGlobalPaymentTests
{
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    internal static LianLianGlobalPayment Smallest => new()
    {
        PaymentProcessor = "wechathk",
        PaymentMethod = "applet",
        MerchantTransactionId = "NO-1_a",
        Customer = new() { OpenId = "o-123" },
        Amount = new(1000, LianLianGlobalBench.Hkd),
        OrderedAt = OrderedAt,
        Country = "HK",
    };

    private static LianLianGlobalPayment Fullest => Smallest with
    {
        Customer = new()
        {
            OpenId = "o-123",
            FirstName = "Tai Man",
            LastName = "Chan",
            FullName = "Chan Tai Man",
            Gender = "male",
            IdType = "CPF",
            IdNumber = "529.982.247-25",
            Email = "a@b.example",
            Phone = "+852-51234567",
            Company = "公司",
            Line1 = "1 Road",
            Line2 = "2/F",
            City = "São Paulo",
            State = "RO",
            Country = "BR",
            PostalCode = "76801",
        },
        Products =
        [
            new()
            {
                ProductId = "p1",
                WxpayProductId = "w1",
                Name = "茶",
                Description = "green",
                CostPrice = new(1200, LianLianGlobalBench.Hkd),
                Price = new(1000, LianLianGlobalBench.Hkd),
                Quantity = 2,
                Category = "food",
                Sku = "s1",
                Url = new("https://shop.example/p?id=1&x=2"),
                ReceiptId = "r1",
                ShippingProvider = "post",
            },
        ],
        OrderDescription = "两盒茶",
        UserTerminal = new()
        {
            OrderIp = "203.0.113.9",
            ClientMode = "10",
            ClientAppType = "1",
            ClientAppName = "Shop",
            AppPackageName = "com.shop",
            AppBundleId = "shop",
            AndroidImei = "35",
            AndroidSimId = "89",
            IosMachineId = "u",
        },
        MerchantTerminal = new() { TerminalId = "t1", OrderIp = "203.0.113.9" },
        AdditionalInfo = new()
        {
            MerchantUserId = "123456",
            MerchantUserEmail = "a@b.example",
            MerchantUserLoginName = "testlogin",
            UserRegisterIp = "11.49.33.59",
            UserRegisterPhone = "+86-13812345678",
            UserRegisterTerminal = "android",
            UserRegisteredAt = new DateTimeOffset(2020, 7, 14, 8, 55, 30, TimeSpan.Zero),
            NeedReceipt = true,
            GoodsTag = "www",
        },
        NotificationUrl = new("https://shop.example/n?a=1"),
    };

    [Fact]
    public async Task A_full_payment_carries_every_field_of_the_document_and_is_signed_over_its_flat_text()
    {
        using var bench = new LianLianGlobalBench();

        await CreateAsync(bench, Fullest);

        var body = LianLianGlobalBench.Json(bench.Requests.Single());
        LianLianGlobalBench.IsOurs(LianLianGlobalBench.Text(body), bench.Sent("signature")).ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(body["additional_info"]!.GetValue<string>()), JsonNode.Parse("""
            {"merchant_user_id":"123456","merchant_user_email":"a@b.example","merchant_user_login_name":"testlogin",
             "user_register_ip":"11.49.33.59","user_register_phone":"+86-13812345678",
             "user_register_terminal":"android","user_register_time":"20200714165530","need_receipt":"Y",
             "goods_tag":"www"}
            """)).ShouldBeTrue();
        body.Remove("additional_info");
        JsonNode.DeepEquals(body, JsonNode.Parse("""
            {"payment_processor":"wechathk","payment_method":"applet","merchant_transaction_id":"NO-1_a",
             "merchant_id":"142021010800006001","order_description":"两盒茶","transaction_amount":"10.00",
             "transaction_currency":"HKD","transaction_time":1795104001000,"country":"HK",
             "notification_url":"https://shop.example/n?a=1",
             "customer":{"openid":"o-123","first_name":"Tai Man","last_name":"Chan","full_name":"Chan Tai Man",
              "gender":"male","id_type":"CPF","id_no":"529.982.247-25","email":"a@b.example","phone":"+852-51234567",
              "company":"公司","line1":"1 Road","line2":"2/F","city":"São Paulo","state":"RO","country":"BR",
              "postal_code":"76801"},
             "user_terminal_data":{"order_ip":"203.0.113.9","client_mode":"10","client_app_type":"1",
              "client_app_name":"Shop","app_package_name":"com.shop","app_bundle_id":"shop","client_android_imEI":"35",
              "client_android_sim_id":"89","client_ios_machine_id":"u"},
             "merchant_terminal_data":{"terminal_id":"t1","order_ip":"203.0.113.9"},
             "products":[{"product_id":"p1","wxpay_product_id":"w1","name":"茶","description":"green",
              "cost_price":"12.00","price":"10.00","quantity":2,"category":"food","sku":"s1",
              "url":"https://shop.example/p?id=1&x=2","receipt_id":"r1","shipping_provider":"post"}]}
            """)).ShouldBeTrue(body.ToJsonString());
        bench.Heads.Single().RequestUri!.AbsolutePath.ShouldBe("/v4/merchants/142021010800006001/payments");
        bench.Heads.Single().Method.ShouldBe(HttpMethod.Post);
    }

    [Fact]
    public async Task Empty_members_are_not_sent()
    {
        using var bench = new LianLianGlobalBench();

        await CreateAsync(bench, Smallest with { UserTerminal = new(), AdditionalInfo = new() });

        LianLianGlobalBench.Json(bench.Requests.Single()).Select(member => member.Key).Order().ShouldBe([
            "country", "customer", "merchant_id", "merchant_transaction_id", "payment_method", "payment_processor",
            "transaction_amount", "transaction_currency", "transaction_time",
        ]);
    }

    [Fact]
    public async Task Nothing_of_the_payer_and_no_key_is_shown()
    {
        using var bench = new LianLianGlobalBench();
        bench.Tell(Good());

        var creation = await CreateAsync(bench, Fullest);

        var shown = creation.Outcome.Transcript.ShownRequest + creation.Outcome.Transcript.ShownAnswer;
        foreach (var secret in new[]
        {
            "o-123", "Tai Man", "529.982", "a@b", "51234567", "203.0.113", "testlogin", bench.Sent("signature"),
            "paySign",
        })
        {
            shown.ShouldNotContain(secret);
        }

        shown.ShouldContain("transaction_amount=10.00");
        shown.ShouldContain("ll_transaction_id=LL-1");
        bench.Keys.SigningPrivate!.ToString().ShouldBe("(secret)");
    }

    [Fact]
    public async Task A_signed_success_about_our_payment_is_accepted_with_what_the_wallet_needs()
    {
        using var bench = new LianLianGlobalBench();
        foreach (var answer in new[] { Good(), LianLianGlobalReplies.Flat(Good()) })
        {
            bench.Tell(answer);

            var creation = await CreateAsync(bench, Smallest);

            creation.Outcome.ShouldBeOfType<ProviderOutcome.Accepted>().ProviderNumber.ShouldBe("LL-1");
            creation.Ticket!.PaymentParams.ShouldContain("prepay_id=wx26");
            creation.Ticket.Amount.ShouldBe(Smallest.Amount);
            creation.ToString().ShouldNotContain("prepay_id");
        }
    }

    public static TheoryData<string> WrongReplies() => [.. LianLianGlobalReplies.Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongReplies))]
    public async Task A_wrong_reply_gives_no_ticket(string reply)
    {
        using var bench = new LianLianGlobalBench();
        var (answer, error) = LianLianGlobalReplies.Wrong[reply];
        answer(bench, Good());

        var creation = await CreateAsync(bench, Smallest);

        creation.Ticket.ShouldBeNull();
        creation.Outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("merchant_transaction_id", "NO-1_b", ProviderError.AnswerMismatch)]
    [InlineData("transaction_amount", "10.01", ProviderError.AnswerMismatch)]
    [InlineData("transaction_amount", "1000", ProviderError.AnswerMismatch)]
    [InlineData("transaction_currency", "JPY", ProviderError.AnswerMismatch)]
    [InlineData("payment_params", "prepay_id=1", ProviderError.AnswerUnreadable)]
    [InlineData("payment_params", "", ProviderError.AnswerUnreadable)]
    [InlineData("ll_transaction_id", "", ProviderError.AnswerUnreadable)]
    public async Task A_signed_success_about_anything_else_gives_no_ticket(
        string name, string value, ProviderError error)
    {
        using var bench = new LianLianGlobalBench();
        var good = Good();
        good["order"]![name] = value;
        bench.Tell(good);

        var creation = await CreateAsync(bench, Smallest);

        creation.Ticket.ShouldBeNull();
        creation.Outcome.ShouldBeOfType<ProviderOutcome.Unknown>().Error.ShouldBe(error);
    }

    public static TheoryData<string> Refusals() => [.. LianLianGlobalPayments.Refusals.Select(row => row.Code)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Only_a_signed_error_of_the_list_refuses_a_payment(string code)
    {
        using var bench = new LianLianGlobalBench();
        var status = LianLianGlobalPayments.Refusals.Single(row => row.Code == code).Status;

        LianLianGlobalReplies.Error(bench, status, code);
        (await CreateAsync(bench, Smallest)).Outcome.ShouldBeOfType<ProviderOutcome.Refused>();
        bench.Answer(LianLianGlobalReplies.ErrorBody(code).ToJsonString(), null, status);
        (await CreateAsync(bench, Smallest)).Outcome.ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    public static TheoryData<string> Unsound() => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task What_is_outside_the_tables_is_not_sent(string fault)
    {
        using var bench = new LianLianGlobalBench();

        var creation = await CreateAsync(bench, Faults[fault]);

        creation.Outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.InvalidRequest);
        creation.Outcome.Transcript.ShownAnswer.ShouldStartWith("(nothing was sent: ");
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_both_keys_nothing_is_sent()
    {
        using var bench = new LianLianGlobalBench();
        var whole = bench.Keys;
        foreach (var keys in new ProviderKeys[]
        {
            new() { Version = 1 },
            new() { Version = 1, SigningPrivate = whole.SigningPrivate },
            new() { Version = 1, ProviderPublic = whole.ProviderPublic },
            new() { Version = 1, ProviderPublic = whole.ProviderPublic, SigningPrivate = new("x"u8) },
        })
        {
            var creation = await bench.Payments.CreateAsync(bench.Account, Smallest, keys, CancellationToken.None);
            creation.Outcome.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.KeyMissing);
            creation.Outcome.Transcript.ShownAnswer.ShouldNotBe("(nothing was sent: )");
        }

        bench.Requests.ShouldBeEmpty();
    }

    private static IReadOnlyDictionary<string, LianLianGlobalPayment> Faults { get; } =
        new Dictionary<string, LianLianGlobalPayment>
        {
            ["processor"] = Smallest with { PaymentProcessor = "paypal" },
            ["method"] = Smallest with { PaymentMethod = "card" },
            ["no number"] = Smallest with { MerchantTransactionId = "" },
            ["number with blank"] = Smallest with { MerchantTransactionId = "NO 1" },
            ["number of 65"] = Smallest with { MerchantTransactionId = new('1', 65) },
            ["no openid"] = Smallest with { Customer = new() { OpenId = "" } },
            ["openid of 129"] = Smallest with { Customer = new() { OpenId = new('1', 129) } },
            ["gender"] = Fullest with { Customer = Fullest.Customer with { Gender = "m" } },
            ["id type"] = Fullest with { Customer = Fullest.Customer with { IdType = "RG" } },
            ["phone without area"] = Fullest with { Customer = Fullest.Customer with { Phone = "51234567" } },
            ["phone with letters"] = Fullest with { Customer = Fullest.Customer with { Phone = "+852-5123456a" } },
            ["home country"] = Fullest with { Customer = Fullest.Customer with { Country = "XX" } },
            ["state of another country"] = Fullest with { Customer = Fullest.Customer with { State = "ON" } },
            ["address with &"] = Fullest with { Customer = Fullest.Customer with { Line1 = "Smith & Sons" } },
            ["name with line end"] = Fullest with { Customer = Fullest.Customer with { FirstName = "a\nb" } },
            ["country"] = Smallest with { Country = "hk" },
            ["nothing"] = Smallest with { Amount = new(0, LianLianGlobalBench.Hkd) },
            ["below nothing"] = Smallest with { Amount = new(-5, LianLianGlobalBench.Hkd) },
            ["other currency"] = Smallest with { Amount = new(5, CurrencyTable.Get("USD")) },
            ["currency of no table"] = Smallest with { Amount = new(5, CurrencyTable.Get("KWD")) },
            ["description of 257"] = Smallest with { OrderDescription = new('1', 257) },
            ["description with ="] = Smallest with { OrderDescription = "a=b" },
            ["notification over ftp"] = Smallest with { NotificationUrl = new("ftp://shop.example/n") },
            ["client mode"] = Fullest with { UserTerminal = new() { ClientMode = "11" } },
            ["system"] = Fullest with { UserTerminal = new() { ClientAppType = "3" } },
            ["terminal of 65"] = Fullest with { MerchantTerminal = new() { TerminalId = new('1', 65) } },
            ["login of 65"] = Fullest with { AdditionalInfo = new() { MerchantUserLoginName = new('1', 65) } },
            ["no quantity"] = Product(product => product with { Quantity = 0 }),
            ["no product number"] = Product(product => product with { ProductId = "" }),
            ["product without a price"] = Product(
                product => product with { Price = new(0, LianLianGlobalBench.Hkd) }),
            ["price in another currency"] = Product(
                product => product with { CostPrice = new(100, LianLianGlobalBench.Jpy) }),
            ["description in quotes"] = Product(product => product with { Description = "the “best”" }),
            ["products of 2049"] = Smallest with
            {
                Products = [.. Enumerable.Repeat(Fullest.Products[0] with { Name = new('1', 128) }, 8)],
            },
        };

    private static LianLianGlobalPayment Product(Func<LianLianGlobalProduct, LianLianGlobalProduct> change) =>
        Smallest with { Products = [change(Fullest.Products[0])] };

    private static JsonObject Good() => LianLianGlobalReplies.Success(LianLianGlobalBench.Json("""
        {"ll_transaction_id":"LL-1","merchant_transaction_id":"NO-1_a","transaction_currency":"HKD",
         "transaction_amount":"10.00",
         "payment_params":"{\"appId\":\"wx4\",\"package\":\"prepay_id=wx26\",\"paySign\":\"1D27\"}"}
        """));

    private static Task<LianLianGlobalCreation> CreateAsync(LianLianGlobalBench bench, LianLianGlobalPayment payment) =>
        bench.Payments.CreateAsync(bench.Account, payment, bench.Keys, CancellationToken.None);
}
