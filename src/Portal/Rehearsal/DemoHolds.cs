using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// Held amounts of the demo merchant, at the Sandbox and here: at Allinpay by the shop's word alone, at LianLian mobile
/// once it has been asked. One ends within hours, one has a plan for a part, one waits for a second person.
/// </summary>
internal sealed class DemoHolds(IServiceProvider services, SandboxControl sandbox, Uri portal)
{
    private const string Mobile = "201801160001410022";
    private static readonly Actor Job = Actor.Job("demo");
    private readonly DateTimeOffset now = services.GetRequiredService<TimeProvider>().GetUtcNow();

    public async Task CreateAsync(Account overseas, Actor clerk)
    {
        await PlaceAtAllinpayAsync(overseas,
        [
            new("HR-7714", 140_000, "A. Lindqvist", "Visa ·· 7714", "shipped 已发货", Ago(days: 5, hours: 19)),
            new("HR-2280", 61_050, "Elena Petrova", "Visa ·· 2280", "packing 备货中", Ago(days: 5, hours: 6)),
            new("HR-0119", 296_000, "J. Okonkwo", "Mastercard ·· 0119", "booked 已预订", Ago(days: 25, hours: 2)),
            new("HR-9921", 157_000, "C. Moreau", "Visa ·· 9921", "packing 备货中", Ago(days: 1, hours: 4)),
            new("HR-1007", 305_200, "Sofia Rossi", "JCB ·· 1007", "checked in 已入住", Ago(days: 9, hours: 3)),
            new("HR-3307", 120_000, "Daniel Weber", "Mastercard ·· 3307", "shipped 已发货", Ago(days: 12, hours: 8)),
            new("HR-4432", 80_000, "Tomás Silva", "Mastercard ·· 4432", "cancelled 已取消", Ago(days: 3, hours: 7)),
        ]);
        await PlaceAtMobileAsync(
        [
            new("HRM6012", 53_000, "黄雅婷", "信用卡 Credit card", "booked 已预订", Ago(days: 1, hours: 1))
            {
                PayerId = "U20417",
            },
            new("HRM8850", 93_000, "吴俊杰", "信用卡 Credit card", "packing 备货中", Ago(days: 2, hours: 5)),
        ]);
        await PlanAsync(clerk, "HR-7714", "1120.00", now.AddHours(3));
        await PlanAsync(clerk, "HR-1007", "2480.00", now.AddDays(4));
        await AskAsync(clerk, "HR-3307");
    }

    private DateTimeOffset Ago(int days, int hours)
    {
        var at = now.AddDays(-days).AddHours(-hours);
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
    }

    private async Task PlaceAtAllinpayAsync(Account account, IReadOnlyList<DemoHold> holds)
    {
        await sandbox.PlaceOrdersAsync(holds.Select(hold => new
        {
            merchantId = account.MerchantId,
            orderNo = hold.MerchantNumber,
            orderDatetime = Time(hold.HeldAt),
            orderAmount = hold.Minor,
            currency = account.CurrencyList[0].Numeric,
            payType = "30",
            signType = account.AnswerSignature == SignatureMode.Rsa ? "1" : "0",
            receiveUrl = Inbound(account),
            state = "authorised",
            notify = false,
        }));
        await ImportAsync(account, holds);
    }

    private async Task PlaceAtMobileAsync(IReadOnlyList<DemoHold> holds)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.MerchantId == Mobile);
        await sandbox.SendAsync(HttpMethod.Post, "/control/lianlian-mobile/orders", holds.Select(hold => new
        {
            oidPartner = account.MerchantId,
            noOrder = hold.MerchantNumber,
            dtOrder = Time(hold.HeldAt),
            moneyOrder = Amount(account, hold),
            state = "authorised",
            preAuth = true,
            userId = hold.PayerId.Length > 0 ? hold.PayerId : "U" + hold.MerchantNumber,
            notifyUrl = Inbound(account),
        }));
        await ImportAsync(account, holds);
    }

    private async Task ImportAsync(Account account, IReadOnlyList<DemoHold> holds)
    {
        var csv = new StringBuilder("order_no,time,amount,currency,method,shop_state,payer,payer_id,held_at\n");
        foreach (var hold in holds)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{hold.MerchantNumber},{hold.HeldAt:yyyy-MM-ddTHH:mm:ss}Z,")
                .Append(CultureInfo.InvariantCulture, $"{Amount(account, hold)},{account.CurrencyList[0].Code},")
                .Append(CultureInfo.InvariantCulture, $"{hold.Method},{hold.ShopState},{hold.Payer},{hold.PayerId},")
                .Append(CultureInfo.InvariantCulture, $"{hold.HeldAt:yyyy-MM-ddTHH:mm:ss}Z\n");
        }

        await services.GetRequiredService<OrderImport>().ImportAsync(
            Job, account.Id, $"holds-{account.Provider}.csv", Encoding.UTF8.GetBytes(csv.ToString()));
    }

    private async Task PlanAsync(Actor clerk, string number, string amount, DateTimeOffset at)
    {
        var order = await OrderAsync(number);
        await services.GetRequiredService<PlanCommands>().PlanAsync(clerk, new(order.Id, amount, at, SeenVersion: 0));
    }

    private async Task AskAsync(Actor clerk, string number)
    {
        var order = await OrderAsync(number);
        await services.GetRequiredService<PreAuthCommands>().RequestAsync(clerk, new HoldForm
        {
            CommandId = Guid.CreateVersion7(),
            OrderId = order.Id,
            Kind = OperationKind.Capture,
            AmountText = order.Amount.ToDecimalText(),
            SeenState = OrderState.Held,
            SeenAuthorised = order.AmountMinor,
            SeenVersion = 0,
            Comment = "Shipped today, tracking number in the shop. 今日已发货。",
        });
    }

    private async Task<Order> OrderAsync(string number)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await db.Set<Order>().AsNoTracking().SingleAsync(row => row.MerchantNumber == number);
    }

    private static string Amount(Account account, DemoHold hold) =>
        new Money(hold.Minor, account.CurrencyList[0]).ToDecimalText();

    private static string Time(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private string Inbound(Account account) =>
        new Uri(portal, InboundEndpoint.Path(account.Provider, account.InboundKey)).ToString();

    private sealed record DemoHold(
        string MerchantNumber, long Minor, string Payer, string Method, string ShopState, DateTimeOffset HeldAt)
    {
        public string PayerId { get; init; } = "";
    }
}
