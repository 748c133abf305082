using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>
/// Asks for captures and voids of held amounts. Nothing here sends anything, and of one hold there is at most one
/// capture or void that is open or done.
/// </summary>
public sealed class PreAuthCommands(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, OperationSubmission submission)
{
    public const int MaxComment = 500;

    /// <summary>Asks for a capture or void and puts the request before a second person.</summary>
    public async Task<HoldRequested> RequestAsync(Actor actor, HoldForm form)
    {
        if (!form.Kind.EndsHold())
        {
            throw new ArgumentException($"A {form.Kind} does not end a hold.", nameof(form));
        }

        HoldRequested result;
        try
        {
            result = await TryRequestAsync(actor, form);
        }
        catch (DbUpdateException)
        {
            // Two at the same instant: the index let one through. Asked again, the other learns which.
            result = await TryRequestAsync(actor, form);
        }

        return result is HoldRequested.Asked ? result : await SameAsync(form) ?? result;
    }

    private async Task<HoldRequested> TryRequestAsync(Actor actor, HoldForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<HoldRequested>(actor, $"preauth.{form.Kind.Word()}", async commit =>
        {
            var subject = $"order {form.OrderId:N}";
            var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == form.OrderId);
            var hold = await db.Set<Hold>().AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == form.OrderId);
            if (order is null || hold is null || !commit.Rights.Allows(Permission.OrdersRead, order.AccountId))
            {
                return commit.Refuse(new HoldRequested.NoSuchHold(), subject, "no such hold");
            }

            subject = $"order {order.Number}";
            if (!commit.Rights.Allows(Permission.PreAuthsRequest, order.AccountId))
            {
                return commit.Refuse(
                    new HoldRequested.NoRight(Permission.PreAuthsRequest), subject,
                    $"lacks {Permission.PreAuthsRequest}");
            }

            if (await SameAsync(db, form) is { } same)
            {
                return same;
            }

            var amount = order.Amount;
            if (form.Kind == OperationKind.Capture && !TryAmount(form.AmountText, order, out amount))
            {
                return commit.Refuse(
                    new HoldRequested.AmountUnreadable(order.Amount.Currency), subject, $"amount {form.AmountText}");
            }

            var account = await AccountDirectory.GetAsync(commit.Db, order.AccountId);
            return await Refusal(commit, order, hold, account, form, amount) is { } no
                ? commit.Refuse(no, subject, no.ToString())
                : await SubmitAsync(commit, order, hold, account, form, amount);
        });
    }

    internal static bool TryAmount(string text, Order order, out Money amount) =>
        Money.TryParse(text.Trim(), order.Amount.Currency, out amount) && amount.Minor > 0;

    private async Task<HoldRequested?> Refusal(
        Commit commit, Order order, Hold hold, Account account, HoldForm form, Money amount)
    {
        var provider = accounts.Provider(account);
        return !form.Kind.IsOffered(provider) ? new HoldRequested.NotOffered()
            : !form.Kind.IsOn(account, provider) ? new HoldRequested.SwitchedOff()
            : await AnotherAsync(commit.Db, order.Id) is { } other ? Another(other)
            : order.State != OrderState.Held ? new HoldRequested.NotHeld(order.State)
            : order.State != form.SeenState || order.AmountMinor != form.SeenAuthorised
                || hold.Version != form.SeenVersion ? new HoldRequested.PageIsStale()
            : amount.Minor > order.AmountMinor ? new HoldRequested.TooMuch(order.Amount)
            : IsReasonMissing(form) ? new HoldRequested.ReasonMissing()
            : form.Comment.Length > MaxComment ? new HoldRequested.CommentTooLong(MaxComment)
            : IsPayerMissing(provider, hold, form) ? new HoldRequested.PayerMissing()
            : null;
    }

    private async Task<HoldRequested> SubmitAsync(
        Commit commit, Order order, Hold hold, Account account, HoldForm form, Money amount)
    {
        var needsPayer = accounts.Provider(account).PreAuthorisations!.NeedsPayer;
        var operation = await submission.SubmitAsync(commit, new OperationWish
        {
            CommandId = form.CommandId,
            Kind = form.Kind,
            Account = account,
            Order = order,
            Amount = amount,
            Payee = order.Payer,
            Details = OperationDetails.Write(new HoldDetails(needsPayer ? Payer(hold, form) : "")),
            Reason = form.Reason,
            Comment = form.Comment,
        });
        return new HoldRequested.Asked(operation.Id, operation.Number);
    }

    private static bool IsReasonMissing(HoldForm form) => form.Kind == OperationKind.Void
        ? !PreAuthReasons.Codes.Contains(form.Reason)
        : form.Reason.Length > 0;

    private static bool IsPayerMissing(IPaymentProvider provider, Hold hold, HoldForm form) =>
        provider.PreAuthorisations!.NeedsPayer && !OrderFile.IsPayerNumber(Payer(hold, form));

    /// <summary>The shop's own file goes before what somebody types.</summary>
    private static string Payer(Hold hold, HoldForm form) =>
        hold.PayerId.Length > 0 ? hold.PayerId : form.PayerId.Trim();

    private static HoldRequested.AnotherIsOpen Another(Operation other) =>
        new(other.Kind, other.Number, other.RequesterName, other.RequestedAt, other.Amount);

    /// <summary>The capture or void of a hold that is open or done; the unique index says the same.</summary>
    internal static Task<Operation?> AnotherAsync(PortalDb db, Guid orderId) =>
        db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == orderId
            && (row.Kind == OperationKind.Capture || row.Kind == OperationKind.Void)
            && row.State != OperationState.Rejected && row.State != OperationState.Expired
            && row.State != OperationState.Failed && row.ReleasedAt == null);

    private async Task<HoldRequested?> SameAsync(HoldForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await SameAsync(db, form);
    }

    private static async Task<HoldRequested?> SameAsync(PortalDb db, HoldForm form) =>
        await OperationSubmission.SameAsync(db, form.CommandId) is { } same
            ? new HoldRequested.Asked(same.Id, same.Number)
            : null;
}
