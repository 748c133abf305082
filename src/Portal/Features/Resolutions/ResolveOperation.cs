using System.Globalization;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>
/// Settles an operation by hand (reliability design, section 4.6): only where no question could, with a document, by
/// two resolvers who neither asked for it nor approved it, and after one more question that brought nothing new.
/// </summary>
public sealed class ResolveOperation(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, OperationResolver resolver,
    TimeProvider time) : IChange
{
    public const string Word = "operation.resolve";

    public string Kind => Word;

    public string ProposeRight => Permission.OperationsResolve;

    public string ConfirmRight => Permission.OperationsResolve;

    public bool ProposalNeedsProof => true;

    /// <summary>The target of an operation's verdict.</summary>
    public static string Target(Guid operationId) => $"operation {operationId:N}";

    /// <summary>Asks the provider once more; a definite answer settles it, and the verdict is not needed.</summary>
    public async Task PrepareAsync(Actor actor, string terms)
    {
        var (id, _) = ChangeJson.Read<ResolveTerms>(terms);
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var account = await db.Set<Operation>().Where(row => row.Id == id && row.State == OperationState.NeedsPerson)
            .Select(row => (Guid?)row.AccountId).SingleOrDefaultAsync();
        if (account is not null && rights.Allows(Permission.OperationsResolve, account))
        {
            await resolver.AskAboutAsync(id, CancellationToken.None);
        }
    }

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var (id, verdict) = ChangeJson.Read<ResolveTerms>(terms);
        if (await db.Set<Operation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id) is not { } operation)
        {
            return new ChangePlan.Refused("NoSuchOperation");
        }

        var provider = accounts.ProviderOf(operation.Provider);
        var asked = await db.Set<Evidence>()
            .Where(row => row.OperationId == id && row.Kind == EvidenceKind.Query)
            .OrderByDescending(row => row.At).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync();
        return operation.State != OperationState.NeedsPerson ? new ChangePlan.Refused("NotWithPeople")
            : verdict == Verdict.ResendSame && !operation.Kind.ResendSafe(provider)
                ? new ChangePlan.Refused("NotResendSafe")
            : operation.Kind.CanAsk(provider) && !(asked >= now - Verdicts.FreshFor)
                ? new ChangePlan.Refused("AskFirst") { MayClear = true }
            : await PlanAsync(db, operation, verdict);
    }

    public async Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        var (id, verdict) = ChangeJson.Read<ResolveTerms>(request.Terms);
        var operation = await commit.Db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == id);
        if (operation.State != OperationState.NeedsPerson)
        {
            return false;
        }

        var canAsk = operation.Kind.CanAsk(accounts.ProviderOf(operation.Provider));
        var won = await commit.MoveAsync(operation, verdict.Event(), change =>
        {
            change.SettleAfter = null;
            change.NotBefore = commit.Now;

            // What contradicted itself is settled with it. Evidence that contradicts the verdict disputes it anew.
            change.DisputedAt = null;

            // After a verdict the provider is asked on: whatever contradicts it has to come out.
            change.NextQuestionAt = canAsk && verdict != Verdict.ResendSame
                ? commit.Now + Verdicts.BetweenChecks
                : null;
        });
        commit.Audit(operation.Subject, new
        {
            verdict,
            change = request.Number,
            by = new[] { request.ProposerName, commit.Actor.Name },
            document = request.DocumentSha256,
            wasDisputed = operation.DisputedAt,
        });
        return won;
    }

    private static async Task<ChangePlan> PlanAsync(PortalDb db, Operation operation, Verdict verdict)
    {
        var approvers = await db.Set<Approval>().Where(row => row.OperationId == operation.Id)
            .Select(row => row.PersonId).ToListAsync();
        return new ChangePlan.Possible
        {
            Subject = operation.Subject,
            Target = Target(operation.Id),
            AccountId = operation.AccountId,
            OperationId = operation.Id,
            Before = Facts(operation, nameof(OperationState.NeedsPerson)),
            After = Facts(operation, verdict == Verdict.ResendSame ? "ResendSame" : verdict.Next().ToString()),
            Needed = await ResolutionPolicy.NeededAsync(db, operation),
            Barred = [operation.RequesterPersonId, .. approvers],
            NeedsDocument = true,
        };
    }

    // What was sent since, or what the provider has told since, makes it another question.
    private static List<ChangeFact> Facts(Operation operation, string state) =>
    [
        new("operation", operation.Subject),
        new("amount", OperationWords.Money(operation.Amount)),
        new("payee", operation.Payee),
        new("sent", operation.Attempts.ToString(CultureInfo.InvariantCulture)),
        new("told", operation.RawState),
        new("outcome", state),
    ];
}
