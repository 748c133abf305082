using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>One fault as it is tried with one kind of operation.</summary>
/// <param name="Id">The fault's row of the threat model: "D7".</param>
/// <param name="Name">What goes wrong.</param>
/// <param name="Kind">The kind.</param>
/// <param name="OnBoth">Whether the database has a part in it.</param>
/// <param name="Run">Tries it.</param>
internal sealed record FaultCase(
    string Id, string Name, OperationKind Kind, bool OnBoth, Func<DatabaseKind, Task> Run)
{
    public override string ToString() => $"{Id} {Name}, {Kind.Word()}";
}

/// <summary>
/// Faults D1 to D15 of the threat model times the five kinds: a case each, or the reason why there is none.
/// </summary>
internal static class FaultMatrix
{
    private static readonly OperationKind[] Kinds = Enum.GetValues<OperationKind>();

    /// <summary>The cells that make no sense, and why.</summary>
    public static IReadOnlyDictionary<(string Id, OperationKind Kind), string> Reasons { get; } =
        new Dictionary<(string, OperationKind), string>
        {
            [("D4", OperationKind.Transfer)] =
                "A transfer is about no order: what it may take is the day's limit, which TransferLimitTests races.",
            [("D4", OperationKind.Unbind)] = "Taking a card away moves no money, so there is no balance to exceed.",
            [("D11", OperationKind.Refund)] = "A refund is asked about by its number; no answer has pages.",
            [("D11", OperationKind.Capture)] = "A capture is asked about by its order; no answer has pages.",
            [("D11", OperationKind.Void)] = "A void is asked about by its order; no answer has pages.",
            [("D11", OperationKind.Transfer)] = "A transfer is asked about by its number; no answer has pages.",
        };

    public static IReadOnlyList<FaultCase> Cases { get; } =
    [
        .. Kinds.SelectMany(Http),
        .. Kinds.SelectMany(kind => Scripted(kind).Where(one => !Reasons.ContainsKey((one.Id, kind)))),
    ];

    private static IEnumerable<FaultCase> Http(OperationKind kind)
    {
        yield return Over(kind, "D1", "timeout after accept", HttpFaults.AnswerLost);
        foreach (var fault in new[] { "dropped", "reset-after", "cut-off", "redirect-307" })
        {
            yield return Over(kind, "D6", $"{fault} delivers once", one => HttpFaults.Unclear(one, fault));
        }

        foreach (var (fault, name) in new[]
        {
            ("error-500", "500"), ("error-500-done", "500 but done"), ("html-200", "HTML 200"),
            ("empty-200", "empty 200"), ("truncated", "truncated body"), ("oversized", "oversized body"),
            ("unknown-done", "code for a fault, but done"), ("wrong-signature", "wrong signature"),
            ("no-signature", "no signature"), ("duplicate-answer-other-order", "answer about another"),
        })
        {
            if (kind == OperationKind.Unbind && fault.StartsWith("duplicate", StringComparison.Ordinal))
            {
                // The document's answer names nothing that could be another's; the list of cards decides anyway.
                continue;
            }

            yield return Over(kind, "D7", name, one => HttpFaults.Unclear(one, fault));
        }

        yield return Over(kind, "D8", "connection refused", HttpFaults.Refused);
        foreach (var (fault, name) in new[]
        {
            ("untrusted", "untrusted certificate"), ("other-host", "certificate of another host"),
            ("expired", "expired certificate"), ("hanging", "hanging handshake"),
        })
        {
            yield return Over(kind, "D8", name, one => HttpFaults.Tls(one, fault));
        }

        yield return Over(kind, "D9", "slow drip", HttpFaults.Dripping);
    }

    private static FaultCase[] Scripted(OperationKind kind) =>
    [
        With(kind, "D2", "dies before the first byte", ScriptedFaults.DiesBeforeTheFirstByte),
        With(kind, "D2", "dies between sending and recording", ScriptedFaults.DiesBeforeRecording),
        With(kind, "D2", "dies between recording and the screen", ScriptedFaults.DiesAfterRecording),
        With(kind, "D3", "two reviewers and two nodes at once", ScriptedFaults.ManyAtOnce),
        With(kind, "D4", "parallel requests for more than there is", ScriptedFaults.MoreThanThereIs),
        With(kind, "D5", "paused six seconds after the claim", ScriptedFaults.PausedSixSeconds),
        With(kind, "D5", "paused beyond its lease", ScriptedFaults.PausedBeyondTheLease),
        With(kind, "D10", "clock sixteen minutes off", ScriptedFaults.ClockSixteenMinutesOff),
        With(kind, "D11", "second page lost", ScriptedFaults.SecondPageLost),
        With(kind, "D12", "silence to the end", ScriptedFaults.SilenceToTheEnd),
        With(kind, "D13", "older than the provider's memory", ScriptedFaults.OlderThanItsMemory),
        With(kind, "D14", "first send after an outage", ScriptedFaults.CanaryAfterOutage),
        With(kind, "D15", "read-only database", ScriptedFaults.DatabaseTakesNoWrites),
        With(kind, "D15", "disk full at the claim", ScriptedFaults.FullAtTheClaim),
        With(kind, "D15", "disk full at the record", ScriptedFaults.FullAtTheRecord),
    ];

    private static FaultCase Over(OperationKind kind, string id, string name, Func<OperationKind, Task> run) =>
        new(id, name, kind, OnBoth: false, _ => run(kind));

    private static FaultCase With(OperationKind kind, string id, string name, Func<FaultGround, Task> run) =>
        new(id, name, kind, OnBoth: true, async database =>
        {
            await using var ground = await FaultGround.StartAsync(database, kind);
            await run(ground);
        });
}
