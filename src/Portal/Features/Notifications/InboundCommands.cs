using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
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

        await using var db = await factory.CreateDbContextAsync();
        using var keys = await accounts.OpenKeysAsync(db, account);
        var verdict = protocol.Read(address, message, keys);
        if (verdict is NotificationVerdict.Forged or NotificationVerdict.Malformed && !sample.Keep(account.Id))
        {
            log.LogWarning(
                "An unsigned or malformed call for {Merchant} was refused and not kept.", account.MerchantId);
            return Answer(protocol, verdict);
        }

        var inbound = new Inbound
        {
            Id = Guid.CreateVersion7(),
            AccountId = account.Id,
            Remote = remote,
            ContentType = message.ContentType.Length > 200 ? message.ContentType[..200] : message.ContentType,
            Body = message.Body.ToArray(),
            KeyVersion = verdict is NotificationVerdict.Genuine or NotificationVerdict.OutsideShape ? keys.Version : 0,
            Verdict = Name(verdict),
        };
        await db.CommitAsync(Job, "notification.take", commit => KeepAsync(commit, account, inbound, verdict));
        return Answer(protocol, verdict);
    }

    private static async Task<bool> KeepAsync(
        Commit commit, Account account, Inbound draft, NotificationVerdict verdict)
    {
        var taken = verdict switch
        {
            NotificationVerdict.Genuine genuine => await ApplyAsync(commit, account, genuine),
            NotificationVerdict.OutsideShape outside => await AskInsteadAsync(commit, account, outside),
            NotificationVerdict.Forged forged => new Taken(InboundEffect.Quarantined, forged.Why),
            NotificationVerdict.Malformed malformed => new Taken(InboundEffect.Quarantined, malformed.Why),
            _ => new Taken(InboundEffect.Quarantined, "no key is configured"),
        };
        commit.Db.Add(new Inbound
        {
            Id = draft.Id,
            AccountId = draft.AccountId,
            At = commit.Now,
            Remote = draft.Remote,
            ContentType = draft.ContentType,
            Body = draft.Body,
            KeyVersion = draft.KeyVersion,
            Verdict = draft.Verdict,
            Effect = taken.Effect,
            Why = taken.Why,
            SemanticKey = taken.SemanticKey,
            OrderId = taken.OrderId,
        });
        if (taken.Effect == InboundEffect.Quarantined)
        {
            commit.Audit($"notification {draft.Id:N}", new { account.MerchantId, draft.Verdict, taken.Why });
        }

        commit.Changed("inbound", draft.Id);
        return true;
    }

    private static async Task<Taken> ApplyAsync(Commit commit, Account account, NotificationVerdict.Genuine genuine)
    {
        var first = await commit.Db.Set<Inbound>().AsNoTracking().SingleOrDefaultAsync(row =>
            row.AccountId == account.Id && row.SemanticKey == genuine.SemanticKey);
        if (first is not null)
        {
            return new(InboundEffect.Repeat, "", OrderId: first.OrderId);
        }

        // An MD5 key is known to both sides and MD5 is weak: such news only makes us ask (reliability design, C4).
        if (account.AnswerSignature == SignatureMode.Md5)
        {
            return await AskAsync(commit, account, genuine.Facts.MerchantNumber, "MD5 news is asked about") is { } asked
                ? asked with { Effect = InboundEffect.NothingNew, SemanticKey = genuine.SemanticKey }
                : new(InboundEffect.Quarantined, "no such order");
        }

        var (learnt, orderId) = await commit.LearnAsync(account, genuine.Facts, OrderSource.Notification);
        switch (learnt)
        {
            case Learnt.Changed or Learnt.NothingNew:
                return new(
                    learnt == Learnt.Changed ? InboundEffect.Applied : InboundEffect.NothingNew,
                    "",
                    genuine.SemanticKey,
                    orderId);
            case Learnt.UnknownOrder:
                return new(InboundEffect.Quarantined, "no such order");
            default:
                await AskAsync(commit, account, genuine.Facts.MerchantNumber, "");
                return new(
                    InboundEffect.Quarantined,
                    learnt == Learnt.Differs ? "merchant, amount, currency or number is not that of our order"
                        : "the order's state does not allow it",
                    OrderId: orderId);
        }
    }

    private static async Task<Taken> AskInsteadAsync(
        Commit commit, Account account, NotificationVerdict.OutsideShape outside) =>
        new(InboundEffect.Quarantined, outside.Why, OrderId: outside.MerchantNumber is { } number
            ? (await AskAsync(commit, account, number, outside.Why))?.OrderId
            : null);

    private static async Task<Taken?> AskAsync(Commit commit, Account account, string merchantNumber, string why)
    {
        var order = await commit.Db.Set<Order>().AsNoTracking().OrderByDescending(row => row.OrderedAt)
            .FirstOrDefaultAsync(row => row.AccountId == account.Id && row.MerchantNumber == merchantNumber);
        if (order is null)
        {
            return null;
        }

        await commit.Db.Set<Order>().Where(row => row.Id == order.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, commit.Now));
        commit.Changed("order", order.Id);
        return new(InboundEffect.Quarantined, why, OrderId: order.Id);
    }

    private static InboundVerdict Name(NotificationVerdict verdict) => verdict switch
    {
        NotificationVerdict.Genuine => InboundVerdict.Genuine,
        NotificationVerdict.OutsideShape => InboundVerdict.OutsideShape,
        NotificationVerdict.Forged => InboundVerdict.Forged,
        NotificationVerdict.Malformed => InboundVerdict.Malformed,
        _ => InboundVerdict.NoKey,
    };

    private static Acknowledgement Answer(INotifications protocol, NotificationVerdict verdict) => verdict switch
    {
        NotificationVerdict.Genuine or NotificationVerdict.OutsideShape => protocol.Taken,
        NotificationVerdict.Forged => new(StatusCodes.Status401Unauthorized, "text/plain", "signature"),
        NotificationVerdict.Malformed => new(StatusCodes.Status400BadRequest, "text/plain", "malformed"),
        _ => new(StatusCodes.Status503ServiceUnavailable, "text/plain", "no key"),
    };

    private sealed record Taken(
        InboundEffect Effect, string Why, string? SemanticKey = null, Guid? OrderId = null);
}
