using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MerchantPortal.Portal.Security;

/// <summary>A page's policy is the name of the right it needs: [Authorize(Permission.AuditRead)].</summary>
public sealed class PermissionPolicies(IOptions<AuthorizationOptions> options)
    : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        await base.GetPolicyAsync(policyName) ?? new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .AddRequirements(new PermissionNeeded(policyName))
            .Build();
}

/// <summary>The right that a page needs.</summary>
public sealed record PermissionNeeded(string Permission) : IAuthorizationRequirement;

/// <summary>Reads the rights from the rows each time a page is opened.</summary>
public sealed class PermissionCheck(IDbContextFactory<PortalDb> factory, TimeProvider time)
    : AuthorizationHandler<PermissionNeeded>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context, PermissionNeeded requirement)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, CurrentActor.From(context.User), time.GetUtcNow());
        if (rights.Allows(requirement.Permission))
        {
            context.Succeed(requirement);
        }
        else if (context.User.Identity is { IsAuthenticated: true } && context.Resource is HttpContext http
            && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            // A page's document holds nothing yet: the page itself is refused in the circuit, where it names the right.
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Succeed(requirement);
        }
    }
}
