using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// The demo accounts at providers that have no list of paid orders. Their orders come from a file of the shop, and
/// become paid as real ones do: by the Sandbox's signed notifications and by our own questions.
/// </summary>
internal sealed class DemoShops(IServiceProvider services, SandboxControl sandbox, Uri portal)
{
    private const int Unpaid = 3;
    private static readonly Actor Job = Actor.Job("demo");
    private readonly DateTimeOffset now = services.GetRequiredService<TimeProvider>().GetUtcNow();

    public async Task CreateAsync(string md5Key)
    {
        using var ours = RSA.Create(2048);
        var mine = ours.ExportPkcs8PrivateKey();
        var publicPem = ours.ExportSubjectPublicKeyInfoPem();
        await AddGlobalAsync(mine, publicPem);
        await AddMobileAsync(mine, publicPem);
        await AddMobileMd5Async(md5Key);
        await AddBgcPayAsync(md5Key);
        CryptographicOperations.ZeroMemory(mine);
    }

    private async Task AddGlobalAsync(byte[] mine, string publicPem)
    {
        const string merchant = "142019061000001";
        var answer = await sandbox.SendAsync(
            HttpMethod.Put, $"/control/lianlian-global/merchants/{merchant}", new { publicKey = publicPem });
        var account = await AddAccountAsync(Form("lianlian-global", "香港收银台 HK checkout", merchant, "HKD") with
        {
            AnswerSignature = SignatureMode.Rsa,
            SigningPrivate = mine,
            ProviderPublic = Encoding.UTF8.GetBytes(answer.GetProperty("publicKey").GetString()!),
        });
        var orders = await ImportAsync(account, "HG", 36, foreign: true);
        var placed = orders.Select((order, i) => new
        {
            merchantId = merchant,
            merchantTransactionId = order.MerchantNumber,
            amount = Amount(account, order),
            currency = account.CurrencyList[0].Code,
            state = i < Unpaid ? "WP" : "PS",
            paidAt = i < Unpaid ? (DateTimeOffset?)null : order.OrderedAt.AddSeconds(38),
            notificationUrl = Inbound(account),
            notify = i >= Unpaid,
        });
        await sandbox.SendAsync(HttpMethod.Post, "/control/lianlian-global/payments", placed);
    }

    private async Task AddMobileAsync(byte[] mine, string publicPem)
    {
        const string merchant = "201801160001410022";
        var answer = await sandbox.SendAsync(
            HttpMethod.Put, $"/control/lianlian-mobile/merchants/{merchant}",
            new { signType = "RSA", publicKey = publicPem });
        var account = await AddAccountAsync(Form("lianlian-mobile", "移动商城 Mobile app", merchant, "CNY") with
        {
            AnswerSignature = SignatureMode.Rsa,
            SigningPrivate = mine,
            ProviderPublic = Encoding.UTF8.GetBytes(answer.GetProperty("publicKeyPem").GetString()!),
        });
        await PlaceMobileAsync(account, await ImportAsync(account, "HM", 24, foreign: false));
    }

    private async Task AddMobileMd5Async(string md5Key)
    {
        const string merchant = "201801160001410033";
        await sandbox.SendAsync(
            HttpMethod.Put, $"/control/lianlian-mobile/merchants/{merchant}", new { signType = "MD5", md5Key });
        var account = await AddAccountAsync(Form("lianlian-mobile", "小程序 Mini programme", merchant, "CNY") with
        {
            AnswerSignature = SignatureMode.Md5,
            Md5Key = md5Key,
        });
        await PlaceMobileAsync(account, await ImportAsync(account, "HX", 10, foreign: false));
    }

    private async Task PlaceMobileAsync(Account account, IReadOnlyList<DemoOrder> orders)
    {
        var placed = orders.Select((order, i) => new
        {
            oidPartner = account.MerchantId,
            noOrder = order.MerchantNumber,
            dtOrder = order.OrderedAt.ToOffset(TimeSpan.FromHours(8))
                .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            moneyOrder = Amount(account, order),
            state = i < Unpaid ? "waiting" : "paid",
            notifyUrl = Inbound(account),
            notify = i >= Unpaid,
        });
        await sandbox.SendAsync(HttpMethod.Post, "/control/lianlian-mobile/orders", placed);
    }

    /// <summary>Trades are made through BGCPay's own interface, as a shop makes them; a demo user pays.</summary>
    private async Task AddBgcPayAsync(string md5Key)
    {
        const string merchant = "harbourpine01";
        const string payer = "Bwdemo0payer0000000000000000000001";
        await sandbox.SendAsync(
            HttpMethod.Put, $"/control/bgcpay/apps/{merchant}",
            new { md5Key, balances = new Dictionary<string, long> { ["USDT"] = 500_000_00 } });
        await sandbox.SendAsync(
            HttpMethod.Put, $"/control/bgcpay/users/{payer}",
            new { name = "Mika Tanaka", email = "mika@payer.example" });
        var account = await AddAccountAsync(Form("bgcpay", "链付钱包 BGC wallet", merchant, "USDT") with
        {
            AnswerSignature = SignatureMode.Md5,
            Md5Key = md5Key,
        });
        var orders = await ImportAsync(account, "HB", 12, foreign: true, method: "钱包余额 Wallet");
        foreach (var (order, i) in orders.Select((order, i) => (order, i)))
        {
            await CreateTradeAsync(account, order);
            if (i >= Unpaid)
            {
                await sandbox.SendAsync(
                    HttpMethod.Post, $"/control/bgcpay/trades/{order.MerchantNumber}/status?appId={merchant}",
                    new { status = "TRADE_SUCCESS", payerCid = payer });
            }
        }
    }

    private async Task CreateTradeAsync(Account account, DemoOrder order)
    {
        var directory = services.GetRequiredService<AccountDirectory>();
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        using var keys = await directory.OpenKeysAsync(db, account);
        var payments = ((BgcPayProvider)directory.Provider(account)).Payments;
        var payment = new BgcPayPayment
        {
            MerchantNumber = order.MerchantNumber,
            Amount = new Money(order.Minor, account.CurrencyList[0]),
            Subject = order.Product,
            NotifyUrl = new Uri(Inbound(account)),
        };
        var permit = SendPermit.Start(services.GetRequiredService<TimeProvider>());
        var made = await payments.CreateAsync(directory.Address(account)!, payment, keys, permit, default);
        if (made is not ProviderOutcome.Done)
        {
            throw new InvalidOperationException($"The demo trade was not made: {made}.");
        }
    }

    private static AccountForm Form(string provider, string name, string merchantId, string currencies) => new()
    {
        Name = name,
        Provider = provider,
        MerchantId = merchantId,
        Mode = AccountMode.Rehearsal,
        AnswerSignature = SignatureMode.Rsa,
        Currencies = currencies,
    };

    private async Task<Account> AddAccountAsync(AccountForm form) =>
        await services.GetRequiredService<AccountCommands>().CreateAsync(Job, form) is AccountMade.Done done
            ? await services.GetRequiredService<AccountDirectory>().GetAsync(done.Id)
            : throw new InvalidOperationException($"The demo account of {form.Provider} was refused.");

    /// <summary>The shop's file first: news of an order that we do not know would be kept aside.</summary>
    private async Task<IReadOnlyList<DemoOrder>> ImportAsync(
        Account account, string prefix, int count, bool foreign, string? method = null)
    {
        // Two of these providers take no hyphen in a number.
        var orders = DemoOrders.Week(prefix, count, foreign, now)
            .Select(order => order with
            {
                MerchantNumber = order.MerchantNumber.Replace("-", "", StringComparison.Ordinal),
                Method = method ?? order.Method,
            })
            .ToList();
        var csv = new StringBuilder("order_no,time,amount,currency,method,shop_state,payer\n");
        foreach (var order in orders)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{order.MerchantNumber},{order.OrderedAt:yyyy-MM-ddTHH:mm:ss}Z,")
                .Append(CultureInfo.InvariantCulture, $"{Amount(account, order)},{account.CurrencyList[0].Code},")
                .Append(CultureInfo.InvariantCulture, $"{order.Method},{order.ShopState},{order.Payer}\n");
        }

        await services.GetRequiredService<OrderImport>().ImportAsync(
            Job, account.Id, $"{prefix.ToLowerInvariant()}-orders.csv", Encoding.UTF8.GetBytes(csv.ToString()));
        return orders;
    }

    private static string Amount(Account account, DemoOrder order) =>
        new Money(order.Minor, account.CurrencyList[0]).ToDecimalText();

    private string Inbound(Account account) =>
        new Uri(portal, InboundEndpoint.Path(account.Provider, account.InboundKey)).ToString();
}
