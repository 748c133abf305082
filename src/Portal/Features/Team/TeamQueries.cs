using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Team;

public sealed class TeamQueries(IDbContextFactory<PortalDb> factory)
{
    private readonly IDbContextFactory<PortalDb> factory = factory;
}
