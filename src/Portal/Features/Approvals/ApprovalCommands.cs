using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>A decision with what the page showed when it was taken.</summary>
/// <param name="OperationId">What is decided on.</param>
/// <param name="SeenVersion">The row's version on the page.</param>
/// <param name="SeenTerms">The terms' digest on the page.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Comment">Why; needed for a no.</param>
public sealed record DecisionForm(
    Guid OperationId, int SeenVersion, string SeenTerms, Decision Decision, string Comment);

/// <summary>How a decision ended. The family is closed.</summary>
public abstract record Decided
{
    public sealed record Done : Decided;

    public sealed record NoSuchRequest : Decided;

    public sealed record NoRight(string Permission) : Decided;

    /// <summary>Nobody decides on what they asked for themselves.</summary>
    public sealed record OwnRequest : Decided;

    /// <summary>Somebody was faster, or it was taken back.</summary>
    public sealed record NotWaiting(OperationState State) : Decided;

    /// <summary>What the page showed is not what the request says.</summary>
    public sealed record PageIsStale : Decided;

    public sealed record CommentMissing : Decided;
}

/// <summary>Decides on what waits for a second person.</summary>
public sealed class ApprovalCommands(IDbContextFactory<PortalDb> factory, OperationSeal seal)
{
    /// <summary>Approves or rejects.</summary>
    public async Task<Decided> DecideAsync(Actor actor, DecisionForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        var what = form.Decision == Decision.Approved ? "approval.approve" : "approval.reject";
        return await db.CommitAsync<Decided>(actor, what, async commit =>
        {
            var operation = await db.Set<Operation>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == form.OperationId);
            if (operation is null || !commit.Rights.Allows(Permission.OrdersRead, operation.AccountId))
            {
                return commit.Refuse(new Decided.NoSuchRequest(), $"operation {form.OperationId:N}", "no such request");
            }

            var subject = operation.Subject;
            return Refusal(commit, operation, form) is { } no
                ? commit.Refuse(no, subject, no.GetType().Name)
                : await InsertAsync(commit, operation, form)
                    ? new Decided.Done()
                    : commit.Refuse(new Decided.PageIsStale(), subject, "changed while deciding");
        });
    }

    private static Decided? Refusal(Commit commit, Operation operation, DecisionForm form) =>
        !commit.Rights.Allows(Permission.OperationsApprove, operation.AccountId)
            ? new Decided.NoRight(Permission.OperationsApprove)
        : operation.RequesterPersonId == commit.Actor.PersonId ? new Decided.OwnRequest()
        : !operation.State.CanDecide() ? new Decided.NotWaiting(operation.State)
        : operation.Version != form.SeenVersion || operation.TermsHash != form.SeenTerms ? new Decided.PageIsStale()
        : form.Decision == Decision.Rejected && string.IsNullOrWhiteSpace(form.Comment) ? new Decided.CommentMissing()
        : null;

    private async Task<bool> InsertAsync(Commit commit, Operation operation, DecisionForm form)
    {
        var session = await commit.Db.Set<UserSession>().AsNoTracking()
            .SingleAsync(row => row.Id == commit.Actor.SessionId);
        var approval = new Approval
        {
            Id = Guid.CreateVersion7(),
            OperationId = operation.Id,
            RequesterPersonId = operation.RequesterPersonId,
            PersonId = commit.Actor.PersonId!.Value,
            UserId = commit.Actor.UserId!.Value,
            PersonName = commit.Actor.Name,
            Decision = form.Decision,
            TermsHash = form.SeenTerms,
            Factors = session.Factors,
            Comment = form.Comment.Trim(),
            At = commit.Now,
        };
        var happened = form.Decision == Decision.Approved ? OperationEvent.Approve : OperationEvent.Reject;
        var won = await commit.MoveAsync(operation, happened, change =>
        {
            change.DecidedBy = approval.PersonId;
            change.NotBefore = commit.Now;
            change.RowMac = seal.Compute(operation, [approval]);
        });
        if (won)
        {
            commit.Db.Add(approval);
            commit.Audit(operation.Subject, new { operation.TermsHash, approval.Factors, approval.Comment });
        }

        return won;
    }
}
