using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Cases;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>What a requester fills in, and what the page showed while it was filled in.</summary>
public sealed record RefundForm
{
    /// <summary>Made when the dialog opened; sent twice, it is still one request.</summary>
    public required Guid CommandId { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The amount as typed, in the order's currency.</summary>
    public required string AmountText { get; init; }

    /// <summary>The refundable rest that the page showed, minor units.</summary>
    public required long SeenRefundable { get; init; }

    public required string Reason { get; init; }
    public string Comment { get; init; } = "";

    /// <summary>The requester has seen that a refund of this order is waiting and means another one.</summary>
    public bool MeansAnother { get; init; }
}

/// <summary>How a request ended. The family is closed.</summary>
public abstract record RefundRequested
{
    public sealed record Asked(Guid Id, string Number) : RefundRequested;

    public sealed record NoRight(string Permission) : RefundRequested;

    public sealed record NoSuchOrder : RefundRequested;

    public sealed record NotRefundable(OrderState State) : RefundRequested;

    /// <summary>The provider has no interface for refunds.</summary>
    public sealed record NotOffered : RefundRequested;

    /// <summary>No evidence confirms the provider's refund interface, and nobody has switched it on.</summary>
    public sealed record SwitchedOff : RefundRequested;

    /// <summary>Another operation of the order is not settled or not proven yet.</summary>
    public sealed record VerdictOpen(VerdictBar Bar) : RefundRequested;

    /// <summary>The provider shows a movement on the order that nobody asked for here; it is explained first.</summary>
    public sealed record CaseOpen(string Number) : RefundRequested;

    /// <summary>Not a number, not positive, or more decimals than the currency has.</summary>
    public sealed record AmountUnreadable(Currency Currency) : RefundRequested;

    public sealed record TooMuch(Money Refundable) : RefundRequested;

    public sealed record ReasonMissing : RefundRequested;

    public sealed record CommentTooLong(int Max) : RefundRequested;

    /// <summary>The rest changed while the page was open.</summary>
    public sealed record PageIsStale(Money Refundable) : RefundRequested;

    /// <summary>Another refund of this order waits or just went out.</summary>
    public sealed record AnotherIsOpen(string Number, string By, DateTimeOffset At, Money Amount) : RefundRequested;
}

/// <summary>Asks for refunds. Nothing here sends anything.</summary>
public sealed class RefundCommands(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, RefundSubmission submission,
    RefundPolicy policy)
{
    public const int MaxComment = 500;

    /// <summary>
    /// Asks for a refund: reserves the money on the order and puts the request before a second person.
    /// </summary>
    public async Task<RefundRequested> RequestAsync(Actor actor, RefundForm form)
    {
        // Two clicks of one dialog at the same instant: one of them gets through, and its answer is everybody's.
        try
        {
            var result = await TryRequestAsync(actor, form);
            return result is RefundRequested.Asked ? result : await SameAsync(form) ?? result;
        }
        catch (DbUpdateException)
        {
            if (await SameAsync(form) is { } same)
            {
                return same;
            }

            throw;
        }
    }

    private async Task<RefundRequested> TryRequestAsync(Actor actor, RefundForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<RefundRequested>(actor, "refund.request", async commit =>
        {
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == form.OrderId);
            if (RefundChecks.NotAllowed(commit.Rights, order) is { } barred)
            {
                return commit.Refuse(barred, Subject(order, form), barred.ToString());
            }

            if (await SameAsync(db, form) is { } same)
            {
                return same;
            }

            var ground = await GroundAsync(commit, order!);
            var terms = new RefundTerms(
                form.AmountText, form.Reason, form.Comment, form.SeenRefundable, form.MeansAnother);
            if (RefundChecks.Refusal(ground, terms, out var amount) is { } no)
            {
                return commit.Refuse(no, Subject(order, form), $"{no} (amount {form.AmountText})");
            }

            return await submission.SubmitAsync(commit, ground, amount, terms, form.CommandId) is { } operation
                ? new RefundRequested.Asked(operation.Id, operation.Number)
                : commit.Refuse(
                    new RefundRequested.TooMuch(amount), Subject(order, form), "the rest went while asking");
        });
    }

    private async Task<RefundRequested?> SameAsync(RefundForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await SameAsync(db, form);
    }

    private static async Task<RefundRequested?> SameAsync(PortalDb db, RefundForm form) =>
        await OperationSubmission.SameAsync(db, form.CommandId) is { } same
            ? new RefundRequested.Asked(same.Id, same.Number)
            : null;

    private static string Subject(Order? order, RefundForm form) =>
        order is null ? $"order {form.OrderId:N}" : $"order {order.Number}";

    private async Task<RefundGround> GroundAsync(Commit commit, Order order)
    {
        var account = await AccountDirectory.GetAsync(commit.Db, order.AccountId);
        var balance = await commit.Db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id);
        var another = await RefundDuplicates.FindAsync(commit.Db, order.Id, commit.Now - policy.DuplicateWindow);
        var verdict = await OpenVerdicts.BarAsync(commit.Db, order.Id, commit.Now);
        return new(order, account, accounts.Provider(account), balance.Refundable, another, verdict)
        {
            OpenCase = await OutsideFacts.OpenOnAsync(commit.Db, order.Id),
        };
    }
}
