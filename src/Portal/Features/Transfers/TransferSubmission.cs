using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Turns a checked transfer into an operation, inside a command that holds the day's limits.</summary>
public sealed class TransferSubmission(AccountDirectory accounts, OperationSubmission submission)
{
    /// <summary>What transfers from the account are checked against; null where it cannot make any.</summary>
    internal TransferGround? Ground(Account account, DateTimeOffset now) =>
        accounts.Provider(account).Transfers is { } transfers && accounts.Address(account) is { } address
            ? new(account, transfers, address, now)
            : null;

    /// <summary>Submits the transfer to the payee who was looked at.</summary>
    internal Task<Operation> SubmitAsync(
        Commit commit, Account account, PayeeFacts payee, TransferTerms terms, Guid commandId, Guid? batchId = null) =>
        submission.SubmitAsync(commit, new OperationWish
        {
            CommandId = commandId,
            Kind = OperationKind.Transfer,
            Account = account,
            Amount = terms.Amount(account)!.Value,
            Payee = payee.MaskedName,
            Target = payee.UserId,
            Details = OperationDetails.Write(
                new TransferDetails(terms.Title.Trim(), terms.Remark.Trim(), terms.Reference.Trim())),
            Reason = terms.Reason,
            Comment = terms.Comment,
            BatchId = batchId,
        });
}
