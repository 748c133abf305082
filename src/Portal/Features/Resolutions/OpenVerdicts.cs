using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Resolutions;

/// <summary>Why nothing new may be asked for on an order.</summary>
public enum VerdictBarReason
{
    /// <summary>People found that an operation did not happen, and time has not proven it yet.</summary>
    NotProvenYet,

    /// <summary>An outcome is unknown for so long that the provider forgets it: people settle it first.</summary>
    MustBeDecided,
}

/// <summary>What stands in the way of a new operation on an order.</summary>
/// <param name="Number">The operation in the way.</param>
/// <param name="Reason">Why.</param>
public sealed record VerdictBar(string Number, VerdictBarReason Reason);

/// <summary>
/// The one check before anything new is asked for on an order (reliability design, sections 4.6 and D13). Every
/// command that makes an operation on an order calls it.
/// </summary>
public static class OpenVerdicts
{
    /// <summary>Allinpay forgets after about a month: older unknowns must be settled before anything new.</summary>
    public static TimeSpan MustDecideAfter { get; } = TimeSpan.FromDays(25);

    private static readonly OperationState[] Unclear =
        [OperationState.Accepted, OperationState.Unknown, OperationState.NeedsPerson];

    /// <summary>What stands in the way; null when nothing does.</summary>
    public static async Task<VerdictBar?> BarAsync(PortalDb db, Guid orderId, DateTimeOffset now)
    {
        var ofOrder = db.Set<Operation>().AsNoTracking().Where(row => row.OrderId == orderId);
        var old = now - MustDecideAfter;
        var forgotten = await ofOrder.Where(row => Unclear.Contains(row.State)
                && db.Set<Attempt>().Any(attempt => attempt.OperationId == row.Id && attempt.StartedAt <= old))
            .OrderBy(row => row.Number).Select(row => row.Number).FirstOrDefaultAsync();
        if (forgotten is not null)
        {
            return new(forgotten, VerdictBarReason.MustBeDecided);
        }

        var unproven = await ofOrder.Where(row => row.State == OperationState.ResolvedFailed && row.ReleasedAt == null
                && !db.Set<ChangeRequest>().Any(change => change.OperationId == row.Id
                    && change.Kind == EarlyRequest.Word && change.State == ChangeState.Applied))
            .OrderBy(row => row.Number).Select(row => row.Number).FirstOrDefaultAsync();
        return unproven is null ? null : new(unproven, VerdictBarReason.NotProvenYet);
    }
}
