using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>Why the actor cannot propose a verdict.</summary>
public enum SettleBar
{
    None,

    /// <summary>Questions have settled it, or still go on.</summary>
    NotWithPeople,

    /// <summary>operations.resolve is missing for the account.</summary>
    NoRight,

    /// <summary>The actor asked for it or decided on it.</summary>
    Involved,
}

/// <summary>Everything that two resolvers look at.</summary>
public sealed record SettleSheet
{
    public required AttentionLine Line { get; init; }
    public required ProviderDescriptor Provider { get; init; }
    public required IReadOnlyList<OperationDecision> Decisions { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<OperationEvidence> Evidence { get; init; }

    /// <summary>The provider answers questions about it.</summary>
    public required bool CanAsk { get; init; }

    /// <summary>The actor may have the provider asked.</summary>
    public required bool MayAsk { get; init; }

    /// <summary>The last question is too old for a verdict.</summary>
    public required bool MustAsk { get; init; }

    public required SettleBar Bar { get; init; }

    /// <summary>The document lets the same number be sent again.</summary>
    public required bool ResendSafe { get; init; }

    /// <summary>How many people have to confirm besides the proposer.</summary>
    public required int Needed { get; init; }

    /// <summary>Who could confirm: resolvers of the account who had no part in it.</summary>
    public required IReadOnlyList<string> Resolvers { get; init; }

    /// <summary>The actor is one of those who may open the order before the proof.</summary>
    public required bool MayOpen { get; init; }

    /// <summary>The changes about it, newest first, by number.</summary>
    public required IReadOnlyList<(string Number, string Kind, ChangeState State)> Changes { get; init; }
}

/// <summary>Reads one operation for those who settle it.</summary>
public sealed class SettleQueries(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, AttentionQueries attention, EarlyRequest early,
    TimeProvider time)
{
    /// <summary>One operation by its number; null when there is none or the actor may not see it.</summary>
    public async Task<SettleSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var row = await db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .SingleOrDefaultAsync(operation => operation.Number == number);
        if (row is null)
        {
            return null;
        }

        var provider = accounts.ProviderOf(row.Provider);
        var people = await PeopleAsync(db, row);
        var changes = await db.Set<ChangeRequest>().AsNoTracking().Where(change => change.OperationId == row.Id)
            .OrderByDescending(change => change.ProposedAt)
            .Select(change => new { change.Number, change.Kind, change.State }).ToListAsync();
        var evidence = await OperationParts.EvidenceAsync(db, row.Id);
        var asked = evidence.Where(one => one.Kind == EvidenceKind.Query).Select(one => one.At).FirstOrDefault();
        var canAsk = row.Kind.CanAsk(provider);
        return new()
        {
            Line = await attention.LineAsync(db, row, now),
            Provider = provider.Descriptor,
            Decisions = await OperationParts.DecisionsAsync(db, row.Id),
            Evidence = evidence,
            CanAsk = canAsk,
            MayAsk = canAsk && rights.Allows(Permission.OrdersAsk, row.AccountId),
            MustAsk = canAsk && asked < now - Verdicts.FreshFor,
            Bar = row.State != OperationState.NeedsPerson ? SettleBar.NotWithPeople
                : !rights.Allows(Permission.OperationsResolve, row.AccountId) ? SettleBar.NoRight
                : people.Contains(actor.PersonId!.Value) ? SettleBar.Involved
                : SettleBar.None,
            ResendSafe = row.Kind.ResendSafe(provider),
            Needed = await ResolutionPolicy.NeededAsync(db, row),
            Resolvers = await ResolversAsync(db, row.AccountId, [.. people, actor.PersonId!.Value], now),
            MayOpen = rights.Allows(Permission.OperationsResolve, row.AccountId)
                && await early.PlanAsync(db, ChangeJson.Write(new EarlyTerms(row.Id)), now) is ChangePlan.Possible plan
                && plan.IsFor(actor.PersonId!.Value),
            Changes = [.. changes.Select(change => (change.Number, change.Kind, change.State))],
        };
    }

    private static async Task<IReadOnlyList<string>> ResolversAsync(
        PortalDb db, Guid accountId, List<Guid> except, DateTimeOffset now)
    {
        var roles = Roles.Holding(Permission.OperationsResolve);
        var users = db.Set<RoleGrant>().AsNoTracking()
            .Where(grant => grant.RevokedAt == null && grant.MoneyFrom <= now && roles.Contains(grant.Role)
                && (grant.AccountId == null || grant.AccountId == accountId))
            .Select(grant => grant.UserId);
        var people = db.Users.AsNoTracking()
            .Where(user => user.DisabledAt == null && users.Contains(user.Id) && !except.Contains(user.PersonId))
            .Select(user => user.PersonId);
        return await db.Set<Person>().AsNoTracking().Where(person => people.Contains(person.Id))
            .Select(person => person.Name).Distinct().OrderBy(name => name).ToListAsync();
    }

    /// <summary>Who had a part in it: the requester and everybody who decided.</summary>
    private static async Task<List<Guid>> PeopleAsync(PortalDb db, Operation row) =>
    [
        row.RequesterPersonId,
        .. await db.Set<Approval>().Where(approval => approval.OperationId == row.Id)
            .Select(approval => approval.PersonId).ToListAsync(),
    ];
}
