using System.Globalization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

/// <summary>
/// A reviewer names a delegate for a time. It gives somebody the right to approve, so that a second person confirms
/// it, who is not the delegate.
/// </summary>
public sealed class DelegateChange : IChange
{
    public const string Word = "approval.delegate";

    public string Kind => Word;

    public string ProposeRight => Permission.OperationsApprove;

    public string ConfirmRight => Permission.ChangesConfirm;

    public async Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now)
    {
        var wish = ChangeJson.Read<DelegationTerms>(terms);
        if (await DelegationChanges.FaultAsync(db, wish, now) is { } fault)
        {
            return new ChangePlan.Refused(fault.ToString());
        }

        var names = await db.Set<Person>().AsNoTracking()
            .Where(row => row.Id == wish.DelegatorPersonId || row.Id == wish.DelegatePersonId)
            .ToDictionaryAsync(row => row.Id, row => row.Name);
        return new ChangePlan.Possible
        {
            Subject = "approval delegate",
            Target = $"delegation {wish.DelegatorPersonId:N}",
            Before = Facts(names[wish.DelegatorPersonId], "", "", ""),
            After = Facts(
                names[wish.DelegatorPersonId], names[wish.DelegatePersonId], Minute(wish.From), Minute(wish.Until)),
            Barred = [wish.DelegatePersonId],
        };
    }

    /// <summary>Only one's own place can be given.</summary>
    public async Task<bool> ApplyAsync(Commit commit, ChangeRequest request)
    {
        var wish = ChangeJson.Read<DelegationTerms>(request.Terms);
        return wish.DelegatorPersonId == request.ProposerPersonId && await DelegationChanges.ApplyAsync(commit, wish);
    }

    private static string Minute(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static List<ChangeFact> Facts(string delegator, string standIn, string from, string until) =>
    [
        new("delegator", delegator),
        new("delegate", standIn),
        new("from", from),
        new("until", until),
    ];
}
