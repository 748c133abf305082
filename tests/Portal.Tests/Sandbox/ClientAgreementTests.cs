using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using OrderAnswer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.OrderFacts>;
using RefundAnswer = MerchantPortal.Payments.Providers.QueryAnswer<MerchantPortal.Payments.Providers.RefundFacts>;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>Both sides of a wire, written by different hands from one document, understand each other.</summary>
public sealed class ClientAgreementTests
{
    private const string App = "2014072300007148";
    private const string Payee = "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8";

    private static readonly Currency Usdt = CurrencyTable.Get("USDT");
    private static readonly Currency Hkd = CurrencyTable.Get("HKD");

    [Theory]
    [InlineData("wrapped", "raw", "lower")]
    [InlineData("bare", "amp-key", "upper")]
    public async Task BgcPay_payee_payment_and_transfer_go_through_and_are_found_again(
        string answers, string keyPlacement, string hexCase)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var balances = new Dictionary<string, long> { ["USDT"] = 2_300 };
        await PutAsync(
            sandbox, $"/control/bgcpay/apps/{App}", new { md5Key = "k-1", answers, keyPlacement, hexCase, balances });
        await PutAsync(sandbox, $"/control/bgcpay/users/{Payee}", new { name = "Anna", email = "test@gmail.com" });
        using var http = ProviderHttp.Create(sandbox.Clock);
        var provider = new BgcPayProvider(http, sandbox.Clock);
        var account = Account(sandbox, App, SignatureMode.Md5, Usdt) with
        {
            Settings = new Dictionary<string, string> { ["key-placement"] = keyPlacement, ["hex"] = hexCase },
        };
        using var keys = new ProviderKeys { Version = 1, SharedSecret = new("k-1"u8) };
        var transfer = new TransferRequest
        {
            TransferNumber = "T_1",
            Amount = new(2300, Usdt),
            PayeeId = Payee,
            Title = "工資",
            RequestedAt = sandbox.Clock.GetUtcNow(),
        };

        (await provider.Transfers!.FindPayeeAsync(account, new(null, "test@gmail.com"), keys, default))
            .ShouldBeOfType<QueryAnswer<PayeeFacts>.Told>().Facts.UserId.ShouldBe(Payee);
        (await provider.Payments.CreateAsync(
            account, new() { MerchantNumber = "P_1", Amount = new(8888, Usdt), Subject = "茶 16G" }, keys,
            SendPermit.Start(sandbox.Clock), default)).ShouldBeOfType<ProviderOutcome.Done>();
        (await provider.Orders!.FindAsync(account, new("P_1", sandbox.Clock.GetUtcNow(), null), keys, default))
            .ShouldBeOfType<OrderAnswer.Told>().Facts.Event.ShouldBe(OrderEvent.PaymentProcessing);
        (await provider.Transfers.QueryAsync(account, transfer, keys, default))
            .ShouldBeOfType<QueryAnswer<TransferFacts>.NotFound>();
        (await provider.Transfers.SendAsync(account, transfer, keys, SendPermit.Start(sandbox.Clock), default))
            .ShouldBeOfType<ProviderOutcome.Done>();
        (await provider.Transfers.QueryAsync(account, transfer, keys, default))
            .ShouldBeOfType<QueryAnswer<TransferFacts>.Told>().Facts.Amount.ShouldBe(transfer.Amount);
        (await provider.Transfers.SendAsync(
            account, transfer with { TransferNumber = "T_2" }, keys, SendPermit.Start(sandbox.Clock), default))
            .ShouldBeOfType<ProviderOutcome.Refused>().Error.ShouldBe(ProviderError.BalanceTooLow);
        using var wrong = new ProviderKeys { Version = 1, SharedSecret = new("k-2"u8) };
        (await provider.Transfers.SendAsync(account, transfer, wrong, SendPermit.Start(sandbox.Clock), default))
            .ShouldBeOfType<ProviderOutcome.Unknown>();
    }

    [Fact]
    public async Task LianLian_Global_payment_and_refund_are_told_in_our_words()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        using var ours = RSA.Create(2048);
        var put = await PutAsync(
            sandbox, "/control/lianlian-global/merchants/202611210001",
            new { publicKey = ours.ExportSubjectPublicKeyInfoPem() });
        object[] placed =
        [
            new
            {
                merchantId = "202611210001",
                merchantTransactionId = "P1",
                amount = "10.00",
                currency = "HKD",
                state = "PS",
            },
        ];
        (await sandbox.Http.PostAsJsonAsync("/control/lianlian-global/payments", placed)).EnsureSuccessStatusCode();
        using var http = ProviderHttp.Create(sandbox.Clock);
        var provider = new LianLianGlobalProvider(http, sandbox.Clock);
        var account = Account(sandbox, "202611210001", SignatureMode.Rsa, Hkd);
        using var keys = new ProviderKeys
        {
            Version = 1,
            SigningPrivate = new(ours.ExportPkcs8PrivateKey()),
            ProviderPublic = Convert.FromBase64String(put.GetProperty("publicKey").GetString()!),
        };
        var order = new OrderReference("P1", sandbox.Clock.GetUtcNow(), null);
        var refund = new RefundRequest
        {
            RefundNumber = "R1",
            Order = order,
            OrderAmount = new(1000, Hkd),
            Amount = new(250, Hkd),
            RequestedAt = sandbox.Clock.GetUtcNow(),
        };

        (await provider.Orders!.FindAsync(account, order, keys, default))
            .ShouldBeOfType<OrderAnswer.Told>().Facts.Event.ShouldBe(OrderEvent.PaymentSucceeded);
        (await provider.Refunds!.QueryAsync(account, refund, keys, default)).ShouldBeOfType<RefundAnswer.NotFound>();
        (await provider.Refunds.SendAsync(account, refund, keys, SendPermit.Start(sandbox.Clock), default))
            .ShouldBeOfType<ProviderOutcome.Accepted>();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(10));
        (await provider.Refunds.QueryAsync(account, refund, keys, default))
            .ShouldBeOfType<RefundAnswer.Told>().Facts.State.ShouldBe(RefundState.Succeeded);
        (await provider.Orders.FindAsync(account, order, keys, default))
            .ShouldBeOfType<OrderAnswer.Told>().Facts.Event.ShouldBe(OrderEvent.PartWasRefunded);
        (await provider.Refunds.SendAsync(
            account, refund with { RefundNumber = "R2", Amount = new(900, Hkd) }, keys,
            SendPermit.Start(sandbox.Clock), default)).ShouldBeOfType<ProviderOutcome.Refused>()
            .Error.ShouldBe(ProviderError.AmountTooHigh);
    }

    private static ProviderAccount Account(
        SandboxHost sandbox, string merchant, SignatureMode mode, Currency currency) => new()
        {
            MerchantId = merchant,
            BaseAddress = sandbox.Http.BaseAddress!,
            SandboxAddress = sandbox.Http.BaseAddress,
            AnswerSignature = mode,
            Currencies = [currency],
        };

    private static async Task<JsonElement> PutAsync(SandboxHost sandbox, string path, object body)
    {
        var answer = await sandbox.Http.PutAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
