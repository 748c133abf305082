using System.Text.Json;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>One exchange, question or event that tells about an operation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was learnt.</param>
/// <param name="Kind">Where from.</param>
/// <param name="Proves">What it proves.</param>
/// <param name="RawState">The provider's own word.</param>
/// <param name="Problem">What went wrong; empty when nothing did.</param>
/// <param name="Exchange">What is kept of the exchange; null where there was none.</param>
public sealed record OperationEvidence(
    Guid Id, DateTimeOffset At, EvidenceKind Kind, OperationEvent Proves, string RawState, string Problem,
    Transcript? Exchange);

/// <summary>A decision on an operation.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Factors">How the person had proven to be there.</param>
/// <param name="Comment">Why.</param>
/// <param name="OnBehalfOf">Whose place was taken; empty for the person's own.</param>
public sealed record OperationDecision(
    string By, DateTimeOffset At, Decision Decision, string Factors, string Comment, string OnBehalfOf = "");

/// <summary>What the page of one operation shows, whatever its kind.</summary>
public record OperationSheet
{
    public required OperationFacts Operation { get; init; }
    public required string AccountName { get; init; }
    public required ProviderDescriptor Provider { get; init; }
    public required IReadOnlyList<OperationDecision> Decisions { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<OperationEvidence> Evidence { get; init; }

    /// <summary>When the newest attempt was claimed, and with which key; null before the first.</summary>
    public required (int Number, DateTimeOffset At, int KeyVersion)? LastAttempt { get; init; }

    /// <summary>Who can decide; empty unless it waits.</summary>
    public required IReadOnlyList<string> Approvers { get; init; }

    /// <summary>The document lets the same number be sent again.</summary>
    public required bool ResendSafe { get; init; }

    /// <summary>The provider answers questions about it at all.</summary>
    public bool CanAsk { get; init; } = true;

    /// <summary>The actor may have the provider asked.</summary>
    public required bool MayAsk { get; init; }

    /// <summary>It is the actor's own request and nobody has decided.</summary>
    public required bool MayWithdraw { get; init; }
}

/// <summary>Reads what the pages of single operations show alike; each kind adds its own.</summary>
public sealed class OperationSheets(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>One of these kinds by its number; null when there is none or the actor may not see it.</summary>
    public async Task<OperationSheet?> FindAsync(Actor actor, string number, params OperationKind[] kinds)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var row = await db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .SingleOrDefaultAsync(one => one.Number == number && kinds.Contains(one.Kind));
        if (row is null)
        {
            return null;
        }

        var account = await accounts.GetAsync(row.AccountId);
        var provider = accounts.Provider(account);
        return new()
        {
            Operation = OperationFacts.From(row),
            AccountName = account.Name,
            Provider = provider.Descriptor,
            Decisions = await OperationParts.DecisionsAsync(db, row.Id),
            Evidence = await OperationParts.EvidenceAsync(db, row.Id),
            LastAttempt = await OperationParts.LastAttemptAsync(db, row.Id),
            Approvers = row.State == OperationState.PendingApproval ? await Approvers.NamesAsync(db, row, now) : [],
            ResendSafe = row.Kind.ResendSafe(provider),
            CanAsk = row.Kind.CanAsk(provider),
            MayAsk = rights.Allows(Permission.OrdersAsk, row.AccountId),
            MayWithdraw = row.State.CanWithdraw() && row.RequesterPersonId == actor.PersonId
                && rights.Allows(row.Kind.RequestRight(), row.AccountId),
        };
    }
}

/// <summary>Reads what hangs on one operation alone.</summary>
internal static class OperationParts
{
    public static async Task<IReadOnlyList<OperationDecision>> DecisionsAsync(PortalDb db, Guid id) =>
        await db.Set<Approval>().AsNoTracking().Where(a => a.OperationId == id).OrderBy(a => a.At)
            .ThenBy(a => a.Id)
            .Select(a => new OperationDecision(a.PersonName, a.At, a.Decision, a.Factors, a.Comment, a.OnBehalfOf))
            .ToListAsync();

    public static async Task<IReadOnlyList<OperationEvidence>> EvidenceAsync(PortalDb db, Guid id)
    {
        var rows = await db.Set<Evidence>().AsNoTracking().Where(e => e.OperationId == id)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).ToListAsync();
        return [.. rows.Select(e => new OperationEvidence(e.Id, e.At, e.Kind, e.Proves, e.RawState, e.Problem,
            e.Transcript.Length == 0
                ? null
                : JsonSerializer.Deserialize<Transcript>(e.Transcript, EvidenceRows.Json)))];
    }

    public static async Task<(int Number, DateTimeOffset At, int KeyVersion)?> LastAttemptAsync(PortalDb db, Guid id) =>
        await db.Set<Attempt>().AsNoTracking().Where(a => a.OperationId == id)
            .OrderByDescending(a => a.Number).FirstOrDefaultAsync() is { } attempt
            ? (attempt.Number, attempt.StartedAt, attempt.KeyVersion)
            : null;
}
