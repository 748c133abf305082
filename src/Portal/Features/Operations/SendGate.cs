using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Why nothing at all is sent.</summary>
public enum SendHalt
{
    /// <summary>The audit's anchor file cannot be written.</summary>
    AnchorBroken,

    /// <summary>The audit's chain does not fit.</summary>
    AuditBroken,

    /// <summary>Another computer has the data folder.</summary>
    FolderLost,
}

/// <summary>Whether anything may be sent at all at this moment, whatever waits (reliability design, I11).</summary>
public sealed class SendGate(AuditAnchor anchor, AuditWatch watch, HostLock folder)
{
    /// <summary>Why nothing is sent; null while sending is open.</summary>
    public SendHalt? Halt => watch.BadRow is not null ? SendHalt.AuditBroken
        : folder.Lost is not null ? SendHalt.FolderLost
        : anchor.Broken is not null ? SendHalt.AnchorBroken
        : null;

    /// <summary>The same for the log, with what is known about it.</summary>
    public string? Closed => Halt switch
    {
        SendHalt.AuditBroken => $"the audit does not fit from row {watch.BadRow} on",
        SendHalt.FolderLost => folder.Lost,
        SendHalt.AnchorBroken => $"the audit anchor cannot be written ({anchor.Broken})",
        _ => null,
    };
}
