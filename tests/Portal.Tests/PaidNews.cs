using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests;

/// <summary>Allinpay's news of a payment, signed here and not by our own code, and the order it is about.</summary>
internal static class PaidNews
{
    private const string Key = "1234567890";

    public static Task<World> StartAsync(DatabaseKind kind, Action<IServiceCollection>? adjust = null) =>
        World.StartAsync(
            kind,
            clock => new ScriptedProvider(clock)
            {
                Notifications = new AllinpayProvider(ProviderHttp.Create(clock), clock).Notifications,
            },
            adjust);

    public static async Task<Order> UnpaidAsync(World world, Account account)
    {
        await world.Get<OrderImport>().ImportAsync(
            Actor.Job("test"), account.Id, "orders.csv",
            "order_no,time,amount,currency,method,shop_state\nNO-1,2026-11-20 09:00:00,123.00,CNY,card,new\n"u8
                .ToArray());
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test", _ => db.Set<Order>()
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, (DateTimeOffset?)null)));
        return await OrderAsync(world);
    }

    public static Task<Order> OrderAsync(World world) =>
        world.ReadAsync(db => db.Set<Order>().AsNoTracking().SingleAsync());

    public static Task<Acknowledgement> TakeAsync(World world, Account account, InboundMessage message) =>
        world.Get<InboundCommands>().TakeAsync(account, world.Provider.Notifications!, message, "127.0.0.1");

    public static InboundMessage Signed(
        Account account,
        Order order,
        string amount,
        string? orderNo = null,
        string signType = "1",
        string payResult = "1",
        string more = "",
        Func<string, string>? sign = null)
    {
        var source = $"merchantId={account.MerchantId}&version=v1.0&signType={signType}&payType=0"
            + $"&paymentOrderId=202611200001&orderNo={orderNo ?? order.MerchantNumber}&orderDatetime=20261120090000"
            + $"&orderAmount={amount}&payDatetime=20261120090047&payAmount={amount}&payResult={payResult}"
            + "&returnDatetime=20261120090100";
        var body = source + more + "&signMsg=" + Uri.EscapeDataString((sign ?? Rsa)(source));
        return new(
            Encoding.UTF8.GetBytes(body), "application/x-www-form-urlencoded", new Dictionary<string, string>(), "");
    }

    public static string Md5(string text) =>
        Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes($"{text}&key={Key}")));

    private static string Rsa(string text) => Convert.ToBase64String(TestKeys.ProviderKey.SignData(
        Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
}
