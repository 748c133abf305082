using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Simulation;

namespace MerchantPortal.Portal.Tests.CrashPoints;

/// <summary>How a point hurts.</summary>
public enum Way
{
    /// <summary>The process ends there.</summary>
    Dies,

    /// <summary>The process lives on, and the connection is gone.</summary>
    Drops,
}

/// <summary>One named point of the reliability design, section 4.4.</summary>
/// <param name="Name">Its name.</param>
internal sealed record CrashPoint(string Name)
{
    /// <summary>The command whose commit is hit, by kind; null for a point on the wire.</summary>
    public Func<OperationKind, string>? Command { get; init; }

    /// <summary>After the commit, where the answer is lost, instead of before it.</summary>
    public bool IsAfterCommit { get; init; }

    public WirePoint Wire { get; init; }

    /// <summary>Only an operation whose first sending broke off comes here for certain.</summary>
    public bool NeedsUnknown { get; init; }

    public static IReadOnlyList<CrashPoint> Commits { get; } =
    [
        .. Both("submit", Submit),
        .. Both("approve", _ => "approval.approve"),
        .. Both("claim", _ => "operation.claim"),
        .. Both("record", _ => "operation.answer"),
        .. Both("sweep", _ => "operation.lease-ran-out", needsUnknown: true),
        .. Both("question", _ => "operation.ask", needsUnknown: true),
        .. Both("answer to a question", _ => "operation.asked", needsUnknown: true),
    ];

    public static IReadOnlyList<CrashPoint> Wires { get; } =
    [
        new("before anything is sent") { Wire = WirePoint.BeforeSend },
        new("before the body") { Wire = WirePoint.BeforeBody },
        new("in the middle of the body") { Wire = WirePoint.MidBody },
        new("after the body") { Wire = WirePoint.AfterBody },
        new("after the answer's headers") { Wire = WirePoint.AfterReplyHeaders },
        new("after the answer's body") { Wire = WirePoint.AfterReplyBody },
        new("before a question") { Wire = WirePoint.BeforeQuestion, NeedsUnknown = true },
        new("after a question") { Wire = WirePoint.AfterQuestion, NeedsUnknown = true },
    ];

    private static CrashPoint[] Both(string name, Func<OperationKind, string> command, bool needsUnknown = false) =>
    [
        new($"before the commit of {name}") { Command = command, NeedsUnknown = needsUnknown },
        new($"after the commit of {name}") { Command = command, NeedsUnknown = needsUnknown, IsAfterCommit = true },
    ];

    private static string Submit(OperationKind kind) => kind switch
    {
        OperationKind.Refund => "refund.request",
        OperationKind.Transfer => "transfer.request",
        OperationKind.Unbind => "card.unbind",
        _ => $"preauth.{kind.Word()}",
    };
}

/// <summary>What the provider does with the first request, and says.</summary>
internal sealed record ReplyClass(string Name, Fate Fate)
{
    /// <summary>The classes that a kind knows: what has no review at its provider arrives late instead.</summary>
    public static IReadOnlyList<ReplyClass> Of(OperationKind kind)
    {
        var reviewed = kind is OperationKind.Refund or OperationKind.Capture or OperationKind.Void;
        var (open, told) = reviewed ? (Standing.InReview, Told.Truth) : (Standing.OnItsWay, Told.Nothing);
        return
        [
            new("done", new(Standing.Done, Standing.Done, Told.Truth)),
            new("taken on or late, done later", new(open, Standing.Done, told)),
            new("taken on or late, refused later", new(open, Standing.Refused, told)),
            new("refused", new(Standing.Refused, Standing.Refused, Told.Truth)),
            new("put off", new(Standing.NeverArrived, Standing.NeverArrived, Told.Later)),
            new("status 500, done", new(Standing.Done, Standing.Done, Told.ProviderFault)),
            new("status 500, not done", new(Standing.NeverArrived, Standing.NeverArrived, Told.ProviderFault)),
            new("unknown code, done", new(Standing.Done, Standing.Done, Told.UnknownCode)),
            new("no answer's bytes, done", new(Standing.Done, Standing.Done, Told.Garbage)),
            new("empty answer, done", new(Standing.Done, Standing.Done, Told.Empty)),
            new("another's number, done", new(Standing.Done, Standing.Done, Told.AnotherNumber)),
            new("closed without an answer, done", new(Standing.Done, Standing.Done, Told.Nothing)),
        ];
    }
}

/// <summary>One case: where it is hit, how, at what kind of operation, and what the provider replies.</summary>
internal sealed record CrashCase(CrashPoint Point, Way Way, OperationKind Kind, ReplyClass Reply)
{
    /// <summary>A connection that closes without an answer has no answer's headers to break at.</summary>
    public bool Exists => Reply.Fate.Told != Told.Nothing
        || Point.Command is not null
        || Point.Wire is not (WirePoint.AfterReplyHeaders or WirePoint.AfterReplyBody);
}
