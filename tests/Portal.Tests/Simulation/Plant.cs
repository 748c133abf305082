using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>A bug put in from outside, to show that the simulation sees it.</summary>
/// <param name="Name">What the bug is.</param>
internal sealed record Plant(string Name)
{
    /// <summary>Code that stands between the portal and the provider.</summary>
    public Func<ModelProvider, IPaymentProvider>? Provider { get; init; }

    /// <summary>What it changes in the database before each seed.</summary>
    public string? Sql { get; init; }

    /// <summary>A node that cannot anchor its audit sends all the same.</summary>
    public bool ForgetsSeal { get; init; }

    /// <summary>The seed from which on it is looked for: some bugs need a rare order of events.</summary>
    public int From { get; init; } = 1;

    public override string ToString() => Name;
}
