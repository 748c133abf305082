using System.Text.Json;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Changes;

/// <summary>One kind of change that needs a second person. Each kind is one class, registered as this.</summary>
public interface IChange
{
    /// <summary>The kind's word, as stored, audited and used in texts' keys: "account.switch".</summary>
    string Kind { get; }

    /// <summary>The right to propose one.</summary>
    string ProposeRight { get; }

    /// <summary>The right to confirm or reject one.</summary>
    string ConfirmRight { get; }

    /// <summary>Proposing one needs a fresh proof too, as confirming always does.</summary>
    bool ProposalNeedsProof => false;

    /// <summary>
    /// What has to happen before somebody proposes or confirms, outside their transaction: a question to a provider,
    /// for one. It moves nothing, and nothing that it learns is handed on but by rows.
    /// </summary>
    Task PrepareAsync(Actor actor, string terms) => Task.CompletedTask;

    /// <summary>
    /// What the terms mean as things stand. Read when it is proposed and again when it is confirmed: where the second
    /// reading differs, nothing is done.
    /// </summary>
    Task<ChangePlan> PlanAsync(PortalDb db, string terms, DateTimeOffset now);

    /// <summary>Does it, in the transaction of the last confirmation.</summary>
    /// <returns>False when somebody was faster: then nothing of the confirmation stays.</returns>
    Task<bool> ApplyAsync(Commit commit, ChangeRequest request);
}

/// <summary>One thing that people are shown of a change. Names and known values are text keys.</summary>
public sealed record ChangeFact(string Name, string Value);

/// <summary>What terms mean as things stand. The family is closed.</summary>
public abstract record ChangePlan
{
    /// <summary>It cannot be done; the reason is a text key.</summary>
    public sealed record Refused(string Reason) : ChangePlan
    {
        /// <summary>What is done before every proposal and confirmation may clear it away.</summary>
        public bool MayClear { get; init; }
    }

    public sealed record Possible : ChangePlan
    {
        /// <summary>What the audit calls the thing.</summary>
        public required string Subject { get; init; }

        /// <summary>The one thing that is changed.</summary>
        public required string Target { get; init; }

        public required IReadOnlyList<ChangeFact> Before { get; init; }
        public required IReadOnlyList<ChangeFact> After { get; init; }

        public Guid? AccountId { get; init; }
        public Guid? OperationId { get; init; }

        /// <summary>How many others have to confirm.</summary>
        public int Needed { get; init; } = 1;

        /// <summary>Persons who must neither propose nor confirm it.</summary>
        public IReadOnlyList<Guid> Barred { get; init; } = [];

        /// <summary>The persons who alone may propose and confirm it; empty for everybody with the right.</summary>
        public IReadOnlyList<Guid> Only { get; init; } = [];

        /// <summary>It must come with a document.</summary>
        public bool NeedsDocument { get; init; }

        /// <summary>Whether somebody stands apart enough to propose or confirm it.</summary>
        public bool IsFor(Guid person) => !Barred.Contains(person) && (Only.Count == 0 || Only.Contains(person));
    }
}

/// <summary>Writes and reads the JSON of requests.</summary>
public static class ChangeJson
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, EvidenceRows.Json);

    /// <exception cref="InvalidOperationException">The text is empty JSON.</exception>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, EvidenceRows.Json)
        ?? throw new InvalidOperationException($"A change without its {typeof(T).Name}.");
}
