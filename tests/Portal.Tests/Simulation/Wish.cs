namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>What one person meant once, kept outside of the portal: the terms of everything later.</summary>
/// <param name="Name">Its name in traces.</param>
/// <param name="CommandId">The intention's own number, however often it is submitted.</param>
/// <param name="Requester">Who meant it.</param>
/// <param name="Order">The shop's number of the order.</param>
/// <param name="Minor">How much, in minor units.</param>
/// <param name="Ask">Submits it on a node; the command's own answer.</param>
internal sealed record Wish(
    string Name, Guid CommandId, Guid Requester, string Order, long Minor, Func<Node, Task<string>> Ask)
{
    /// <summary>Somebody was told that it is asked for.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Its row was edited past the portal: it must never be sent.</summary>
    public bool IsTampered { get; set; }
}
