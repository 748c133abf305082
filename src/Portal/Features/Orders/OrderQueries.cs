using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

public sealed class OrderQueries(IDbContextFactory<PortalDb> factory)
{
    private readonly IDbContextFactory<PortalDb> factory = factory;
}
