using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>Appends to the audit chain, in the transaction of what it tells: no audit, no act.</summary>
public sealed class AuditChain : IDisposable
{
    /// <summary>What the first row follows.</summary>
    public static byte[] Genesis { get; } = new byte[32];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly SecretBytes key;
    private readonly AuditAnchor anchor;

    public AuditChain(RootKey root, AuditAnchor anchor)
    {
        key = root.Derive("mp/audit-mac/v1");
        this.anchor = anchor;
    }

    /// <summary>The digest of a row.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> key, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> canonical)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(previous);
        mac.AppendData(canonical);
        return mac.GetHashAndReset();
    }

    internal async Task AppendAsync(PortalDb db, Commit commit)
    {
        if (commit.Drafts.Count == 0)
        {
            return;
        }

        // The update locks the row on PostgreSQL, so that two commits cannot both follow the same end.
        await db.Set<AuditHead>().ExecuteUpdateAsync(set => set.SetProperty(h => h.Id, h => h.Id));
        var head = await db.Set<AuditHead>().SingleAsync();
        foreach (var draft in commit.Drafts)
        {
            var entry = Entry(commit, draft, head);
            db.Add(entry);
            (head.Seq, head.Digest) = (entry.Seq, entry.Digest);
        }

        commit.AuditedUpTo = (head.Seq, head.Digest);
    }

    internal void Committed(Commit commit)
    {
        if (commit.AuditedUpTo is { } head)
        {
            anchor.Note(head.Seq, head.Digest);
        }
    }

    private AuditEntry Entry(Commit commit, AuditDraft draft, AuditHead head)
    {
        var seq = head.Seq + 1;
        var entry = new AuditEntry
        {
            Seq = seq,
            At = new(commit.Now.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
            Actor = commit.Actor.Name,
            UserId = commit.Actor.UserId,
            PersonId = commit.Actor.PersonId,
            Action = draft.Action,
            Subject = draft.Subject,
            Outcome = draft.Outcome,
            Details = draft.Details is null ? "" : JsonSerializer.Serialize(draft.Details, Json),
        };
        return entry.With(Digest(key.Span, head.Digest, entry.Canonical(seq)));
    }

    public void Dispose() => key.Dispose();
}
