using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Resolutions;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Shell;

/// <summary>Reads what the frame round every page shows of the signed-in person.</summary>
public sealed class FrameQueries(
    IDbContextFactory<PortalDb> factory, PortalOptions options, TimeProvider time, IStringLocalizer<ShellTexts> texts,
    JumpQueries jumps, ChangeKinds changeKinds, SendGate gate)
{
    private static readonly OperationState[] Unsettled = [OperationState.Unknown, OperationState.NeedsPerson];

    /// <summary>Frame, time zone and the figures in the menu.</summary>
    public async Task<(ShellFrame Frame, TimeZoneInfo Zone, IReadOnlyDictionary<string, int> Counters)> ReadAsync(
        Actor actor)
    {
        var isRehearsal = options.Mode == PortalMode.Rehearse;
        var nobody = new ShellFrame(isRehearsal ? "Harbour & Pine" : texts["product"].Value, "")
        {
            MerchantLine = isRehearsal ? "港松贸易" : null, IsRehearsal = isRehearsal, May = _ => false,
        };
        if (actor.UserId is null)
        {
            return (nobody, TimeZoneInfo.Utc, new Dictionary<string, int>());
        }

        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var zoneId = await db.Users.Where(user => user.Id == actor.UserId).Select(user => user.Zone).SingleAsync();
        var roles = await db.Set<RoleGrant>().Where(grant => grant.UserId == actor.UserId && grant.RevokedAt == null)
            .Select(grant => grant.Role).Distinct().ToListAsync();
        var names = rights.Names;
        var frame = nobody with
        {
            Person = actor.Name,
            Role = string.Join(" · ", roles.OrderBy(role => role).Select(role => texts[$"role.{role}"].Value)),
            May = names.Contains,
            Find = (text, cancel) => jumps.FindAsync(actor, text, cancel),
            AlertsHref = PortalUrls.Approvals,
            PersonHref = PortalUrls.Me,
            Halt = gate.Halt is { } halt ? $"halt.{halt}" : null,
        };
        var counters = await CountAsync(db, actor, rights, now);
        return (frame, TimeZoneInfo.FindSystemTimeZoneById(zoneId), counters);
    }

    private async Task<Dictionary<string, int>> CountAsync(
        PortalDb db, Actor actor, Rights rights, DateTimeOffset now)
    {
        var counters = new Dictionary<string, int>
        {
            ["changes"] = await db.ChangesWaitingOn(changeKinds, rights, actor, now).CountAsync(),
        };
        if (await ApprovalQueries.WaitingAsync(db, actor, rights, now) is { Count: > 0 } waiting)
        {
            counters["approvals"] = waiting.Count;
        }

        if (rights.Allows(Permission.OrdersRead))
        {
            var accounts = rights.AccountsFor(Permission.OrdersRead);
            counters["unknown"] = await db.Set<Operation>().CountAsync(row =>
                (Unsettled.Contains(row.State) || row.DisputedAt != null || row.Problem == OperationProblem.Tampered)
                && (accounts == null || accounts.Contains(row.AccountId)));
            counters["unknown.aged"] = await AttentionQueries.AgedAsync(db, rights, now);
        }

        if (rights.Allows(Permission.PreAuthsRequest))
        {
            counters["preauths"] = await HoldBoards.DueAsync(db, rights, now);
        }

        return counters;
    }
}
