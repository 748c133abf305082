using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>The kinds of change that features registered.</summary>
public sealed class ChangeKinds(IEnumerable<IChange> kinds)
{
    private readonly Dictionary<string, IChange> byKind = kinds.ToDictionary(kind => kind.Kind);

    public IEnumerable<IChange> All => byKind.Values;

    /// <exception cref="InvalidOperationException">No feature knows the kind.</exception>
    public IChange Get(string kind) => byKind.TryGetValue(kind, out var change)
        ? change
        : throw new InvalidOperationException($"Nothing knows changes of the kind {kind}.");

    /// <summary>Whether somebody may read a request: whoever could propose or confirm it, and auditors.</summary>
    public bool MayRead(Rights rights, ChangeRequest request)
    {
        var kind = Get(request.Kind);
        return rights.Allows(Permission.AuditRead) || rights.Allows(kind.ProposeRight, request.AccountId)
            || rights.Allows(kind.ConfirmRight, request.AccountId);
    }
}
