using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Shell;

/// <summary>A feature's table of contents. What a feature does not have stays empty.</summary>
public sealed class Feature
{
    /// <summary>Its folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its entries in the menu.</summary>
    public IReadOnlyList<NavItem> Nav { get; init; } = [];

    /// <summary>Its rows.</summary>
    public Action<ModelBuilder> Map { get; init; } = _ => { };

    /// <summary>Its services.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    /// <summary>Its plain HTTP endpoints.</summary>
    public Action<IEndpointRouteBuilder> Endpoints { get; init; } = _ => { };
}
