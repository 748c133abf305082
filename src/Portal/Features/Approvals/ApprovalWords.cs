using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The sentences of the inbox and of decisions.</summary>
public sealed class ApprovalWords(
    IStringLocalizer<ApprovalTexts> texts, IStringLocalizer<OperationTexts> operationTexts, RefundWords refunds)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>Reasons and states of orders.</summary>
    public RefundWords Refunds => refunds;

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => refunds.In;

    /// <summary>How a decision ended, with what to do next.</summary>
    public RefundMessage Ended(Decided result, Decision decision, Money amount, string accountName)
    {
        var money = OperationWords.Money(amount);
        return result switch
        {
            Decided.Done => Say($"Done.{decision}", money),
            Decided.NoSuchRequest => Say(nameof(Decided.NoSuchRequest), money),
            Decided.NoRight no => Say(nameof(Decided.NoRight), no.Permission, accountName),
            Decided.OwnRequest => Say(nameof(Decided.OwnRequest)),
            Decided.NotWaiting no => Say(nameof(Decided.NotWaiting), StateWord(no.State)),
            Decided.PageIsStale => Say(nameof(Decided.PageIsStale)),
            Decided.CommentMissing => Say(nameof(Decided.CommentMissing)),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "No such result."),
        };
    }

    /// <summary>Why the person cannot decide, and who can.</summary>
    public RefundMessage Bar(DecisionSheet sheet) => sheet.Bar switch
    {
        DecisionBar.OwnRequest => new(
            texts["bar.OwnRequest"], texts["bar.who", In.Names(sheet.Approvers)]),
        DecisionBar.NoRight => new(
            texts["bar.NoRight", Security.Permission.OperationsApprove, sheet.AccountName],
            texts["bar.who", In.Names(sheet.Approvers)]),
        _ => new(texts["bar.NotWaiting", StandingWord(sheet.Operation.Standing)], texts["bar.NotWaiting.next"]),
    };

    /// <summary>A standing in words.</summary>
    public string StandingWord(OperationStanding standing) => operationTexts[$"state.{standing}"];

    private string StateWord(OperationState state) => operationTexts[$"state.{state}"];

    private RefundMessage Say(string key, params object[] parts) =>
        new(texts[$"decided.{key}", parts], texts[$"decided.{key}.next", parts]);
}
