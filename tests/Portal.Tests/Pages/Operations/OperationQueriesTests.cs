using System.Globalization;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class OperationQueriesTests
{
    [Theory]
    [ClassData(typeof(BothDatabases))]
    public async Task Asking_now_brings_the_next_question_forward_and_is_audited(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var clerk = await world.PersonAsync("chen", Role.Clerk);
        var reviewer = await world.PersonAsync("li", Role.Reviewer);
        var auditor = await world.PersonAsync("sun", Role.Auditor);
        var ready = await world.ReadyAsync(clerk, reviewer, await world.PaidOrderAsync(await world.AccountAsync()));
        var commands = world.Get<OperationCommands>();
        (await commands.AskAsync(clerk, ready.Id)).ShouldBe(AskResult.NothingOpen);
        await world.Get<OperationSender>().SendNextAsync(default);
        var before = await world.OperationAsync(ready.Id);
        before.NextQuestionAt!.Value.ShouldBeGreaterThan(world.Clock.GetUtcNow());

        (await commands.AskAsync(auditor, ready.Id)).ShouldBe(AskResult.NoRight);
        (await commands.AskAsync(clerk, Guid.CreateVersion7())).ShouldBe(AskResult.NoSuchOperation);
        (await world.OperationAsync(ready.Id)).NextQuestionAt.ShouldBe(before.NextQuestionAt);
        (await commands.AskAsync(clerk, ready.Id)).ShouldBe(AskResult.Asked);
        var after = await world.OperationAsync(ready.Id);
        after.NextQuestionAt.ShouldBe(world.Clock.GetUtcNow());
        (after.State, after.Version, after.Fence).ShouldBe((before.State, before.Version, before.Fence));
        (await world.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
        (await world.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "operation.ask-now")))
            .ShouldBe(4);
        (await world.OperationAsync(ready.Id)).State.ShouldBe(OperationState.Accepted);
    }

    [Fact]
    public void A_listener_hears_in_its_own_language_whoever_commits()
    {
        var feed = new ChangeFeed();
        var before = CultureInfo.CurrentUICulture;
        string? heard = null;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-Hans");
            using var subscription = feed.Subscribe(_ => heard = CultureInfo.CurrentUICulture.Name);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            feed.Publish([new Change("operation", Guid.CreateVersion7())]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        heard.ShouldBe("zh-Hans");
    }
}
