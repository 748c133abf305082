using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>
/// Proposes changes that need a second person, answers them, takes them back. The last confirmation does the change in
/// its own transaction, after looking again whether it still means what was shown.
/// </summary>
public sealed class ChangeCommands(
    IDbContextFactory<PortalDb> factory, ChangeKinds kinds, ChangeDocuments documents)
{
    /// <summary>How long a proposal can be confirmed (reliability design, section 5.6).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public const int MostComment = 500;

    /// <summary>Proposes a change.</summary>
    public async Task<Proposed> ProposeAsync(Actor actor, ChangeProposal proposal)
    {
        if (proposal.Document?.Wrong() is { } wrong)
        {
            return new Proposed.DocumentWrong(wrong);
        }

        var file = proposal.Document is { IsText: false } document ? await documents.KeepAsync(document) : "";
        var kept = false;
        try
        {
            await kinds.Get(proposal.Kind).PrepareAsync(actor, proposal.Terms);
            var result = await TryProposeAsync(actor, proposal, file);
            kept = result is Proposed.Done { IsNew: true };
            return result;
        }
        finally
        {
            if (!kept && file.Length > 0)
            {
                documents.Forget(file);
            }
        }
    }

    /// <summary>Confirms or rejects.</summary>
    public async Task<Answered> DecideAsync(Actor actor, ChangeForm form)
    {
        if (form.Answer == ChangeAnswer.Confirmed)
        {
            await PrepareAsync(actor, form.ChangeId);
        }

        await using var db = await factory.CreateDbContextAsync();
        var what = form.Answer == ChangeAnswer.Confirmed ? "change.confirm" : "change.reject";
        return await db.CommitAsync<Answered>(actor, what, async commit =>
        {
            var request = await db.Set<ChangeRequest>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == form.ChangeId);
            if (request is null || !kinds.MayRead(commit.Rights, request))
            {
                return commit.Refuse(new Answered.NoSuchChange(), $"change {form.ChangeId:N}", "no such change");
            }

            return await RefusalAsync(commit, request, form) is { } no
                ? commit.Refuse(no, $"change {request.Number}", no.ToString())
                : await AnswerAsync(commit, request, form);
        });
    }

    /// <summary>Takes one's own proposal back.</summary>
    public async Task<Answered> WithdrawAsync(Actor actor, Guid changeId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Answered>(actor, "change.withdraw", async commit =>
        {
            var request = await db.Set<ChangeRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == changeId);
            if (request is null || request.ProposerPersonId != actor.PersonId || commit.Rights.Names.Count == 0)
            {
                return commit.Refuse(new Answered.NoSuchChange(), $"change {changeId:N}", "no such change of theirs");
            }

            if (!await commit.EndAsync(request, ChangeState.Withdrawn))
            {
                return commit.Refuse(new Answered.NotWaiting(request.State), $"change {request.Number}", "not waiting");
            }

            commit.Audit($"change {request.Number}", new { request.Kind, about = request.Subject });
            return new Answered.Done(ChangeState.Withdrawn);
        });
    }

    private async Task PrepareAsync(Actor actor, Guid changeId)
    {
        await using var db = await factory.CreateDbContextAsync();
        if (await db.Set<ChangeRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == changeId
            && row.State == ChangeState.Waiting && row.ProposerPersonId != actor.PersonId) is { } request)
        {
            await kinds.Get(request.Kind).PrepareAsync(actor, request.Terms);
        }
    }

    private async Task<Proposed> TryProposeAsync(Actor actor, ChangeProposal proposal, string file)
    {
        try
        {
            return await ProposeOnceAsync(actor, proposal, file);
        }
        catch (DbUpdateException)
        {
            // Somebody proposed the same in the same instant, and one of the unique indexes refused this one.
            return await ProposeOnceAsync(actor, proposal, file);
        }
    }

    private async Task<Proposed> ProposeOnceAsync(Actor actor, ChangeProposal proposal, string file)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Proposed>(actor, "change.propose", async commit =>
        {
            if (await db.Set<ChangeRequest>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.CommandId == proposal.CommandId) is { } same)
            {
                return new Proposed.Done(same.Id, same.Number) { IsNew = false };
            }

            var kind = kinds.Get(proposal.Kind);
            var plan = await kind.PlanAsync(db, proposal.Terms, commit.Now);
            var possible = plan as ChangePlan.Possible;
            var subject = possible?.Subject ?? $"change {proposal.Kind}";
            if (!commit.Rights.Allows(kind.ProposeRight, possible?.AccountId))
            {
                return commit.Refuse(new Proposed.NoRight(kind.ProposeRight), subject, $"lacks {kind.ProposeRight}");
            }

            if (plan is ChangePlan.Refused refused)
            {
                return commit.Refuse(new Proposed.Impossible(refused.Reason), subject, refused.Reason);
            }

            var proof = await StepUps.RequireAsync(commit, proposal.Proof.Id, proposal.Proof.TermsHash);
            var no = await ProposalRefusalAsync(commit, proposal, possible!)
                ?? (kind.ProposalNeedsProof && proof is null ? new Proposed.StepUpMissing() : null);
            return no is null
                ? Insert(commit, proposal, possible!, file, proof)
                : commit.Refuse(no, subject, no.ToString());
        });
    }

    private static async Task<Proposed?> ProposalRefusalAsync(
        Commit commit, ChangeProposal proposal, ChangePlan.Possible plan)
    {
        var waiting = await commit.Db.Set<ChangeRequest>()
            .Where(row => row.Target == plan.Target && row.State == ChangeState.Waiting)
            .Select(row => row.Number).FirstOrDefaultAsync();
        return !plan.IsFor(commit.Actor.PersonId!.Value) ? new Proposed.Involved()
            : waiting is not null ? new Proposed.AnotherWaits(waiting)
            : proposal.Comment.Trim() is { Length: 0 or > MostComment } ? new Proposed.CommentMissing()
            : plan.NeedsDocument && proposal.Document is null ? new Proposed.DocumentMissing()
            : null;
    }

    private static Proposed.Done Insert(
        Commit commit, ChangeProposal proposal, ChangePlan.Possible plan, string file, StepUp? proof)
    {
        var request = new ChangeRequest
        {
            Id = Guid.CreateVersion7(),
            Number = Numbers.New('G', commit.Now),
            Kind = proposal.Kind,
            Subject = plan.Subject,
            Target = plan.Target,
            Terms = proposal.Terms,
            Before = ChangeJson.Write(plan.Before),
            After = ChangeJson.Write(plan.After),
            AccountId = plan.AccountId,
            OperationId = plan.OperationId,
            ProposerPersonId = commit.Actor.PersonId!.Value,
            ProposerUserId = commit.Actor.UserId!.Value,
            ProposerName = commit.Actor.Name,
            ProposerStepUpId = proof?.Id,
            ProposedAt = commit.Now,
            ExpiresAt = commit.Now + Life,
            Needed = plan.Needed,
            Barred = string.Join(' ', plan.Barred.Distinct().Select(id => id.ToString("N"))),
            Only = string.Join(' ', plan.Only.Distinct().Select(id => id.ToString("N"))),
            Comment = proposal.Comment.Trim(),
            DocumentName = proposal.Document?.Name ?? "",
            DocumentText = proposal.Document is { IsText: true } text
                ? System.Text.Encoding.UTF8.GetString(text.Content)
                : "",
            DocumentFile = file,
            DocumentSize = proposal.Document?.Content.Length ?? 0,
            DocumentSha256 = proposal.Document?.Sha256 ?? "",
            CommandId = proposal.CommandId,
            State = ChangeState.Waiting,
            StateAt = commit.Now,
        }.WithTerms();
        commit.Db.Add(request);
        commit.AuditChange(request);
        commit.Changed("change", request.Id);
        return new Proposed.Done(request.Id, request.Number);
    }

    private async Task<Answered?> RefusalAsync(Commit commit, ChangeRequest request, ChangeForm form)
    {
        var kind = kinds.Get(request.Kind);
        var person = commit.Actor.PersonId!.Value;
        var before = await commit.Db.Set<ChangeVote>().AnyAsync(row =>
            row.ChangeId == request.Id && row.PersonId == person);
        return !commit.Rights.Allows(kind.ConfirmRight, request.AccountId) ? new Answered.NoRight(kind.ConfirmRight)
            : request.ProposerPersonId == person ? new Answered.OwnProposal()
            : !request.IsFor(person) ? new Answered.Involved()
            : request.State != ChangeState.Waiting ? new Answered.NotWaiting(request.State)
            : request.ExpiresAt <= commit.Now ? new Answered.NotWaiting(ChangeState.Expired)
            : before ? new Answered.AnsweredBefore()
            : request.Version != form.SeenVersion || request.TermsHash != form.SeenTerms ? new Answered.PageIsStale()
            : form.Answer == ChangeAnswer.Rejected && string.IsNullOrWhiteSpace(form.Comment)
                ? new Answered.CommentMissing()
            : form.Answer == ChangeAnswer.Rejected ? null
            : await LookAgainAsync(commit, kind, request)
                ?? (await StepUps.RequireAsync(commit, request.Id, request.TermsHash) is null
                    ? new Answered.StepUpMissing()
                    : null);
    }

    /// <summary>Whether it can still be done, and still means what everybody was shown.</summary>
    private static async Task<Answered?> LookAgainAsync(Commit commit, IChange kind, ChangeRequest request) =>
        await kind.PlanAsync(commit.Db, request.Terms, commit.Now) switch
        {
            ChangePlan.Refused refused => new Answered.Impossible(refused.Reason),
            ChangePlan.Possible plan when request.TermsHash != request.ComputeTermsHash(
                ChangeJson.Write(plan.Before), ChangeJson.Write(plan.After)) => new Answered.Impossible("Moved"),
            ChangePlan.Possible plan when plan.Needed > request.Needed
                || !plan.IsFor(commit.Actor.PersonId!.Value) => new Answered.Involved(),
            _ => null,
        };

    private async Task<Answered> AnswerAsync(Commit commit, ChangeRequest request, ChangeForm form)
    {
        var db = commit.Db;
        var yes = form.Answer == ChangeAnswer.Confirmed;
        var others = await db.Set<ChangeVote>().CountAsync(row =>
            row.ChangeId == request.Id && row.Answer == ChangeAnswer.Confirmed);
        var next = !yes ? ChangeState.Rejected
            : others + 1 >= request.Needed ? ChangeState.Applied
            : ChangeState.Waiting;
        if (!await commit.EndAsync(request, next, decidedBy: commit.Actor.PersonId))
        {
            return commit.Refuse(new Answered.PageIsStale(), $"change {request.Number}", "changed while answering");
        }

        db.Add(new ChangeVote
        {
            Id = Guid.CreateVersion7(),
            ChangeId = request.Id,
            ProposerPersonId = request.ProposerPersonId,
            PersonId = commit.Actor.PersonId!.Value,
            UserId = commit.Actor.UserId!.Value,
            PersonName = commit.Actor.Name,
            Answer = form.Answer,
            TermsHash = form.SeenTerms,
            Factors = await db.Set<UserSession>().AsNoTracking().Where(row => row.Id == commit.Actor.SessionId)
                .Select(row => row.Factors).SingleAsync(),
            StepUpId = (await StepUps.RequireAsync(commit, request.Id, request.TermsHash))?.Id,
            Comment = form.Comment.Trim(),
            At = commit.Now,
        });
        if (next == ChangeState.Applied && !await kinds.Get(request.Kind).ApplyAsync(commit, request))
        {
            return commit.Refuse(new Answered.Impossible("Moved"), $"change {request.Number}", "moved meanwhile");
        }

        commit.AuditChange(request);
        return new Answered.Done(next);
    }
}
