using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>Writes down what the shop means to capture. A plan reminds people; it sends nothing.</summary>
public sealed class PlanCommands(IDbContextFactory<PortalDb> factory)
{
    /// <summary>Sets, changes or takes away the plan of one hold.</summary>
    public async Task<PlanResult> PlanAsync(Actor actor, PlanForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "preauth.plan", async commit =>
        {
            var subject = $"order {form.OrderId:N}";
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == form.OrderId);
            var hold = await db.Set<Hold>().AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == form.OrderId);
            if (order is null || hold is null || !commit.Rights.Allows(Permission.OrdersRead, order.AccountId))
            {
                return commit.Refuse(PlanResult.NoSuchHold, subject, "no such hold");
            }

            subject = $"order {order.Number}";
            if (!commit.Rights.Allows(Permission.PreAuthsRequest, order.AccountId))
            {
                return commit.Refuse(PlanResult.NoRight, subject, $"lacks {Permission.PreAuthsRequest}");
            }

            var (refusal, amount) = Check(commit, order, hold, form);
            if (refusal is { } no)
            {
                return commit.Refuse(no, subject, no.ToString());
            }

            var planned = amount?.Minor;
            var at = amount is null ? null : form.At;
            var by = amount is null ? "" : actor.Name;
            var rows = await db.Set<Hold>()
                .Where(row => row.OrderId == form.OrderId && row.Version == form.SeenVersion)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.PlannedMinor, planned)
                    .SetProperty(row => row.PlannedAt, at)
                    .SetProperty(row => row.PlannedBy, by)
                    .SetProperty(row => row.Version, row => row.Version + 1));
            if (rows == 0)
            {
                return commit.Refuse(PlanResult.PageIsStale, subject, "the plan changed meanwhile");
            }

            commit.Audit(subject, new
            {
                before = hold.Planned(order.Amount.Currency)?.ToString(),
                planned = amount?.ToString(),
                at,
            });
            commit.Changed("order", order.Id);
            return PlanResult.Planned;
        });
    }

    private static (PlanResult? Refusal, Money? Amount) Check(Commit commit, Order order, Hold hold, PlanForm form)
    {
        Money? amount = null;
        if (form.AmountText.Trim().Length > 0)
        {
            if (!PreAuthCommands.TryAmount(form.AmountText, order, out var read))
            {
                return (PlanResult.AmountUnreadable, null);
            }

            amount = read;
        }

        PlanResult? refusal = order.State != OrderState.Held ? PlanResult.NotHeld
            : hold.Version != form.SeenVersion ? PlanResult.PageIsStale
            : amount is { } money && money.Minor > order.AmountMinor ? PlanResult.TooMuch
            : amount is not null && form.At is { } at && (at < commit.Now || at > hold.EndsAt)
                ? PlanResult.TimeOutside
            : null;
        return (refusal, amount);
    }
}
