using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>What is the same for everything that somebody decides on in one command.</summary>
/// <param name="Seats">The places that the actor can take.</param>
/// <param name="Twins">What looks like the same asked for once more, by operation.</param>
/// <param name="Proof">The fresh proof of the decision, or of the one that it is part of.</param>
internal sealed record ApprovalSitting(ApprovalSeats Seats, ILookup<Guid, Operation> Twins, StepUp? Proof);

/// <summary>Decides on what waits for a second person, and takes back what is approved but has not left.</summary>
public sealed class ApprovalCommands(IDbContextFactory<PortalDb> factory, OperationSeal seal)
{
    /// <summary>Approves or rejects. Each approval needs its own fresh proof; the last one wanted releases.</summary>
    public async Task<Decided> DecideAsync(Actor actor, DecisionForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        var what = form.Decision == Decision.Approved ? "approval.approve" : "approval.reject";
        return await db.CommitAsync<Decided>(actor, what, async commit =>
        {
            // The approvals before the row: if somebody approves in between, the row's version tells.
            var earlier = await db.Set<Approval>().AsNoTracking()
                .Where(row => row.OperationId == form.OperationId).ToListAsync();
            var operation = await db.Set<Operation>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == form.OperationId);
            if (operation is null || !commit.Rights.Allows(Permission.OrdersRead, operation.AccountId))
            {
                return commit.Refuse(new Decided.NoSuchRequest(), $"operation {form.OperationId:N}", "no such request");
            }

            var seats = await ApprovalSeats.ReadAsync(db, actor, commit.Rights, commit.Now);
            var proof = await ProofAsync(commit, operation, form);
            var twins = await ApprovalTwins.OfAsync(db, operation);
            var decided = await DecideAsync(
                commit, new(seats, twins.ToLookup(_ => operation.Id), proof), operation, earlier, form);
            return decided is Decided.Done
                ? decided
                : commit.Refuse(decided, operation.Subject, decided.GetType().Name);
        });
    }

    /// <summary>
    /// One decision inside a command: checked and written, or told why not. It refuses nothing by itself.
    /// </summary>
    /// <param name="commit">The running command.</param>
    /// <param name="sitting">What is the same for all that the actor decides on in this command.</param>
    /// <param name="operation">The row.</param>
    /// <param name="earlier">Its approvals, read before the row.</param>
    /// <param name="form">What the page showed.</param>
    internal async Task<Decided> DecideAsync(
        Commit commit, ApprovalSitting sitting, Operation operation, List<Approval> earlier, DecisionForm form)
    {
        var seat = sitting.Seats.Of(
            operation.State,
            new(operation.AccountId, operation.RequesterPersonId, operation.ApproverIds),
            earlier.Select(row => new Given(row.OperationId, row.PersonId, row.PersonName, row.PlaceOfPersonId)));
        return Barred(seat, operation)
            ?? Refusal(sitting, operation, earlier, form)
            ?? await InsertAsync(commit, operation, earlier, seat, form, sitting.Proof)
            ?? new Decided.PageIsStale();
    }

    /// <summary>
    /// Takes back what is approved, while its cooling-off time runs and nothing was sent. The requester may, and
    /// everybody who approved.
    /// </summary>
    public async Task<RecallResult> RecallAsync(Actor actor, Guid operationId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, "approval.recall", async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == operationId);
            if (operation is null || !commit.Rights.Allows(Permission.OrdersRead, operation.AccountId))
            {
                return commit.Refuse(RecallResult.NoSuchRequest, $"operation {operationId:N}", "no such request");
            }

            if (!await MayRecallAsync(db, operation, actor))
            {
                return commit.Refuse(RecallResult.NotYours, operation.Subject, "neither requester nor approver");
            }

            // The update compares the version, so attempts and time are still what was read here.
            if (!CanRecall(operation, commit.Now) || !await commit.MoveAsync(
                operation, OperationEvent.Recall, change => change.Problem = OperationProblem.Recalled))
            {
                return commit.Refuse(RecallResult.TooLate, operation.Subject, "not in its cooling-off time");
            }

            commit.Audit(operation.Subject, new { operation.NotBefore });
            return RecallResult.Done;
        });
    }

    internal static bool CanRecall(Operation operation, DateTimeOffset now) =>
        operation is { State: OperationState.Ready, Attempts: 0 } && operation.NotBefore > now;

    internal static async Task<bool> MayRecallAsync(PortalDb db, Operation operation, Actor actor) =>
        operation.RequesterPersonId == actor.PersonId || await db.Set<Approval>().AnyAsync(row =>
            row.OperationId == operation.Id && row.Decision == Decision.Approved
            && (row.PersonId == actor.PersonId || row.PlaceOfPersonId == actor.PersonId));

    private static Decided? Barred(Seat seat, Operation operation) => seat.Bar switch
    {
        DecisionBar.None => null,
        DecisionBar.OwnRequest => new Decided.OwnRequest(),
        DecisionBar.NotWaiting => new Decided.NotWaiting(operation.State),
        DecisionBar.NotOnList => new Decided.NotNamed(),
        DecisionBar.AlreadyYou => new Decided.ApprovedBefore(),
        DecisionBar.AlreadyDelegate => new Decided.PairApproved(seat.Who),
        _ => new Decided.NoRight(Permission.OperationsApprove),
    };

    private Decided? Refusal(
        ApprovalSitting sitting, Operation operation, List<Approval> earlier, DecisionForm form)
    {
        if (operation.Version != form.SeenVersion || operation.TermsHash != form.SeenTerms)
        {
            return new Decided.PageIsStale();
        }

        if (form.Decision == Decision.Rejected)
        {
            return string.IsNullOrWhiteSpace(form.Comment) ? new Decided.CommentMissing() : null;
        }

        // The approval makes the seal anew: what was edited past the portal must not be sealed with it.
        if (!seal.Fits(operation, earlier))
        {
            return new Decided.SealBroken();
        }

        if (sitting.Twins[operation.Id].FirstOrDefault(twin => !form.SeenTwins.Contains(twin.Id)) is { } twin)
        {
            return new Decided.TwinUnseen(twin.Number, twin.RequesterName, twin.RequestedAt, twin.Amount);
        }

        return sitting.Proof is null ? new Decided.StepUpMissing() : null;
    }

    private async Task<Decided?> InsertAsync(
        Commit commit, Operation operation, List<Approval> earlier, Seat seat, DecisionForm form, StepUp? proof)
    {
        var approval = await RowAsync(commit, operation, seat, form, proof);
        var all = earlier.Append(approval).ToList();
        var missing = Math.Max(operation.Needed, 1) - operation.CountApprovals(all);
        var happened = form.Decision == Decision.Rejected ? OperationEvent.Reject
            : missing > 0 ? OperationEvent.ApproveOne : OperationEvent.Approve;
        var leavesAt = commit.Now + TimeSpan.FromMinutes(operation.CoolingOffMinutes);
        var won = await commit.MoveAsync(operation, happened, change =>
        {
            change.DecidedBy = approval.PersonId;
            change.NotBefore = happened == OperationEvent.Approve ? leavesAt : operation.NotBefore;
            change.RowMac = seal.Compute(operation, all);
        });
        if (!won)
        {
            return null;
        }

        commit.Db.Add(approval);
        commit.Audit(operation.Subject, new
        {
            operation.TermsHash,
            approval.Factors,
            approval.StepUpId,
            onBehalfOf = approval.OnBehalfOf.Length == 0 ? null : approval.OnBehalfOf,
            approvals = form.Decision == Decision.Approved ? $"{all.Count} of {operation.Needed}" : null,
            approval.Comment,
        });
        return happened == OperationEvent.Approve ? new Decided.Done(0, leavesAt)
            : new Decided.Done(form.Decision == Decision.Approved ? missing : 0);
    }

    private static async Task<StepUp?> ProofAsync(Commit commit, Operation operation, DecisionForm form) =>
        form.Decision == Decision.Approved
            ? await StepUps.RequireAsync(commit, operation.Id, operation.TermsHash)
            : null;

    private static async Task<Approval> RowAsync(
        Commit commit, Operation operation, Seat seat, DecisionForm form, StepUp? proof)
    {
        var session = await commit.OnceAsync(() => commit.Db.Set<UserSession>().AsNoTracking()
            .SingleAsync(row => row.Id == commit.Actor.SessionId));
        return new()
        {
            Id = Guid.CreateVersion7(),
            OperationId = operation.Id,
            RequesterPersonId = operation.RequesterPersonId,
            PersonId = commit.Actor.PersonId!.Value,
            UserId = commit.Actor.UserId!.Value,
            PersonName = commit.Actor.Name,
            PlaceOfPersonId = seat.PlaceOf!.Value,
            OnBehalfOf = seat.OnBehalfOf,
            Decision = form.Decision,
            TermsHash = form.SeenTerms,
            Factors = session.Factors,
            StepUpId = proof?.Id,
            Comment = form.Comment.Trim(),
            At = commit.Now,
        };
    }
}
