using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>How a wish for a question ended.</summary>
public enum AskResult
{
    /// <summary>The provider is asked at once.</summary>
    Asked,

    /// <summary>There is no such operation, or the actor may not see it.</summary>
    NoSuchOperation,

    /// <summary>The right to ask is missing.</summary>
    NoRight,

    /// <summary>It is not open at the provider any more, so there is nothing to ask.</summary>
    NothingOpen,
}

/// <summary>What people may do with an operation of any kind: take it back, ask about it. Nothing here sends.</summary>
public sealed class OperationCommands(IDbContextFactory<PortalDb> factory)
{
    /// <summary>Takes back one's own request while nobody has decided.</summary>
    /// <returns>False when it was decided meanwhile or is not the actor's own.</returns>
    public async Task<bool> WithdrawAsync(Actor actor, Guid operationId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "operation.withdraw", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == operationId);
            if (operation is null || operation.RequesterPersonId != actor.PersonId
                || !commit.Rights.Allows(operation.Kind.RequestRight(), operation.AccountId))
            {
                return commit.Refuse(
                    false, operation?.Subject ?? $"operation {operationId:N}", "not the requester's own");
            }

            if (!operation.State.CanWithdraw() || !await commit.MoveAsync(operation, OperationEvent.Withdraw,
                change => change.Problem = OperationProblem.Withdrawn))
            {
                return commit.Refuse(false, operation.Subject, "already decided");
            }

            commit.Audit(operation.Subject);
            return true;
        });
    }

    /// <summary>Lets the provider be asked at once instead of at the next planned time. Asking moves nothing.</summary>
    public async Task<AskResult> AskAsync(Actor actor, Guid operationId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "operation.ask-now", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == operationId);
            if (operation is null || !commit.Rights.Allows(Permission.OrdersRead, operation.AccountId))
            {
                return commit.Refuse(AskResult.NoSuchOperation, $"operation {operationId:N}", "no such operation");
            }

            var subject = operation.Subject;
            if (!commit.Rights.Allows(Permission.OrdersAsk, operation.AccountId))
            {
                return commit.Refuse(AskResult.NoRight, subject, $"lacks {Permission.OrdersAsk}");
            }

            // Only the time moves: state, version and fence stay, so a question that is under way can still record.
            var rows = !operation.State.IsAskedAbout() ? 0 : await db.Set<Operation>()
                .Where(row => row.Id == operationId && row.State == operation.State)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextQuestionAt, commit.Now));
            if (rows == 0)
            {
                return commit.Refuse(AskResult.NothingOpen, subject, $"{operation.State} is not asked about");
            }

            commit.Audit(subject);
            commit.Changed("operation", operationId);
            return AskResult.Asked;
        });
    }
}
