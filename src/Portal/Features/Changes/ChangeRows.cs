using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>The only code that moves a change on: one conditional update whose row count decides.</summary>
internal static class ChangeRows
{
    /// <summary>
    /// Moves a waiting change on, or marks one more confirmation of it, if it is still exactly as it was read and the
    /// one who decides is not its proposer.
    /// </summary>
    public static async Task<bool> EndAsync(
        this Commit commit, ChangeRequest request, ChangeState next, Guid? decidedBy = null)
    {
        var rows = await commit.Db.Set<ChangeRequest>()
            .Where(row => row.Id == request.Id && row.State == ChangeState.Waiting && row.Version == request.Version
                && row.TermsHash == request.TermsHash && (decidedBy == null || row.ProposerPersonId != decidedBy))
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, next)
                .SetProperty(row => row.StateAt, next == ChangeState.Waiting ? request.StateAt : commit.Now)
                .SetProperty(row => row.Version, request.Version + 1));
        if (rows == 1)
        {
            commit.Changed("change", request.Id);
        }

        return rows == 1;
    }

    /// <summary>Tells the audit what is changed, from what to what, and on which document it rests.</summary>
    public static void AuditChange(this Commit commit, ChangeRequest request)
    {
        var before = ChangeJson.Read<List<ChangeFact>>(request.Before).ToDictionary(x => x.Name, x => x.Value);
        var after = ChangeJson.Read<List<ChangeFact>>(request.After).ToDictionary(x => x.Name, x => x.Value);
        commit.Audit(request.Subject, new
        {
            change = request.Number,
            request.Kind,
            before,
            after,
            request.TermsHash,
            request.Comment,
            document = request.DocumentSha256,
        });
    }
}
