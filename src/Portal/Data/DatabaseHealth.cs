using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MerchantPortal.Portal.Data;

/// <summary>Ready means that the database answers a question about our own rows.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<PortalDb> factory) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<Features.Audit.AuditHead>().CountAsync(cancellationToken);
        return rows == 1 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The audit has no end.");
    }
}
