using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>The sentences of the inbox and of decisions.</summary>
public sealed class ApprovalWords(
    IStringLocalizer<ApprovalTexts> texts, IStringLocalizer<OperationTexts> operationTexts, RefundWords refunds,
    IEnumerable<ReasonTexts> reasons, IStringLocalizerFactory localizers)
{
    /// <summary>A text by its key.</summary>
    public string this[string key, params object[] parts] => texts[key, parts];

    /// <summary>Reasons and states of orders.</summary>
    public RefundWords Refunds => refunds;

    /// <summary>Amounts, times and names inside sentences.</summary>
    public OperationWords In => refunds.In;

    /// <summary>The managed reason in the words of its kind; a code that is no longer managed stays as it is.</summary>
    public string Reason(OperationFacts operation) =>
        reasons.FirstOrDefault(one => one.Kind == operation.Kind) is { } of
        && localizers.Create(of.Texts)[$"reason.{operation.Reason}"] is { ResourceNotFound: false } known
            ? known
            : refunds.Reason(operation.Reason);

    /// <summary>What an operation asks for, in a few words: "Refund to A. Lindqvist".</summary>
    public string Title(OperationFacts operation) => texts[
        $"item.{operation.Kind}", operation.Kind == OperationKind.Unbind ? Thing(operation) : Payee(operation)];

    /// <summary>The figure of an operation: its amount, or the card where no money moves.</summary>
    public string Thing(OperationFacts operation)
    {
        if (operation.Kind != OperationKind.Unbind)
        {
            return OperationWords.Money(operation.Amount);
        }

        var card = OperationDetails.Read<UnbindDetails>(operation.Details);
        return texts["card", card.Bank, card.LastFour];
    }

    /// <summary>Whom it goes to or against.</summary>
    public string Payee(OperationFacts operation) =>
        operation.Payee.Length == 0 ? refunds["the-payer"] : operation.Payee;

    /// <summary>The same asked for once more, with when and by whom.</summary>
    public string Twin(OperationFacts twin, TimeZoneInfo? zone) =>
        texts["twin", OperationWords.Money(twin.Amount), In.Second(twin.RequestedAt, zone), twin.RequesterName];

    /// <summary>What an approval by this person would lead to.</summary>
    public IEnumerable<string> Consequence(DecisionSheet sheet)
    {
        var operation = sheet.Operation;
        yield return texts[
            $"confirm.approve.{operation.Kind}", sheet.Provider.Name, Thing(operation), Payee(operation)];
        if (sheet.Missing > 1)
        {
            yield return texts["confirm.leaves.more", operation.Needed - sheet.Missing + 1, operation.Needed];
        }

        yield return operation.CoolingOffMinutes == 0
            ? sheet.Missing > 1 ? "" : texts["confirm.leaves.once"]
            : texts["confirm.leaves.cooling", operation.CoolingOffMinutes];
    }

    /// <summary>How a decision ended, with what to do next.</summary>
    public RefundMessage Ended(
        Decided result, Decision decision, string thing, string accountName, TimeZoneInfo? zone = null) => result switch
        {
            Decided.Done { Missing: > 0 } done => Say("Done.More", thing, done.Missing),
            Decided.Done { LeavesAt: { } at } when at > In.Now => Say("Done.Cooling", thing, In.Second(at, zone)),
            Decided.Done => Say($"Done.{decision}", thing),
            Decided.NoSuchRequest => Say(nameof(Decided.NoSuchRequest), thing),
            Decided.NoRight no => Say(nameof(Decided.NoRight), no.Permission, accountName),
            Decided.NotWaiting no => Say(nameof(Decided.NotWaiting), StateWord(no.State)),
            Decided.PairApproved no => Say(nameof(Decided.PairApproved), no.Who),
            Decided.TwinUnseen no => Say(
                nameof(Decided.TwinUnseen), no.By, no.Number, OperationWords.Money(no.Amount)),
            _ => Say(result.GetType().Name),
        };

    /// <summary>Why the person cannot decide, and who can.</summary>
    public RefundMessage Bar(DecisionSheet sheet, TimeZoneInfo? zone) => new(
        Barred(sheet.Seat, sheet.Operation, sheet.AccountName, zone),
        sheet.Seat.Bar == DecisionBar.NotWaiting
            ? texts["bar.NotWaiting.next"]
            : texts["bar.who", In.Names(sheet.Approvers)]);

    /// <summary>Why the person cannot decide, in one line.</summary>
    public string Barred(Seat seat, OperationFacts operation, string accountName, TimeZoneInfo? zone) => seat.Bar switch
    {
        DecisionBar.NoRight => texts["bar.NoRight", Security.Permission.OperationsApprove, accountName],
        DecisionBar.FreshGrant => texts["bar.FreshGrant", In.Minute(seat.From!.Value, zone)],
        DecisionBar.AlreadyDelegate => texts["bar.AlreadyDelegate", seat.Who],
        DecisionBar.NotWaiting => texts["bar.NotWaiting", StandingWord(operation.Standing)],
        _ => texts[$"bar.{seat.Bar}"],
    };

    /// <summary>A standing in words.</summary>
    public string StandingWord(OperationStanding standing) => operationTexts[$"state.{standing}"];

    private string StateWord(OperationState state) => operationTexts[$"state.{state}"];

    private RefundMessage Say(string key, params object[] parts) =>
        new(texts[$"decided.{key}", parts], texts[$"decided.{key}.next", parts]);
}
