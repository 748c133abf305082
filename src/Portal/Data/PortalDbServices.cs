using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MerchantPortal.Portal.Data;

/// <summary>What every commit needs besides the database.</summary>
/// <param name="Time">The product's clock.</param>
/// <param name="Audit">The chain that every commit is appended to.</param>
/// <param name="Changes">Tells open pages what changed.</param>
/// <param name="Writers">Whose turn it is to write.</param>
/// <param name="Watchers">What watches or disturbs the database's traffic in a test; none in a real start.</param>
public sealed record PortalDbServices(
    TimeProvider Time, AuditChain Audit, ChangeFeed Changes, WriterTurn Writers,
    IEnumerable<IInterceptor>? Watchers = null);
