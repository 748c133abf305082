using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Accounts;

public sealed class AccountQueries(IDbContextFactory<PortalDb> factory)
{
    private readonly IDbContextFactory<PortalDb> factory = factory;
}
