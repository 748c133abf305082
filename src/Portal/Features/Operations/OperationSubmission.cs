using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What somebody asks for, checked by the feature that it belongs to.</summary>
public sealed record OperationWish
{
    /// <summary>Made when the dialog opened: the same intention submitted twice is one operation.</summary>
    public required Guid CommandId { get; init; }

    public required OperationKind Kind { get; init; }
    public required Account Account { get; init; }

    /// <summary>The order that it is about; null for transfers and cards.</summary>
    public Order? Order { get; init; }

    public required Money Amount { get; init; }

    /// <summary>Who gets the money, as it may be shown.</summary>
    public required string Payee { get; init; }

    /// <summary>The provider's number of the payee or of the card's agreement; empty where there is none.</summary>
    public string Target { get; init; } = "";

    /// <summary>See <see cref="OperationDetails"/>.</summary>
    public string Details { get; init; } = "";

    public required string Reason { get; init; }
    public string Comment { get; init; } = "";
    public Guid? BatchId { get; init; }
}

/// <summary>The one way in which operations come into being: before those who approve, never sent.</summary>
public sealed class OperationSubmission(OperationSeal seal, ApprovalPolicies policies)
{
    /// <summary>
    /// Numbers the operation, fixes its terms and seal under the policy of this moment, and adds it to the command.
    /// What it sets aside on its order must have been reserved by the same command.
    /// </summary>
    public async Task<Operation> SubmitAsync(Commit commit, OperationWish wish)
    {
        var rule = await policies.ForAsync(commit, wish.Kind, wish.Account, wish.Amount);
        var operation = new Operation
        {
            Id = Guid.CreateVersion7(),
            Number = Numbers.New(wish.Kind.Letter(), commit.Now),
            Kind = wish.Kind,
            AccountId = wish.Account.Id,
            Provider = wish.Account.Provider,
            OrderId = wish.Order?.Id,
            AmountMinor = wish.Amount.Minor,
            Currency = wish.Amount.Currency.Code,
            Payee = wish.Payee,
            Target = wish.Target,
            Details = wish.Details,
            BatchId = wish.BatchId,
            Needed = rule.Needed,
            CoolingOffMinutes = rule.CoolingOffMinutes,
            ApproverIds = rule.ApproverIds,
            Reason = wish.Reason,
            Comment = wish.Comment.Trim(),
            CommandId = wish.CommandId,
            RequesterPersonId = commit.Actor.PersonId!.Value,
            RequesterUserId = commit.Actor.UserId!.Value,
            RequesterName = commit.Actor.Name,
            RequestedAt = commit.Now,
            DueAt = commit.Now + rule.TimeToDecide,
            State = OperationState.PendingApproval,
            StateAt = commit.Now,
            NotBefore = commit.Now,
        }.WithTerms(wish.Account.MerchantId, wish.Order?.MerchantNumber ?? "");
        operation.RowMac = seal.Compute(operation, []);
        commit.Db.Add(operation);
        commit.Audit(operation.Subject, new
        {
            order = wish.Order?.Number,
            amount = wish.Amount.ToString(),
            operation.Reason,
            operation.Needed,
            operation.TermsHash,
        });
        commit.Changed("operation", operation.Id);
        if (wish.Order is { } order)
        {
            commit.Changed("order", order.Id);
        }

        return operation;
    }

    /// <summary>The operation that this very intention has already become; null while there is none.</summary>
    public static Task<Operation?> SameAsync(PortalDb db, Guid commandId) =>
        db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.CommandId == commandId);
}
