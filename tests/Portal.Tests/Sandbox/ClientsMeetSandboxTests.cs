using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Providers.LianLianMobile;
using PortalSignature = MerchantPortal.Payments.Providers.SignatureMode;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>Our clients against the Sandbox: two readings of each document, written apart, have to agree.</summary>
public class ClientsMeetSandboxTests
{
    static readonly DateTimeOffset OrderedAt = SandboxHost.Start;
    static readonly Currency Usd = CurrencyTable.Get("USD");
    static readonly Currency Cny = CurrencyTable.Get("CNY");

    [Theory]
    [InlineData(PortalSignature.Md5)]
    [InlineData(PortalSignature.Rsa)]
    public async Task An_order_that_our_Allinpay_client_signs_is_held_confirmed_and_cancelled(PortalSignature mode)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var http = ProviderHttp.Create(sandbox.Clock);
        using var keys = new ProviderKeys
        {
            Version = 1,
            SharedSecret = new(Encoding.ASCII.GetBytes(SandboxHost.Key)),
            ProviderPublic = sandbox.CertificateKey.ExportSubjectPublicKeyInfo(),
        };
        var provider = new AllinpayProvider(http, sandbox.Clock);
        var account = Account(sandbox, SandboxHost.Merchant, mode);
        foreach (var number in new[] { "H1", "H2" })
        {
            using var card = Card();
            var order = new AllinpayPayOrder
            {
                OrderNumber = number,
                Amount = new(1000, Usd),
                OrderedAt = OrderedAt,
                ProductName = "书",
                ReceiveUrl = "https://merchant.example/notify",
                Product = AllinpayProduct.InternationalCard,
                PayType = AllinpayPayType.InternationalCard,
                Trade = AllinpayTrade.Goods,
                Card = card,
            };
            provider.Payments.TrySign(account, order, keys, out var payData, out var why).ShouldBeTrue(why);
            using (payData)
            {
                using var body = new ByteArrayContent(payData!.Span.ToArray());
                body.Headers.ContentType = new("application/json");
                using var told = await sandbox.Http.PostAsync("/control/allinpay/sdk/preauthorise", body);
                var json = await told.Content.ReadFromJsonAsync<JsonElement>();
                json.GetProperty("refusal").GetString().ShouldBeNull();
                AllinpayAppResult.Read($"{json.GetProperty("ios")}").Hint.ShouldBe(AllinpayAppHint.Accepted);
                AllinpayAppResult.Read($"{json.GetProperty("android")}").Hint.ShouldBe(AllinpayAppHint.Accepted);
            }
        }

        Task<ProviderOutcome> EndAsync(string number, bool isConfirm)
        {
            var request = new PreAuthRequest
            {
                Order = new(number, OrderedAt, null),
                Authorised = new(1000, Usd),
                Amount = new(isConfirm ? 800 : 1000, Usd),
                RequestedAt = OrderedAt,
            };
            var permit = SendPermit.Start(sandbox.Clock);
            return isConfirm
                ? provider.PreAuthorisations!.ConfirmAsync(account, request, keys, permit, CancellationToken.None)
                : provider.PreAuthorisations!.CancelAsync(account, request, keys, permit, CancellationToken.None);
        }

        (await EndAsync("H1", isConfirm: true)).ShouldBeOfType<ProviderOutcome.Done>();
        (await EndAsync("H2", isConfirm: false)).ShouldBeOfType<ProviderOutcome.Done>();
        (await EndAsync("H2", isConfirm: false)).ShouldBeOfType<ProviderOutcome.Refused>();
        (await EndAsync("H2", isConfirm: true)).ShouldBeOfType<ProviderOutcome.Unknown>();
        (await EndAsync("H3", isConfirm: true)).ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    [Theory]
    [InlineData("MD5", PortalSignature.Md5)]
    [InlineData("RSA", PortalSignature.Rsa)]
    public async Task Every_question_and_order_of_our_LianLian_mobile_client_is_understood(
        string signType, PortalSignature mode)
    {
        await using var client = await MobileClient.StartAsync(signType);
        var sandbox = client.Sandbox;
        using var http = ProviderHttp.Create(sandbox.Clock);
        using var keys = client.Keys();
        var provider = new LianLianMobileProvider(http, sandbox.Clock);
        var account = Account(sandbox, MobileClient.Partner, mode);
        var stop = CancellationToken.None;
        await client.PlaceAsync("A1");
        var order = new OrderReference("A1", OrderedAt, null);

        var paid = await provider.Orders!.FindAsync(account, order, keys, stop);
        paid.ShouldBeOfType<QueryAnswer<OrderFacts>.Told>().Facts.Amount.ShouldBe(new Money(10_000, Cny));

        var refund = new RefundRequest
        {
            RefundNumber = "R1",
            Order = order,
            OrderAmount = new(10_000, Cny),
            Amount = new(1000, Cny),
            RequestedAt = OrderedAt,
        };
        (await provider.Refunds!.SendAsync(account, refund, keys, SendPermit.Start(sandbox.Clock), stop))
            .ShouldBeOfType<ProviderOutcome.Accepted>();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
        (await provider.Refunds.QueryAsync(account, refund, keys, stop))
            .ShouldBeOfType<QueryAnswer<RefundFacts>.Told>().Facts.RawState.ShouldContain("2");

        using var number = new SecretBytes(Encoding.ASCII.GetBytes(MobileClient.Card));
        (await provider.Cards!.FindBankAsync(account, number, keys, stop))
            .ShouldBeOfType<QueryAnswer<CardBinFacts>.Told>().Facts.BankName.ShouldBe("工商银行");
        await client.SdkAsync("preauthorise", "A2", "50.00");
        var signed = (await provider.Cards.ListAsync(account, "u1", 0, keys, stop))
            .ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts.Cards.Single();
        signed.LastFour.ShouldBe("4567");
        (await provider.Cards.UnbindAsync(
            account, new("u1", signed.AgreementNumber), keys, SendPermit.Start(sandbox.Clock), stop))
            .ShouldBeOfType<ProviderOutcome.Accepted>();
        (await provider.Cards.ListAsync(account, "u1", 0, keys, stop))
            .ShouldNotBeOfType<QueryAnswer<SignedCardPage>.Told>();

        var held = new PreAuthRequest
        {
            Order = new("A2", OrderedAt, null),
            Authorised = new(5000, Cny),
            Amount = new(4000, Cny),
            PayerId = "u1",
            RequestedAt = OrderedAt,
        };
        (await provider.PreAuthorisations!.ConfirmAsync(
            account, held, keys, SendPermit.Start(sandbox.Clock), stop))
            .ShouldBeOfType<ProviderOutcome.Accepted>();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await provider.PreAuthorisations.QueryAsync(account, held, keys, stop))
            .ShouldBeOfType<QueryAnswer<PreAuthFacts>.Told>().Facts.State.ShouldBe(PreAuthState.Captured);
    }

    static ProviderAccount Account(SandboxHost sandbox, string merchant, PortalSignature mode) => new()
    {
        MerchantId = merchant,
        BaseAddress = sandbox.Http.BaseAddress!,
        SandboxAddress = sandbox.Http.BaseAddress!,
        AnswerSignature = mode,
        Currencies = [Cny, Usd],
    };

    static AllinpayCardDetails Card()
    {
        var card = new AllinpayCardDetails();
        (string Name, string Value)[] fields =
        [
            ("ship_to_country", "US"), ("ship_to_state", "AL"), ("ship_to_city", "city"), ("ship_to_street1", "a 1"),
            ("ship_to_phonenumber", "020-13818349139"), ("ship_to_postalcode", "20004"),
            ("ship_to_firstname", "Smith"), ("ship_to_lastname", "布莱克"),
        ];
        foreach (var (name, value) in fields) card.Set(name, value);
        return card;
    }
}
