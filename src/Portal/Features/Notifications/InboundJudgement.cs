using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Orders;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>
/// What a call means for us, decided from its verdict and our rows before anything is written. Taking a call in and
/// reading an old one again decide by the same code, so that a dry run cannot tell another story.
/// </summary>
/// <param name="Effect">What it does.</param>
/// <param name="Why">The reason, where there is one; empty otherwise.</param>
internal sealed record InboundJudgement(InboundEffect Effect, string Why)
{
    public const string AskedAbout = "MD5 news is asked about";
    public const string NoSuchOrder = "no such order";

    /// <summary>Set where this call is the news itself, so that its repeats are known.</summary>
    public string? SemanticKey { get; init; }

    /// <summary>The order it is about.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The shop's number that the message names.</summary>
    public string? NamedOrder { get; init; }

    /// <summary>The facts that are to be learnt; null when nothing is believed.</summary>
    public OrderFacts? Learn { get; init; }

    /// <summary>The provider is asked about the order instead.</summary>
    public bool Asks { get; init; }

    /// <summary>The earlier call with the same news.</summary>
    public Guid? FirstId { get; init; }

    /// <summary>Decides. Reads only.</summary>
    public static async Task<InboundJudgement> OfAsync(PortalDb db, Account account, NotificationVerdict verdict) =>
        verdict switch
        {
            NotificationVerdict.Genuine genuine => await OfGenuineAsync(db, account, genuine) with
            {
                NamedOrder = genuine.Facts.MerchantNumber,
            },
            NotificationVerdict.OutsideShape outside => await InsteadAsync(db, account, outside),
            NotificationVerdict.Forged forged => new(InboundEffect.Quarantined, forged.Why),
            NotificationVerdict.Malformed malformed => new(InboundEffect.Quarantined, malformed.Why),
            NotificationVerdict.NoKey { Why.Length: > 0 } noKey => new(InboundEffect.Quarantined, noKey.Why),
            _ => new(InboundEffect.Quarantined, "no key is configured"),
        };

    private static async Task<InboundJudgement> OfGenuineAsync(
        PortalDb db, Account account, NotificationVerdict.Genuine genuine)
    {
        var first = await db.Set<Inbound>().AsNoTracking()
            .Where(row => row.AccountId == account.Id && row.SemanticKey == genuine.SemanticKey)
            .Select(row => new { row.Id, row.OrderId }).SingleOrDefaultAsync();
        if (first is not null)
        {
            return new(InboundEffect.Repeat, "") { OrderId = first.OrderId, FirstId = first.Id };
        }

        var judged = await OrderLearning.JudgeAsync(db, db.Set<Order>().AsNoTracking(), account, genuine.Facts);

        // An MD5 key is known to both sides and MD5 is weak: such news only makes us ask (reliability design, C4).
        if (account.AnswerSignature == SignatureMode.Md5 && judged.Learnt == Learnt.Changed)
        {
            return new(InboundEffect.NothingNew, AskedAbout)
            {
                SemanticKey = genuine.SemanticKey, OrderId = judged.Order!.Id, Asks = true,
            };
        }

        return judged.Learnt switch
        {
            Learnt.Changed or Learnt.NothingNew => new(
                judged.Learnt == Learnt.Changed ? InboundEffect.Applied : InboundEffect.NothingNew, "")
            {
                SemanticKey = genuine.SemanticKey, OrderId = judged.Order!.Id, Learn = genuine.Facts,
            },
            Learnt.UnknownOrder => new(InboundEffect.Quarantined, NoSuchOrder),
            Learnt.Impossible => new(InboundEffect.Quarantined, "the order's state does not allow it")
            {
                OrderId = judged.Order!.Id, Asks = true,
            },
            _ => new(InboundEffect.Quarantined, "merchant, amount, currency or number is not that of our order")
            {
                OrderId = judged.Order?.Id ?? await NewestAsync(db, account, genuine.Facts.MerchantNumber),
                Asks = true,
            },
        };
    }

    private static async Task<InboundJudgement> InsteadAsync(
        PortalDb db, Account account, NotificationVerdict.OutsideShape outside) =>
        new(InboundEffect.Quarantined, outside.Why)
        {
            NamedOrder = outside.MerchantNumber,
            OrderId = outside.MerchantNumber is { } number ? await NewestAsync(db, account, number) : null,
            Asks = true,
        };

    private static async Task<Guid?> NewestAsync(PortalDb db, Account account, string merchantNumber) =>
        await db.Set<Order>().Where(row => row.AccountId == account.Id && row.MerchantNumber == merchantNumber)
            .OrderByDescending(row => row.OrderedAt).Select(row => (Guid?)row.Id).FirstOrDefaultAsync();
}
