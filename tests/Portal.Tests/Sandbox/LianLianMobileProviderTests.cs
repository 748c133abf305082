using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>Our client and the Sandbox were written apart from each other; here they meet.</summary>
public class LianLianMobileProviderTests
{
    static readonly DateTimeOffset At = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);
    static readonly Currency Cny = CurrencyTable.Get("CNY");

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task An_order_is_asked_about_and_refunded(SignatureMode mode)
    {
        await using var client = await MobileClient.StartAsync();
        using var side = await Side.StartAsync(client, mode);
        await client.PlaceAsync("A1");
        var order = new OrderReference("A1", At, null);
        var refund = new RefundRequest
        {
            RefundNumber = "R1",
            Order = order,
            OrderAmount = new(10000, Cny),
            Amount = new(1000, Cny),
            RequestedAt = At,
        };
        async Task<RefundState> StateAsync() => (await side.Provider.Refunds!.QueryAsync(
            side.Account, refund, side.Keys, default)).ShouldBeOfType<QueryAnswer<RefundFacts>.Told>().Facts.State;

        foreach (var version in new[] { "1.0", "1.1" })
        {
            var account = side.Account with
            {
                Settings = new Dictionary<string, string> { ["query-version"] = version },
            };
            var facts = (await side.Provider.Orders!.FindAsync(account, order, side.Keys, default))
                .ShouldBeOfType<QueryAnswer<OrderFacts>.Told>().Facts;
            (facts.Event, facts.Paid).ShouldBe((OrderEvent.PaymentSucceeded, new Money(10000, Cny)));
        }

        (await side.Provider.Refunds!.QueryAsync(side.Account, refund, side.Keys, default))
            .ShouldBeOfType<QueryAnswer<RefundFacts>.NotFound>();
        (await side.Provider.Refunds!.SendAsync(side.Account, refund, side.Keys, side.Permit(), default))
            .ShouldBeOfType<ProviderOutcome.Accepted>();
        (await StateAsync()).ShouldBe(RefundState.Applied);
        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await StateAsync()).ShouldBe(RefundState.Processing);
        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await StateAsync()).ShouldBe(RefundState.Succeeded);
        (await side.Provider.Refunds!.SendAsync(
            side.Account, refund with { RefundNumber = "R2", Amount = new(9001, Cny) }, side.Keys, side.Permit(),
            default)).ShouldBeOfType<ProviderOutcome.Refused>().ProviderCode.ShouldBe("5007");
    }

    [Theory]
    [InlineData(true, PreAuthState.Captured)]
    [InlineData(false, PreAuthState.Cancelled)]
    public async Task A_held_amount_is_captured_or_let_go(bool confirm, PreAuthState end)
    {
        await using var client = await MobileClient.StartAsync();
        using var side = await Side.StartAsync(client, SignatureMode.Rsa);
        await client.PlaceAsync("A1", "authorised", preAuth: true);
        var request = new PreAuthRequest
        {
            Order = new("A1", At, null), Authorised = new(10000, Cny), Amount = new(confirm ? 6000 : 10000, Cny),
            PayerId = "u1", RequestedAt = At,
        };
        var part = side.Provider.PreAuthorisations!;
        async Task<PreAuthState> StateAsync()
        {
            var answer = await part.QueryAsync(side.Account, request, side.Keys, default);
            return answer.ShouldBeOfType<QueryAnswer<PreAuthFacts>.Told>(answer.ToString()).Facts.State;
        }

        (await StateAsync()).ShouldBe(PreAuthState.Held);
        var outcome = confirm
            ? await part.ConfirmAsync(side.Account, request, side.Keys, side.Permit(), default)
            : await part.CancelAsync(side.Account, request, side.Keys, side.Permit(), default);
        outcome.ShouldBeOfType<ProviderOutcome.Accepted>(outcome.ToString());
        client.Sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        (await StateAsync()).ShouldBe(end);
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task Cards_are_known_listed_page_by_page_and_taken_away(SignatureMode mode)
    {
        await using var client = await MobileClient.StartAsync();
        using var side = await Side.StartAsync(client, mode);
        var cards = side.Provider.Cards!;
        foreach (var number in new[] { "6222020200001234567", "6225750000001234", "6222020200001111" })
        {
            (await client.Sandbox.Http.PostAsJsonAsync(
                $"/control/lianlian-mobile/merchants/{MobileClient.Partner}/cards",
                new { userId = "u1", cardNo = number, bindMobile = "13800000000" })).EnsureSuccessStatusCode();
        }

        using var card = new SecretBytes("6222020200001234567"u8);
        (await cards.FindBankAsync(side.Account, card, side.Keys, default))
            .ShouldBeOfType<QueryAnswer<CardBinFacts>.Told>().Facts
            .ShouldBe(new("01020000", "工商银行", CardKind.Debit));
        List<SignedCard> all = [];
        for (int? offset = 0; offset is { } at;)
        {
            var answer = await cards.ListAsync(side.Account, "u1", at, side.Keys, default);
            var page = answer.ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>(answer.ToString()).Facts;
            all.AddRange(page.Cards);
            offset = page.NextOffset;
        }

        all.Select(one => one.LastFour).Order().ShouldBe(["1111", "1234", "4567"]);
        foreach (var one in all)
        {
            (await cards.UnbindAsync(
                side.Account, new("u1", one.AgreementNumber), side.Keys, side.Permit(), default))
                .ShouldBeOfType<ProviderOutcome.Accepted>();
        }

        (await cards.ListAsync(side.Account, "u1", 0, side.Keys, default))
            .ShouldNotBeOfType<QueryAnswer<SignedCardPage>.NoAnswer>();
    }

    /// <summary>Our side: an account of the Sandbox with keys of its own.</summary>
    sealed class Side : IDisposable
    {
        readonly RSA own = RSA.Create(2048);
        readonly ProviderHttp http = ProviderHttp.Create(TimeProvider.System);

        Side(ProviderAccount account) => Account = account;

        public ProviderAccount Account { get; }

        public LianLianMobileProvider Provider => new(http, TimeProvider.System);

        public ProviderKeys Keys { get; private set; } = new() { Version = 1 };

        public static async Task<Side> StartAsync(MobileClient client, SignatureMode mode)
        {
            var address = client.Sandbox.Http.BaseAddress!;
            var side = new Side(new()
            {
                MerchantId = MobileClient.Partner, BaseAddress = address, SandboxAddress = address,
                AnswerSignature = mode, Currencies = [Cny],
            });
            var answer = await client.Sandbox.Http.PutAsJsonAsync(
                $"/control/lianlian-mobile/merchants/{MobileClient.Partner}",
                new JsonObject
                {
                    ["signType"] = mode == SignatureMode.Rsa ? "RSA" : "MD5",
                    ["md5Key"] = MobileClient.Key,
                    ["publicKey"] = side.own.ExportSubjectPublicKeyInfoPem(),
                });
            answer.EnsureSuccessStatusCode();
            var pem = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("publicKeyPem").GetString()!;
            side.Keys = new()
            {
                Version = 1,
                SharedSecret = new(Encoding.ASCII.GetBytes(MobileClient.Key)),
                SigningPrivate = new(side.own.ExportPkcs8PrivateKey()),
                ProviderPublic = Encoding.ASCII.GetBytes(pem),
            };
            return side;
        }

        public SendPermit Permit() => SendPermit.Start(TimeProvider.System);

        public void Dispose()
        {
            Keys.Dispose();
            http.Dispose();
            own.Dispose();
        }
    }
}
