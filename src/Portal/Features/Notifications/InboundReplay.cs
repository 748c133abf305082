using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>One thing that a message says of an order, beside what we hold.</summary>
/// <param name="Term">Key of its name's text.</param>
/// <param name="Told">What the message says.</param>
/// <param name="Ours">What our order says now; null when there is no such order.</param>
/// <param name="Becomes">What our order would say afterwards; null when it would stay as it is.</param>
public sealed record ReplayLine(string Term, string Told, string? Ours, string? Becomes)
{
    /// <summary>Has to be equal before anything is believed, and is not.</summary>
    public bool Contradicts { get; init; }
}

/// <summary>What would happen if a kept call arrived now.</summary>
/// <param name="Verdict">What today's keys make of it.</param>
/// <param name="KeyVersion">The version that proves it; 0 when none does.</param>
/// <param name="Effect">What it would do.</param>
/// <param name="Why">The reason, where there is one.</param>
public sealed record Replayed(InboundVerdict Verdict, int KeyVersion, InboundEffect Effect, string Why)
{
    /// <summary>The provider would be asked about the order.</summary>
    public bool Asks { get; init; }

    /// <summary>The call that brought the same news first.</summary>
    public Guid? FirstId { get; init; }

    /// <summary>Where verdict, effect or reason are not those of the first reading.</summary>
    public bool IsDifferent { get; init; }

    /// <summary>What it says of the order; empty when nothing of it is proven.</summary>
    public IReadOnlyList<ReplayLine> Lines { get; init; } = [];
}

/// <summary>
/// Reads a kept call once more, with today's keys and today's order, and tells what it would do. It writes nothing:
/// no row, no audit entry, no question.
/// </summary>
public sealed class InboundReplay(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>Null when there is no such call in the reader's view, or it cannot be read from this process.</summary>
    public async Task<Replayed?> ReadAgainAsync(Actor actor, Guid id)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var row = await db.Set<Inbound>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id);
        if (row is null || !rights.Allows(Permission.NotificationsRead, row.AccountId))
        {
            return null;
        }

        var account = await accounts.GetAsync(row.AccountId);
        var protocol = accounts.Provider(account).Notifications;
        if (protocol is null || accounts.Address(account) is not { } address)
        {
            return null;
        }

        using var keys = await accounts.OpenKeysAsync(db, account);
        var verdict = protocol.Read(address, row.ToMessage(), keys);
        var judged = await InboundJudgement.OfAsync(db, account, verdict);
        var version = verdict.IsSigned() ? keys.Version : 0;
        return new(verdict.Name(), version, judged.Effect, judged.Why)
        {
            Asks = judged.Asks,
            FirstId = judged.FirstId,
            IsDifferent = (verdict.Name(), version, judged.Why) != (row.Verdict, row.KeyVersion, row.Why)
                || (judged.FirstId != row.Id && judged.Effect != row.Effect),
            Lines = verdict is NotificationVerdict.Genuine { Facts: var facts }
                ? await CompareAsync(db, account, facts, judged)
                : [],
        };
    }

    private static async Task<IReadOnlyList<ReplayLine>> CompareAsync(
        PortalDb db, Account account, OrderFacts facts, InboundJudgement judged)
    {
        var order = judged.OrderId is { } id
            ? await db.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == id)
            : null;
        var next = judged.Learn is null
            ? null
            : await OrderLearning.JudgeAsync(db, db.Set<Order>().AsNoTracking(), account, facts);
        return
        [
            Equal("merchant", facts.MerchantId, account.MerchantId),
            Equal("order", facts.MerchantNumber, order?.MerchantNumber),
            Equal("amount", Text(facts.Amount), order is null ? null : Text(order.Amount)),
            .. facts.Paid is { } paid ? [Equal("paid", Text(paid), order is null ? null : Text(order.Amount))]
                : Array.Empty<ReplayLine>(),
            Filled("number", facts.ProviderNumber, order?.ProviderNumber, order is not null, next is not null),
            new(
                "state",
                facts.RawState,
                order is null ? null : $"{order.State} {order.RawState}".TrimEnd(),
                next is { Learnt: Learnt.Changed } ? $"{next.Next} {facts.RawState}" : null),
        ];
    }

    private static ReplayLine Equal(string term, string told, string? ours) =>
        new(term, told, ours, null) { Contradicts = ours is not null && told != ours };

    // What the provider has told once must stay; what it has not told yet may come.
    private static ReplayLine Filled(string term, string told, string? ours, bool isKnown, bool learns) =>
        new(term, told, isKnown ? ours ?? "" : null, learns && ours is null ? told : null)
        {
            Contradicts = ours is not null && told != ours,
        };

    private static string Text(Money amount) => $"{amount.Currency.Code} {amount.ToDecimalText()}";
}
