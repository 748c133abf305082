using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Approvals;

public sealed class ApprovalQueries(IDbContextFactory<PortalDb> factory)
{
    private readonly IDbContextFactory<PortalDb> factory = factory;
}
