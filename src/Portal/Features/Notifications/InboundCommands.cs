using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>
/// Takes in what providers call us about: verified, compared with our own order, kept raw, committed, and only then
/// acknowledged. What is not genuine or does not fit changes nothing and is kept aside with its reason.
/// </summary>
public sealed class InboundCommands(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ForgedSample sample, ILogger<InboundCommands> log)
{
    private static readonly Actor Job = Actor.Job("notifications");

    /// <summary>Takes one call in and says what to answer.</summary>
    public async Task<Acknowledgement> TakeAsync(
        Account account, INotifications protocol, InboundMessage message, string remote)
    {
        if (accounts.Address(account) is not { } address)
        {
            return new(StatusCodes.Status503ServiceUnavailable, "text/plain", "closed");
        }

        using var keys = await OpenKeysAsync(account);
        var verdict = protocol.Read(address, message, keys);
        if (verdict is NotificationVerdict.Forged or NotificationVerdict.Malformed && !sample.Keep(account.Id))
        {
            log.LogWarning(
                "An unsigned or malformed call for {Merchant} was refused and not kept.", account.MerchantId);
            return Answer(protocol, verdict);
        }

        for (var again = false; ; again = true)
        {
            try
            {
                await KeepAsync(account, message, verdict, remote, keys.Version);
                return Answer(protocol, verdict);
            }
            catch (DbUpdateException) when (!again)
            {
                // The same news came in twice in the same instant: read once more, and it is known.
            }
        }
    }

    private async Task<ProviderKeys> OpenKeysAsync(Account account)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await accounts.OpenKeysAsync(db, account);
    }

    private async Task KeepAsync(
        Account account, InboundMessage message, NotificationVerdict verdict, string remote, int keyVersion)
    {
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "notification.take", async commit =>
        {
            var judged = await InboundJudgement.OfAsync(db, account, verdict);
            var inbound = new Inbound
            {
                Id = Guid.CreateVersion7(),
                AccountId = account.Id,
                At = commit.Now,
                Remote = remote,
                ContentType = message.ContentType.Length > 200 ? message.ContentType[..200] : message.ContentType,
                Body = message.Body.ToArray(),
                Headers = InboundHeaders.Write(message.Headers),
                Query = message.Query,
                Verdict = verdict.Name(),
                KeyVersion = verdict.IsSigned() ? keyVersion : 0,
                Effect = judged.Effect,
                Why = judged.Why,
                SemanticKey = judged.SemanticKey,
                OrderId = judged.OrderId,
                NamedOrder = judged.NamedOrder,
            };
            db.Add(inbound);

            // The row first: its unique news holds back whoever brings the same in this instant.
            await db.SaveChangesAsync();
            await FollowAsync(commit, account, judged);
            if (judged.Effect == InboundEffect.Quarantined)
            {
                commit.Audit(
                    $"notification {inbound.Id:N}", new { account.MerchantId, inbound.Verdict, judged.Why });
            }

            commit.Changed("inbound", inbound.Id);
            return true;
        });
    }

    private static async Task FollowAsync(Commit commit, Account account, InboundJudgement judged)
    {
        if (judged.Learn is { } facts)
        {
            await commit.LearnAsync(account, facts, OrderSource.Notification);
        }
        else if (judged is { Asks: true, OrderId: { } orderId })
        {
            await commit.AskAboutOperationsAsync(orderId);
            await commit.Db.Set<Order>().Where(row => row.Id == orderId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, commit.Now));
            commit.Changed("order", orderId);
        }
    }

    private static Acknowledgement Answer(INotifications protocol, NotificationVerdict verdict) => verdict switch
    {
        NotificationVerdict.Genuine or NotificationVerdict.OutsideShape => protocol.Taken,
        NotificationVerdict.Forged => new(StatusCodes.Status401Unauthorized, "text/plain", "signature"),
        NotificationVerdict.Malformed => new(StatusCodes.Status400BadRequest, "text/plain", "malformed"),
        _ => new(StatusCodes.Status503ServiceUnavailable, "text/plain", "no key"),
    };
}
