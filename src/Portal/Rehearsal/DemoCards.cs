using System.Text.Json;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cards;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// Signed cards of a few payers at LianLian mobile, as the shop's app binds them; the removal of one waits for a
/// second person. The numbers are invented.
/// </summary>
internal sealed class DemoCards(IServiceProvider services, SandboxControl sandbox)
{
    private const string Mobile = "201801160001410022";
    private const string MiniProgramme = "201801160001410033";
    private const string Leaving = "U30881";

    public async Task CreateAsync(Actor clerk)
    {
        foreach (var merchant in new[] { Mobile, MiniProgramme })
        {
            await BindAsync("U20417", "6222026333560775529", "13800012041", merchant);
            await BindAsync("U20417", "6259554281510413", "13800012041", merchant);
        }

        await BindAsync("U51200", "6217003891221555231", "13900055120");
        await BindAsync("U51200", "6228483930213184893", "13900055120");
        await BindAsync(Leaving, "6216601399722348070", "13600033088");
        await AskAsync(clerk, await BindAsync(Leaving, "6225885333195105", "13600033088"), "5105");
    }

    private async Task<string> BindAsync(string payer, string number, string phone, string merchant = Mobile)
    {
        JsonElement bound = await sandbox.SendAsync(
            HttpMethod.Post, $"/control/lianlian-mobile/merchants/{merchant}/cards",
            new { userId = payer, cardNo = number, bindMobile = phone });
        return bound.GetProperty("noAgree").GetString()!;
    }

    private async Task AskAsync(Actor clerk, string agreement, string lastFour)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(row => row.MerchantId == Mobile);
        var asked = await services.GetRequiredService<CardCommands>().RequestAsync(clerk, new UnbindForm
        {
            CommandId = Guid.CreateVersion7(),
            AccountId = account.Id,
            PayerId = Leaving,
            AgreementNumber = agreement,
            SeenLastFour = lastFour,
            Reason = "CardLost",
            Comment = "Reported lost by telephone, answers checked. 电话挂失，身份已核对。",
        });
        if (asked is not UnbindRequested.Asked)
        {
            throw new InvalidOperationException($"The demo card was not asked for: {asked}.");
        }
    }
}
