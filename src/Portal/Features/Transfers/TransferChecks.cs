using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>What a transfer is checked against.</summary>
/// <param name="Account">The account that pays.</param>
/// <param name="Transfers">Its provider's transfers.</param>
/// <param name="Address">How the provider is spoken to.</param>
/// <param name="Now">When it is asked for.</param>
internal sealed record TransferGround(
    Account Account, ITransfers Transfers, ProviderAccount Address, DateTimeOffset Now);

/// <summary>The checks of every transfer, whether it is asked for alone or with others.</summary>
internal static class TransferChecks
{
    /// <summary>Why a look at a payee does not do; null when it is fresh and its name was seen.</summary>
    public static TransferRequested? Unseen(PayeeCheck check, string seenName, DateTimeOffset now) =>
        now >= check.At + PayeeCheck.Fresh ? new TransferRequested.CheckTooOld(check.At)
        : seenName != check.MaskedName ? new TransferRequested.NameDiffers(check.MaskedName)
        : null;

    /// <summary>Why nobody may ask for these terms; null when document and own rules allow them.</summary>
    public static TransferRequested? Refusal(TransferGround ground, string payeeId, TransferTerms terms)
    {
        if (terms.Amount(ground.Account) is not { } amount)
        {
            return new TransferRequested.AmountUnreadable(terms.CurrencyOf(ground.Account));
        }

        var transfer = new TransferRequest
        {
            TransferNumber = "T", Amount = amount, PayeeId = payeeId, Title = terms.Title.Trim(),
            Remark = terms.Remark.Trim(), RequestedAt = ground.Now,
        };
        return ground.Transfers.Fault(transfer, ground.Address) is not TransferFault.None and var fault
                ? new TransferRequested.OutsideDocument(fault)
            : !TransferReasons.Codes.Contains(terms.Reason) ? new TransferRequested.ReasonMissing()
            : terms.Comment.Length > TransferCommands.MaxComment
                ? new TransferRequested.CommentTooLong(TransferCommands.MaxComment)
            : null;
    }
}
