using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;

namespace MerchantPortal.Payments.Tests.Allinpay;

public sealed class AllinpayPaymentsTests
{
    private static readonly Currency Usd = CurrencyTable.Get("USD");
    private static readonly Currency Aud = CurrencyTable.Get("AUD");
    private static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    private static AllinpayPayOrder Domestic => new()
    {
        OrderNumber = "NO-1_a",
        Amount = new(1050, AllinpayBench.Cny),
        OrderedAt = OrderedAt,
        ProductName = "笔记本\"电脑\"",
        ReceiveUrl = "https://shop.example/allinpay?id=1&b=2",
    };

    [Theory]
    [InlineData(SignatureMode.Md5, "0")]
    [InlineData(SignatureMode.Rsa, "1")]
    public void An_order_is_signed_in_the_documents_order_and_written_as_json(SignatureMode mode, string signType)
    {
        using var bench = new AllinpayBench(mode);

        var json = Sign(bench, Domestic with { UserId = "4711" });

        var source = "inputCharset=1&receiveUrl=https://shop.example/allinpay?id=1&b=2&version=v1.0"
            + $"&signType={signType}&merchantId=100020091218001&orderNo=NO-1_a&orderAmount=1050&orderCurrency=156"
            + "&orderDatetime=20261120000001&productName=笔记本\"电脑\"&ext1=<USER>4711</USER>&payType=0";
        json["signMsg"].ShouldBe(AllinpayBench.Md5(source + "&key=1234567890"));
        json["productName"].ShouldBe("笔记本\"电脑\"");
        json["ext1"].ShouldBe("<USER>4711</USER>");
        json.Keys.ShouldBe(
        [
            "inputCharset", "receiveUrl", "version", "signType", "merchantId", "orderNo", "orderAmount",
            "orderCurrency", "orderDatetime", "productName", "ext1", "payType", "signMsg",
        ]);
    }

    [Fact]
    public void A_card_number_is_written_behind_the_signature_and_changes_nothing_in_it()
    {
        using var bench = new AllinpayBench();
        using var card = new SecretBytes("6222020200012345678"u8);
        var order = Domestic with { PayType = AllinpayPayType.BankCard };

        var with = Sign(bench, order with { CardNumber = card });

        with["cardNo"].ShouldBe("6222020200012345678");
        with["payType"].ShouldBe("27");
        with["signMsg"].ShouldBe(Sign(bench, order)["signMsg"]);
    }

    [Fact]
    public void A_payment_across_borders_names_its_trade_and_its_own_currency_code()
    {
        using var bench = new AllinpayBench();
        var order = Domestic with
        {
            Product = AllinpayProduct.CrossBorder,
            Amount = new(100, Aud),
            Trade = AllinpayTrade.Services,
        };

        var json = Sign(bench, order);

        json["orderCurrency"].ShouldBe("032");
        json["tradeNature"].ShouldBe("SERVICES");
        Refusal(bench, order with { Trade = AllinpayTrade.NotTold }).ShouldStartWith("tradeNature has to be told");
        Sign(bench, order with { Trade = AllinpayTrade.NotTold, Amount = new(100, AllinpayBench.Cny) })
            .ContainsKey("tradeNature").ShouldBeFalse();
    }

    [Fact]
    public void An_international_card_has_its_digest_in_ext1_and_its_fields_beside_it()
    {
        using var bench = new AllinpayBench();
        using var card = SampleCard();

        var json = Sign(bench, International(card));

        json["ext1"].ShouldBe("B7C37324D6824A6FD029EE365BD0F5A8");
        (json["payType"], json["orderCurrency"], json["issuerId"], json["language"], json["tradeNature"])
            .ShouldBe(("30", "036", "visa", "3", "GOODS"));
        (json["cvv2"], json["ship_to_country"], json["bill_zip"]).ShouldBe(("888", "US", "22222"));
        json.ContainsKey("mdd07").ShouldBeFalse();
        var source = "inputCharset=1&receiveUrl=https://shop.example/allinpay?id=1&b=2&version=v1.0&language=3"
            + "&signType=0&merchantId=100020091218001&orderNo=NO-1_a&orderAmount=1050&orderCurrency=036"
            + "&orderDatetime=20261120000001&productName=笔记本\"电脑\"&ext1=B7C37324D6824A6FD029EE365BD0F5A8"
            + "&payType=30&issuerId=visa&tradeNature=GOODS";
        json["signMsg"].ShouldBe(AllinpayBench.Md5(source + "&key=1234567890"));
    }

    [Fact]
    public void Nothing_of_a_card_is_told_by_what_holds_it_and_after_disposal_it_is_gone()
    {
        var card = SampleCard();
        card.ToString().ShouldBe("(card details)");
        var held = card.Value("cvv2");
        Encoding.ASCII.GetString(held).ShouldBe("888");

        card.Dispose();

        held.ToArray().ShouldBe([0, 0, 0]);
        card.Value("cvv2").Length.ShouldBe(0);
        card.Digest().ShouldBe("D41D8CD98F00B204E9800998ECF8427E");
    }

    public static TheoryData<string, string, string> CardFaults() => new()
    {
        { "ship_to_city", "", "ship_to_city is missing." },
        { "cvv2", "", "cvv2 is missing." },
        { "cvv2", "88", "cvv2 is not of the form of the document." },
        { "cvv2", "8888", "cvv2 is longer than the document allows." },
        { "expireddate", "22-1", "expireddate is not of the form of the document." },
        { "ship_to_country", "us", "ship_to_country is not of the form of the document." },
        { "ship_to_state", "Alabama", "ship_to_state is not of two letters." },
        { "bill_state", "Illinois", "bill_state is not of two letters." },
        { "ship_to_postalcode", "2000", "ship_to_postalcode is not of the country's form." },
        { "ship_to_postalcode", "20001+1000", "ship_to_postalcode is not of the country's form." },
        { "bill_address", "1&cvv2=999", "bill_address has a character that separates fields." },
        { "mdd10", "x", "mdd10 is not of the form of the document." },
        { "mdd07", "2026-01-01", "mdd07 is not of the form of the document." },
        { "mdd11", new string('笔', 86), "mdd11 is longer than the document allows." },
        { "fnpay_mode", "2", "fnpay_mode is not of the form of the document." },
    };

    [Theory]
    [MemberData(nameof(CardFaults))]
    public void A_card_field_outside_the_document_is_named_and_never_shown(string name, string value, string why)
    {
        using var bench = new AllinpayBench();
        using var card = SampleCard();
        card.Set(name, value);

        Refusal(bench, International(card)).ShouldBe(why);
    }

    [Theory]
    [InlineData("ship_to_postalcode", "20001-1000")]
    [InlineData("mdd11", "笔")]
    [InlineData("mdd08", "20260101000000")]
    [InlineData("registration_email", "")]
    public void Card_fields_of_the_documents_forms_are_taken(string name, string value)
    {
        using var card = SampleCard();
        card.Set(name, value);

        card.Problem().ShouldBeEmpty();
    }

    [Fact]
    public void A_card_that_Allinpay_asks_for_itself_needs_no_security_code()
    {
        using var card = SampleCard();
        foreach (var name in new[] { "fnpay_mode", "cvv2", "expireddate", "bill_firstname", "bill_lastname" })
        {
            card.Set(name, "");
        }

        card.Problem().ShouldBeEmpty();
        card.Set("ship_to_country", "CA");
        card.Set("ship_to_postalcode", "K1A0B1");
        card.Problem().ShouldBeEmpty();
        card.Set("ship_to_postalcode", "K1A 0B1");
        card.Problem().ShouldBe("ship_to_postalcode is not of the country's form.");
        Should.Throw<ArgumentException>(() => card.Set("ship_to_shipmethod", "air"));
    }

    public static TheoryData<string, Func<AllinpayPayOrder, AllinpayPayOrder>> Faults() => new()
    {
        { "orderNo", order => order with { OrderNumber = "a b" } },
        { "orderAmount", order => order with { Amount = new(0, AllinpayBench.Cny) } },
        { "orderAmount", order => order with { Amount = new(10_000_000_000, AllinpayBench.Cny) } },
        { "receiveUrl", order => order with { ReceiveUrl = "" } },
        { "receiveUrl", order => order with { ReceiveUrl = "ftp://shop.example/" } },
        { "productName", order => order with { ProductName = "" } },
        { "productName", order => order with { ProductName = "a&payType=1" } },
        { "orderCurrency", order => order with { Amount = new(1, Usd) } },
        { "payType 30", order => order with { PayType = AllinpayPayType.InternationalCard } },
        { "issuerId", order => order with { CardScheme = "visa" } },
        { "language", order => order with { Language = AllinpayLanguage.English } },
        { "tradeNature", order => order with { Trade = AllinpayTrade.Goods } },
        { "The member's number", order => order with { UserId = "a<b" } },
        { "cardNo", order => order with { CardNumber = new("62220202"u8) } },
        { "The account", order => order with { Amount = new(1, CurrencyTable.Get("SEK")) } },
        { "The further fields", order => order with { Product = AllinpayProduct.InternationalCard } },
        { "Card details", order => order with { Card = SampleCard() } },
        { "payType 27", order => Foreign(order) with { PayType = AllinpayPayType.BankCard } },
        { "issuerId", order => Foreign(order) with { CardScheme = "amex" } },
        { "cardNo", order => Foreign(order) with { CardNumber = new("6222020200012345"u8) } },
        { "ext1", order => Foreign(order) with { UserId = "1" } },
        { "tradeNature", order => Foreign(order) with { Amount = new(1, Usd) } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_the_document_does_not_allow_is_not_signed(
        string named, Func<AllinpayPayOrder, AllinpayPayOrder> change)
    {
        using var bench = new AllinpayBench();

        Refusal(bench, change(Domestic)).ShouldStartWith(named);
    }

    [Fact]
    public void Without_the_MD5_key_nothing_is_signed()
    {
        using var bench = new AllinpayBench();
        using var keys = new ProviderKeys { Version = 1 };

        bench.Provider.Payments.TrySign(Account(bench), Domestic, keys, out var none, out var why).ShouldBeFalse();
        none.ShouldBeNull();
        why.ShouldBe("No MD5 key is configured.");
    }

    [Theory]
    [InlineData("""{"payResult":0,"payAmount":1000,"payTime":"20261120000001","payOrderId":"1"}""", "Accepted")]
    [InlineData("""{"payResult":"1","payAmount":"","payTime":"","payOrderId":""}""", "Failed")]
    [InlineData("""{"payResult":-1}""", "Cancelled")]
    [InlineData("""{"allinpay_pay_res":"allinpay_pay_success","payAmount":"1","payOrderId":"1"}""", "Accepted")]
    [InlineData("""{"allinpay_pay_res":"allinpay_pay_fail"}""", "Failed")]
    [InlineData("""{"allinpay_pay_res":"allinpay_pay_fail","payResult":0}""", "Unreadable")]
    [InlineData("""{"payResult":1,"payResult":0}""", "Unreadable")]
    [InlineData("""{"payResult":2}""", "Unreadable")]
    [InlineData("""{"payResult":0.0}""", "Unreadable")]
    [InlineData("""{"payResult":0,"payAmount":"10.00"}""", "Unreadable")]
    [InlineData("""{"payResult":0,"payOrderId":"<b>"}""", "Unreadable")]
    [InlineData("""{"payResult":0,"more":{}}""", "Unreadable")]
    [InlineData("""{}""", "Unreadable")]
    [InlineData("0", "Unreadable")]
    [InlineData("", "Unreadable")]
    public void The_apps_own_result_is_a_hint_and_no_more(string result, string hint)
    {
        var read = AllinpayAppResult.Read(result);

        read.Hint.ToString().ShouldBe(hint);
        if (read.Hint == AllinpayAppHint.Unreadable)
        {
            (read.PaymentOrderId + read.PayAmount + read.PayTime).ShouldBeEmpty();
        }
    }

    internal static AllinpayCardDetails SampleCard()
    {
        var card = new AllinpayCardDetails();
        using var sample = JsonDocument.Parse(AllinpaySigningTests.SampleCard);
        foreach (var member in sample.RootElement.EnumerateObject().Where(m => m.Value.GetString()!.Length > 0))
        {
            card.Set(member.Name, member.Value.GetString());
        }

        return card;
    }

    private static AllinpayPayOrder International(AllinpayCardDetails card) => Domestic with
    {
        Product = AllinpayProduct.InternationalCard,
        PayType = AllinpayPayType.InternationalCard,
        Amount = new(1050, Aud),
        Trade = AllinpayTrade.Goods,
        Language = AllinpayLanguage.English,
        CardScheme = "visa",
        Card = card,
    };

    private static AllinpayPayOrder Foreign(AllinpayPayOrder order) =>
        order with { Product = AllinpayProduct.InternationalCard, Card = SampleCard() };

    private static ProviderAccount Account(AllinpayBench bench) =>
        bench.Account with { Currencies = [AllinpayBench.Cny, Usd, Aud] };

    private static string Refusal(AllinpayBench bench, AllinpayPayOrder order)
    {
        bench.Provider.Payments.TrySign(Account(bench), order, bench.Keys, out var none, out var why).ShouldBeFalse();
        none.ShouldBeNull();
        return why;
    }

    private static Dictionary<string, string> Sign(AllinpayBench bench, AllinpayPayOrder order)
    {
        bench.Provider.Payments.TrySign(Account(bench), order, bench.Keys, out var payData, out var why)
            .ShouldBeTrue(why);
        using (payData)
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(payData!.Span)!;
        }
    }
}
