using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>What a refund is checked against.</summary>
/// <param name="Order">The order, which the requester may see.</param>
/// <param name="Account">Its account.</param>
/// <param name="Provider">The account's provider.</param>
/// <param name="Refundable">What can still go back, minor units.</param>
/// <param name="Another">A refund that this one may be meant to repeat; null when there is none.</param>
/// <param name="Verdict">An outcome that has to be settled or proven first; null when there is none.</param>
internal sealed record RefundGround(
    Order Order, Account Account, IPaymentProvider Provider, long Refundable, Operation? Another,
    VerdictBar? Verdict)
{
    /// <summary>Number of the open case about a movement that nobody asked for here; null when there is none.</summary>
    public string? OpenCase { get; init; }
}

/// <summary>What somebody asks for, in a dialog or in a row of a file.</summary>
/// <param name="AmountText">The amount as written.</param>
/// <param name="Reason">Code of the managed reason.</param>
/// <param name="Comment">Words for the reviewer.</param>
/// <param name="SeenRefundable">The rest that was shown when it was written.</param>
/// <param name="MeansAnother">The requester has seen the other refund and means one more.</param>
internal sealed record RefundTerms(
    string AmountText, string Reason, string Comment, long SeenRefundable, bool MeansAnother);

/// <summary>The checks of every refund, whether it is asked for alone or with others.</summary>
internal static class RefundChecks
{
    /// <summary>Why the actor may not ask for refunds of the order; null when nothing stands against it.</summary>
    public static RefundRequested? NotAllowed(Rights rights, Order? order) =>
        order is null || !rights.Allows(Permission.OrdersRead, order.AccountId) ? new RefundRequested.NoSuchOrder()
        : !rights.Allows(Permission.RefundsRequest, order.AccountId)
            ? new RefundRequested.NoRight(Permission.RefundsRequest)
        : null;

    /// <summary>Why this refund cannot be asked for; null when it can, and then the amount is read.</summary>
    public static RefundRequested? Refusal(RefundGround ground, RefundTerms terms, out Money amount)
    {
        var currency = ground.Order.Amount.Currency;
        var refundable = new Money(ground.Refundable, currency);
        if (!Money.TryParse(terms.AmountText.Trim(), currency, out amount) || amount.Minor <= 0)
        {
            return new RefundRequested.AmountUnreadable(currency);
        }

        return ground.Provider.Refunds is null ? new RefundRequested.NotOffered()
            : !ground.Account.IsOn(ground.Provider, ProviderInterface.Refunds) ? new RefundRequested.SwitchedOff()
            : !ground.Order.State.CanRefund() ? new RefundRequested.NotRefundable(ground.Order.State)
            : ground.OpenCase is { } found ? new RefundRequested.CaseOpen(found)
            : ground.Verdict is { } verdict ? new RefundRequested.VerdictOpen(verdict)
            : !RefundReasons.Codes.Contains(terms.Reason) ? new RefundRequested.ReasonMissing()
            : terms.Comment.Length > RefundCommands.MaxComment
                ? new RefundRequested.CommentTooLong(RefundCommands.MaxComment)
            : ground.Refundable != terms.SeenRefundable ? new RefundRequested.PageIsStale(refundable)
            : amount.Minor > ground.Refundable ? new RefundRequested.TooMuch(refundable)
            : ground.Another is { } other && !terms.MeansAnother
                ? new RefundRequested.AnotherIsOpen(
                    other.Number, other.RequesterName, other.RequestedAt, other.Amount)
            : null;
    }
}
