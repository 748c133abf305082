using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>
/// A start goes on only when the chain since the last anchor fits; the whole is checked by the command.
/// </summary>
internal static class AuditStart
{
    /// <exception cref="StartRefusedException">The chain does not fit: nothing may be sent on top of it.</exception>
    public static async Task CheckAsync(IServiceProvider services, CancellationToken cancel)
    {
        // An alarm that was raised before stays one: nothing is sent before it is heard of.
        await services.GetRequiredService<AuditWatch>().ReadAsync(cancel);
        var factory = services.GetRequiredService<IDbContextFactory<PortalDb>>();
        var last = AuditAnchor.ReadLast(services.GetRequiredService<AuditAnchor>().Path);
        await using var db = await factory.CreateDbContextAsync(cancel);
        var head = await db.Set<AuditHead>().AsNoTracking().SingleAsync(cancel);
        if (last is null)
        {
            return;
        }

        var anchored = await db.Set<AuditEntry>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Seq == last.Seq, cancel);
        if (anchored is null || !anchored.Digest.AsSpan().SequenceEqual(last.Digest) || head.Seq < last.Seq)
        {
            throw new StartRefusedException(
                $"--anchor: the audit was anchored at row {last.Seq}, and the database does not have that row as it "
                    + "was. Run 'audit verify' and find out why before anything is sent.");
        }
    }
}
