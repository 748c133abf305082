using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>An approval as far as it bars others.</summary>
internal sealed record Given(Guid OperationId, Guid PersonId, string PersonName, Guid PlaceOfPersonId);

/// <summary>Whether somebody may decide on one operation, and in whose place; or why not.</summary>
/// <param name="Bar">Why not; none when the person may.</param>
/// <param name="PlaceOf">Whose place is taken: the person's own where that is possible.</param>
/// <param name="OnBehalfOf">The name of that person; empty for one's own place.</param>
/// <param name="Who">Whom the bar speaks of; empty where of nobody.</param>
/// <param name="From">From when on the person may; only with a fresh grant.</param>
public sealed record Seat(
    DecisionBar Bar, Guid? PlaceOf = null, string OnBehalfOf = "", string Who = "", DateTimeOffset? From = null);

/// <summary>
/// The places that one actor can take now, by their own right or as a delegate. Inbox, sheet, counters and command all
/// ask here, so that a page never offers what the command would refuse.
/// </summary>
internal sealed class ApprovalSeats
{
    private readonly Approvers approvers;
    private readonly Guid me;
    private readonly IReadOnlyList<Place> places;

    private ApprovalSeats(Approvers approvers, Rights rights, Guid me)
    {
        this.approvers = approvers;
        this.me = me;
        places =
        [
            .. rights.Allows(Permission.OperationsApprove)
                ? [new(me, "", rights.AccountsFor(Permission.OperationsApprove), Barring(me))]
                : Array.Empty<Place>(),
            .. from row in approvers.For(me)
               where rights.Allows(Permission.OrdersRead)
               select new Place(
                   row.DelegatorPersonId, row.DelegatorName, approvers.AccountsOf(row.DelegatorPersonId),
                   Barring(row.DelegatorPersonId)),
        ];
    }

    /// <summary>Everybody who could approve at this moment.</summary>
    public Approvers Approvers => approvers;

    public static async Task<ApprovalSeats> ReadAsync(PortalDb db, Actor actor, Rights rights, DateTimeOffset now) =>
        new(await Approvers.ReadAsync(db, now), rights, actor.PersonId ?? Guid.Empty);

    public static async Task<ILookup<Guid, Given>> GivenAsync(PortalDb db, IReadOnlyList<Guid> operations) =>
        (await db.Set<Approval>().AsNoTracking().Where(row => operations.Contains(row.OperationId))
            .Select(row => new Given(row.OperationId, row.PersonId, row.PersonName, row.PlaceOfPersonId))
            .ToListAsync()).ToLookup(row => row.OperationId);

    /// <summary>The one explanation of why the actor can or cannot decide.</summary>
    public Seat Of(OperationState state, ApprovalWish wish, IEnumerable<Given> given)
    {
        var all = given.ToList();
        if (!state.CanDecide())
        {
            return new(DecisionBar.NotWaiting);
        }

        if (wish.RequesterPersonId == me)
        {
            return new(DecisionBar.OwnRequest);
        }

        if (all.Exists(row => row.PersonId == me))
        {
            return new(DecisionBar.AlreadyYou);
        }

        var allowed = places.Where(place => place.Reaches(wish.AccountId) && place.PersonId != wish.RequesterPersonId)
            .ToList();
        var named = allowed.FindAll(place => wish.Names(place.PersonId));
        foreach (var place in named.Where(place => !all.Exists(place.IsBarredBy)))
        {
            return new(DecisionBar.None, place.PersonId, place.PersonId == me ? "" : place.Name);
        }

        return named is [var first, ..]
            ? new(DecisionBar.AlreadyDelegate, Who: all.First(first.IsBarredBy).PersonName)
            : allowed.Count > 0 ? new(DecisionBar.NotOnList)
            : approvers.FreshFrom(me, wish.AccountId) is { } from ? new(DecisionBar.FreshGrant, From: from)
            : new(DecisionBar.NoRight);
    }

    /// <summary>The waiting operations that wait on the actor: those that <see cref="Of"/> bars nothing of.</summary>
    public IQueryable<Operation> WaitingOn(PortalDb db, IQueryable<Operation> rows)
    {
        var waiting = rows.Where(row => row.State == OperationState.PendingApproval && row.RequesterPersonId != me
            && !db.Set<Approval>().Any(given => given.OperationId == row.Id && given.PersonId == me));
        IQueryable<Operation>? all = null;
        foreach (var place in places)
        {
            var (person, accounts, barring) = (place.PersonId, place.Accounts, place.Barring);
            var id = person.ToString("N");
            var some = waiting.Where(row => row.RequesterPersonId != person
                && (accounts == null || accounts.Contains(row.AccountId))
                && (row.ApproverIds == "" || row.ApproverIds.Contains(id))
                && !db.Set<Approval>().Any(given => given.OperationId == row.Id
                    && (barring.Contains(given.PersonId) || barring.Contains(given.PlaceOfPersonId))));
            all = all is null ? some : all.Union(some);
        }

        return all ?? rows.Where(_ => false);
    }

    /// <summary>An approval by one of these, or in the place of one, bars the place: a pair counts once.</summary>
    private List<Guid> Barring(Guid place) =>
        [.. new[] { me, place }.Concat(approvers.PairedWith(me)).Concat(approvers.PairedWith(place)).Distinct()];

    private sealed record Place(
        Guid PersonId, string Name, IReadOnlyList<Guid>? Accounts, List<Guid> Barring)
    {
        public bool Reaches(Guid account) => Accounts is null || Accounts.Contains(account);

        public bool IsBarredBy(Given given) =>
            Barring.Contains(given.PersonId) || Barring.Contains(given.PlaceOfPersonId);
    }
}
