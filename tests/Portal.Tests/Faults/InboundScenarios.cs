using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>What planted bugs on the way in have to fail at.</summary>
internal static class InboundScenarios
{
    /// <summary>
    /// The process dies right before it commits the news. Who was not answered comes again; who was, does not.
    /// </summary>
    public static async Task DiesBeforeTakingIn(Action<IServiceCollection>? plant)
    {
        var processes = new List<DatabaseFault>();
        await using var world = await PaidNews.StartAsync(
            DatabaseKind.Sqlite, DatabaseFault.Into(processes) + plant);
        var account = await world.AccountAsync(signature: SignatureMode.Rsa);
        var order = await PaidNews.UnpaidAsync(world, account);
        var news = PaidNews.Signed(account, order, "12300");
        processes[0].Before = ("notification.take", processes[0].DieAsync);
        var wasAnswered = await CallAsync(await world.ListenAsync(), account, news);

        if (!wasAnswered)
        {
            await using var second = world.SecondNode();
            await second.Services.GetRequiredService<InboundCommands>()
                .TakeAsync(account, world.Provider.Notifications!, news, "127.0.0.1");
        }

        (await PaidNews.OrderAsync(world)).State.ShouldBe(OrderState.Paid);
    }

    /// <summary>News that only makes us ask comes again after we have asked: nothing changes a second time.</summary>
    public static async Task SameNewsAgain(Action<IServiceCollection>? plant)
    {
        await using var world = await PaidNews.StartAsync(DatabaseKind.Sqlite, plant);
        var account = await world.AccountAsync();
        var order = await PaidNews.UnpaidAsync(world, account);
        var news = PaidNews.Signed(account, order, "12300", signType: "0", sign: PaidNews.Md5);
        await PaidNews.TakeAsync(world, account, news);
        world.Provider.OnFind = (_, sent) => new QueryAnswer<OrderFacts>.NoAnswer(sent, ProviderError.TimedOut);
        (await world.Get<OrderAsker>().AskNextAsync(default)).ShouldBeTrue();
        var planned = (await PaidNews.OrderAsync(world)).NextQuestionAt;

        for (var i = 0; i < 3; i++)
        {
            await PaidNews.TakeAsync(world, account, news);
        }

        (await PaidNews.OrderAsync(world)).NextQuestionAt.ShouldBe(planned);
        (await world.ReadAsync(db => db.Set<Inbound>().CountAsync(row => row.Effect == InboundEffect.Repeat)))
            .ShouldBe(3);
    }

    /// <returns>Whether the provider heard that it was taken in.</returns>
    private static async Task<bool> CallAsync(Uri portal, Account account, InboundMessage news)
    {
        using var http = new HttpClient { BaseAddress = portal };
        using var body = new ByteArrayContent(news.Body.ToArray());
        body.Headers.ContentType = new(news.ContentType);
        try
        {
            using var answer = await http.PostAsync(InboundEndpoint.Path(account.Provider, account.InboundKey), body);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
