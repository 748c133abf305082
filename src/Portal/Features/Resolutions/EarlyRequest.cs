using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>Before which verdict has proven itself the order may be used again.</summary>
public sealed record EarlyTerms(Guid OperationId);

/// <summary>
/// Lets new requests be made on an order whose failed verdict time has not proven yet. Only the people who gave the
/// verdict can: one of them proposes, another confirms. What is set aside for the operation stays set aside.
/// </summary>
public sealed class EarlyRequest : IChange
{
    public const string Word = "order.early-request";

    public string Kind => Word;

    public string ProposeRight => Permission.OperationsResolve;

    public string ConfirmRight => Permission.OperationsResolve;

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var id = ChangeJson.Read<EarlyTerms>(terms).OperationId;
        var operation = await db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);
        if (operation is not { State: OperationState.ResolvedFailed, ReleasedAt: null, DisputedAt: null })
        {
            return new ChangePlan.Refused("NoOpenVerdict");
        }

        if (operation.Kind.EndsHold())
        {
            return new ChangePlan.Refused("HoldIsLocked");
        }

        if (await db.Set<ChangeRequest>().AnyAsync(row => row.OperationId == id && row.Kind == Word
            && row.State == ChangeState.Applied))
        {
            return new ChangePlan.Refused("AlreadySo");
        }

        return new ChangePlan.Possible
        {
            Subject = operation.Subject,
            Target = $"early {id:N}",
            AccountId = operation.AccountId,
            OperationId = id,
            Before = Facts(operation, "blocked"),
            After = Facts(operation, "open"),
            Only = await PeopleAsync(db, id),
        };
    }

    /// <summary>The confirmed request itself is what opens the order.</summary>
    public Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        commit.Changed("operation", request.OperationId!.Value);
        return Task.FromResult(true);
    }

    private static async Task<List<Guid>> PeopleAsync(PortalDb db, Guid id)
    {
        var verdict = await db.Set<ChangeRequest>().AsNoTracking()
            .Where(row => row.OperationId == id && row.Kind == ResolveOperation.Word
                && row.State == ChangeState.Applied)
            .OrderByDescending(row => row.StateAt).FirstAsync();
        var confirmed = await db.Set<ChangeVote>().Where(row => row.ChangeId == verdict.Id)
            .Select(row => row.PersonId).ToListAsync();
        return [verdict.ProposerPersonId, .. confirmed];
    }

    private static List<ChangeFact> Facts(Operation operation, string requests) =>
    [
        new("operation", operation.Subject),
        new("amount", OperationWords.Money(operation.Amount)),
        new("requests", requests),
    ];
}
