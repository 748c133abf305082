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

/// <summary>What people may do with an operation once it is on its way: ask about it. Nothing here sends.</summary>
public sealed class OperationCommands(IDbContextFactory<PortalDb> factory)
{
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
