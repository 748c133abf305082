using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Refunds;

public sealed class RefundQueries(IDbContextFactory<PortalDb> factory)
{
    private readonly IDbContextFactory<PortalDb> factory = factory;
}
