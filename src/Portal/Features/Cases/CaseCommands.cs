using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cases;

/// <summary>A person's explanation of a case, with what the page showed.</summary>
public sealed record CaseAnswer
{
    public required Guid CaseId { get; init; }
    public required int SeenVersion { get; init; }
    public required string Explanation { get; init; }
    public required string Comment { get; init; }

    /// <summary>What went back outside the portal, as typed in the order's currency; for refunds only.</summary>
    public string OutsideText { get; init; } = "";
}

/// <summary>How closing ended. The family is closed.</summary>
public abstract record CaseClosed
{
    public sealed record Done : CaseClosed;

    public sealed record NoSuchCase : CaseClosed;

    public sealed record NoRight : CaseClosed;

    /// <summary>Somebody was faster.</summary>
    public sealed record PageIsStale : CaseClosed;

    public sealed record ExplanationMissing : CaseClosed;

    public sealed record CommentMissing : CaseClosed;

    /// <summary>Not a number, negative, or more decimals than the currency has.</summary>
    public sealed record AmountUnreadable : CaseClosed;

    /// <summary>More than is left of the order.</summary>
    public sealed record TooMuch(Money Rest) : CaseClosed;
}

/// <summary>Closes cases.</summary>
public sealed class CaseCommands(IDbContextFactory<PortalDb> factory)
{
    public const int MaxComment = 500;

    /// <summary>
    /// Closes a case with its explanation. What went back outside is booked on the order, so that nobody can refund it
    /// a second time.
    /// </summary>
    public async Task<CaseClosed> CloseAsync(Actor actor, CaseAnswer form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<CaseClosed>(actor, "case.close", async commit =>
        {
            var found = await db.Set<OutsideCase>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == form.CaseId);
            if (found is null || !commit.Rights.Allows(Permission.OrdersRead, found.AccountId))
            {
                return commit.Refuse(new CaseClosed.NoSuchCase(), $"case {form.CaseId:N}", "no such case");
            }

            var subject = $"case {found.Number}";
            var outside = Outside(found, form);
            CaseClosed? no = !commit.Rights.Allows(Permission.CasesWork, found.AccountId) ? new CaseClosed.NoRight()
                : found.Version != form.SeenVersion || found.State != CaseState.Open ? new CaseClosed.PageIsStale()
                : !CaseExplanations.Of(found.Kind).Contains(form.Explanation) ? new CaseClosed.ExplanationMissing()
                : form.Comment.Trim().Length is 0 or > MaxComment ? new CaseClosed.CommentMissing()
                : outside is null ? new CaseClosed.AmountUnreadable()
                : await BookAsync(commit, found, outside.Value) is { } tooMuch ? tooMuch
                : await SaveAsync(commit, found, form, outside.Value) ? null
                : new CaseClosed.PageIsStale();
            if (no is not null)
            {
                return commit.Refuse(no, subject, no.GetType().Name);
            }

            commit.Audit(
                subject, new { form.Explanation, outside = outside.ToString(), comment = form.Comment.Trim() });
            commit.Changed("case", found.Id);
            commit.Changed("order", found.OrderId);
            return new CaseClosed.Done();
        });
    }

    private static Money? Outside(OutsideCase found, CaseAnswer form)
    {
        var currency = CurrencyTable.Get(found.Currency);
        return found.Kind != CaseKind.Refund ? new Money(0, currency)
            : Money.TryParse(form.OutsideText.Trim(), currency, out var money) && money.Minor >= 0 ? money
            : null;
    }

    private static async Task<CaseClosed?> BookAsync(Commit commit, OutsideCase found, Money outside)
    {
        if (outside.Minor == 0)
        {
            return null;
        }

        var rows = await commit.Db.Set<OrderBalance>()
            .Where(row => row.OrderId == found.OrderId && row.Paid - row.Refunded - row.Reserved >= outside.Minor)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Refunded, row => row.Refunded + outside.Minor));
        if (rows == 1)
        {
            return null;
        }

        var balance = await commit.Db.Set<OrderBalance>().AsNoTracking()
            .SingleAsync(row => row.OrderId == found.OrderId);
        return new CaseClosed.TooMuch(new(balance.Refundable, outside.Currency));
    }

    private static async Task<bool> SaveAsync(Commit commit, OutsideCase found, CaseAnswer form, Money outside)
    {
        var comment = form.Comment.Trim();
        var rows = await commit.Db.Set<OutsideCase>()
            .Where(row => row.Id == found.Id && row.Version == found.Version && row.State == CaseState.Open)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, CaseState.Closed)
                .SetProperty(row => row.Explanation, form.Explanation)
                .SetProperty(row => row.Comment, comment)
                .SetProperty(row => row.OutsideMinor, outside.Minor)
                .SetProperty(row => row.ClosedAt, commit.Now)
                .SetProperty(row => row.ClosedByPersonId, commit.Actor.PersonId)
                .SetProperty(row => row.ClosedBy, commit.Actor.Name)
                .SetProperty(row => row.Version, found.Version + 1));
        return rows == 1;
    }
}
