using System.Buffers.Binary;
using System.Text;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>Whether what was tried was done.</summary>
public enum AuditOutcome
{
    Done,
    Refused,
}

/// <summary>What a command tells the audit.</summary>
/// <param name="Action">Name of the action, such as "refund.request".</param>
/// <param name="Subject">What it was about, such as "refund R261120K7QF3".</param>
/// <param name="Outcome">Done or refused.</param>
/// <param name="Details">Plain object, written as JSON; nothing secret.</param>
public sealed record AuditDraft(string Action, string Subject, AuditOutcome Outcome, object? Details);

/// <summary>
/// One row of the chain. Rows are only ever added; each carries a keyed digest over the digest before it and its own
/// canonical bytes, its number included.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Number in the chain, from 1, without gaps.</summary>
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";
    public Guid? UserId { get; init; }
    public Guid? PersonId { get; init; }
    public string Action { get; init; } = "";
    public string Subject { get; init; } = "";
    public AuditOutcome Outcome { get; init; }
    public string Details { get; init; } = "";

    /// <summary>HMAC-SHA256 over the previous row's digest and <see cref="Canonical"/>.</summary>
    public byte[] Digest { get; init; } = [];

    /// <summary>
    /// The bytes that are digested: number and time as eight bytes each, then every text with its length in front, so
    /// that no two rows have the same bytes.
    /// </summary>
    public byte[] Canonical(long seq)
    {
        using var bytes = new MemoryStream();
        WriteNumber(bytes, seq);
        WriteNumber(bytes, At.UtcTicks / TimeSpan.TicksPerMicrosecond);
        foreach (var text in new[]
        {
            Actor, UserId?.ToString("N") ?? "", PersonId?.ToString("N") ?? "", Action, Subject, Outcome.ToString(),
            Details,
        })
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            WriteNumber(bytes, utf8.Length);
            bytes.Write(utf8);
        }

        return bytes.ToArray();
    }

    internal AuditEntry With(byte[] digest) => new()
    {
        Seq = Seq,
        At = At,
        Actor = Actor,
        UserId = UserId,
        PersonId = PersonId,
        Action = Action,
        Subject = Subject,
        Outcome = Outcome,
        Details = Details,
        Digest = digest,
    };

    private static void WriteNumber(MemoryStream bytes, long number)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, number);
        bytes.Write(eight);
    }
}

/// <summary>The single row that names the end of the chain; locked by every commit that appends.</summary>
public sealed class AuditHead
{
    public int Id { get; init; }
    public long Seq { get; set; }
    public byte[] Digest { get; set; } = [];
}
