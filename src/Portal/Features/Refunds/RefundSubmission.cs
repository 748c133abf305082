using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Turns a checked refund into an operation: the money is set aside first, in the same command.</summary>
public sealed class RefundSubmission(OperationSubmission submission)
{
    /// <summary>Reserves and submits; null when so much is not left any more.</summary>
    internal async Task<Operation?> SubmitAsync(
        Commit commit, RefundGround ground, Money amount, RefundTerms terms, Guid commandId, Guid? batchId = null) =>
        await commit.ReserveAsync(ground.Order.Id, amount.Minor)
            ? await submission.SubmitAsync(commit, new OperationWish
            {
                CommandId = commandId,
                Kind = OperationKind.Refund,
                Account = ground.Account,
                Order = ground.Order,
                Amount = amount,
                Payee = ground.Order.Payer,
                Reason = terms.Reason,
                Comment = terms.Comment,
                BatchId = batchId,
            })
            : null;
}
