using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Home;

/// <summary>The figures of the start page. A figure is null where the reader lacks the right to its list.</summary>
public sealed record HomeView
{
    /// <summary>Requests that the reader may decide, and when the first of them has to be decided.</summary>
    public int? Waiting { get; init; }

    public DateTimeOffset? FirstDueAt { get; init; }

    /// <summary>Movements whose outcome nobody knows yet; questions are still asked.</summary>
    public int? Unknown { get; init; }

    /// <summary>Movements that questions cannot settle, or whose evidence disagrees.</summary>
    public int? NeedsPeople { get; init; }

    /// <summary>Held amounts that end within a day while nobody has asked for anything.</summary>
    public int? HoldsDue { get; init; }

    /// <summary>Movements whose outcome has been unknown for more than a day; null where there are none.</summary>
    public int? Aged { get; init; }

    /// <summary>Changes that wait for the reader's answer; null where there are none.</summary>
    public int? Changes { get; init; }

    /// <summary>Calls of the last seven days that were kept aside.</summary>
    public int? QuarantinedCalls { get; init; }

    /// <summary>Lines of the last seven days' imports that could not be taken.</summary>
    public int? QuarantinedLines { get; init; }

    /// <summary>Statements whose last reading ended early.</summary>
    public int? FailedStatements { get; init; }

    /// <summary>Orders of today by state; null without the right.</summary>
    public IReadOnlyList<(OrderState State, int Count)>? OrdersToday { get; init; }

    /// <summary>What the reader did last.</summary>
    public IReadOnlyList<OwnAct> Acts { get; init; } = [];
}

/// <summary>Something the reader did or tried.</summary>
public sealed record OwnAct(long Seq, DateTimeOffset At, string Action, string Subject, bool Done);

/// <summary>Reads the start page's figures, each within the reader's own view of the list behind it.</summary>
public sealed class HomeQueries(IDbContextFactory<PortalDb> factory, ChangeKinds changeKinds, TimeProvider time)
{
    private const int MostActs = 8;
    public static readonly int RecentDays = 7;

    /// <summary>All figures at this instant.</summary>
    public async Task<HomeView> ReadAsync(Actor actor, TimeZoneInfo zone)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var view = new HomeView { Acts = rights.Names.Count == 0 ? [] : await ActsAsync(db, actor) };
        view = await WithMoneyAsync(db, rights, actor, view, now);
        view = view with
        {
            Aged = Some(await AttentionQueries.AgedAsync(db, rights, now)),
            Changes = Some(await db.ChangesWaitingOn(changeKinds, rights, actor, now).CountAsync()),
        };
        return await WithArrivalsAsync(db, rights, view, now, zone);
    }

    private static int? Some(int count) => count > 0 ? count : null;

    private static async Task<HomeView> WithMoneyAsync(
        PortalDb db, Rights rights, Actor actor, HomeView view, DateTimeOffset now)
    {
        var (waiting, firstDueAt) = await ApprovalQueries.WaitingAsync(db, actor, rights, now);
        if (waiting > 0 || rights.Allows(Permission.OperationsApprove))
        {
            view = view with { Waiting = waiting, FirstDueAt = firstDueAt };
        }

        if (rights.Allows(Permission.OrdersRead))
        {
            var all = Seen(rights, Permission.OrdersRead, db.Set<Operation>());
            view = view with
            {
                Unknown = await all.CountAsync(row => row.State == OperationState.Unknown),
                NeedsPeople =
                    await all.CountAsync(row => row.State == OperationState.NeedsPerson || row.DisputedAt != null),
                HoldsDue = await HoldBoards.DueAsync(db, rights, now),
            };
        }

        return view;
    }

    private static async Task<HomeView> WithArrivalsAsync(
        PortalDb db, Rights rights, HomeView view, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = ZoneDay.Of(now, zone);
        var start = ZoneDay.Start(today, zone);
        var end = ZoneDay.Start(today.AddDays(1), zone);
        var recent = ZoneDay.Start(today.AddDays(1 - RecentDays), zone);
        if (rights.Allows(Permission.OrdersRead))
        {
            var seen = rights.AccountsFor(Permission.OrdersRead);
            var orders = await db.Set<Order>().Where(row => seen == null || seen.Contains(row.AccountId))
                .Where(row => row.OrderedAt >= start && row.OrderedAt < end)
                .GroupBy(row => row.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync();
            view = view with { OrdersToday = [.. orders.OrderBy(row => row.Key).Select(row => (row.Key, row.Count))] };
        }

        if (rights.Allows(Permission.OrdersImport))
        {
            var seen = rights.AccountsFor(Permission.OrdersImport);
            view = view with
            {
                QuarantinedLines = await db.Set<ImportRun>().Where(row => seen == null || seen.Contains(row.AccountId))
                    .Where(row => row.At >= recent).SumAsync(row => row.Quarantined),
            };
        }

        if (rights.Allows(Permission.NotificationsRead))
        {
            var seen = rights.AccountsFor(Permission.NotificationsRead);
            view = view with
            {
                QuarantinedCalls = await db.Set<Inbound>().Where(row => seen == null || seen.Contains(row.AccountId))
                    .CountAsync(row => row.At >= recent && row.Effect == InboundEffect.Quarantined),
            };
        }

        return rights.Allows(Permission.AccountsRead)
            ? view with { FailedStatements = await FailedStatementsAsync(db, rights) }
            : view;
    }

    private static async Task<int> FailedStatementsAsync(PortalDb db, Rights rights)
    {
        var failed = await db.Set<ScheduledTask>()
            .Where(row => row.Name.StartsWith("statement ") && row.LastProblem != "").Select(row => row.Name)
            .ToListAsync();
        return rights.AccountsFor(Permission.AccountsRead) is { } seen
            ? failed.Count(name => seen.Any(id => name == $"statement {id:N}"))
            : failed.Count;
    }

    private static IQueryable<Operation> Seen(Rights rights, string permission, IQueryable<Operation> rows) =>
        rights.AccountsFor(permission) is { } seen ? rows.Where(row => seen.Contains(row.AccountId)) : rows;

    private static Task<List<OwnAct>> ActsAsync(PortalDb db, Actor actor) => db.Set<AuditEntry>().AsNoTracking()
        .Where(row => row.UserId == actor.UserId).OrderByDescending(row => row.Seq).Take(MostActs)
        .Select(row => new OwnAct(row.Seq, row.At, row.Action, row.Subject, row.Outcome == AuditOutcome.Done))
        .ToListAsync();
}
