using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Ok">Every row, the head and every anchor agree.</param>
/// <param name="FirstBad">Number of the first row that does not, or that is missing.</param>
/// <param name="Kind">edit, delete, insert, swap or cut-tail.</param>
public sealed record AuditReport(long Rows, bool Ok, long? FirstBad, string? Kind);

/// <summary>Recomputes the chain. Pure: it gets rows, head and anchors and tells what does not fit.</summary>
public sealed class AuditVerifier(RootKey root) : IDisposable
{
    private readonly SecretBytes key = root.Derive("mp/audit-mac/v1");

    /// <summary>Verifies the whole chain.</summary>
    /// <param name="rows">All rows, ascending; enumerated again from the first bad row on when there is one.</param>
    /// <param name="head">The head row; null when it is gone.</param>
    /// <param name="anchors">The lines of the anchor file.</param>
    public AuditReport Verify(
        Func<long, IEnumerable<AuditEntry>> rows, AuditHead? head, IReadOnlyList<AuditAnchor.Line> anchors)
    {
        var anchored = anchors.GroupBy(line => line.Seq).ToDictionary(line => line.Key, line => line.Last().Digest);
        var previous = AuditChain.Genesis;
        long count = 0, expected = 1;
        foreach (var row in rows(1))
        {
            count++;
            if (row.Seq != expected || !Follows(previous, row, row.Seq)
                || (anchored.TryGetValue(row.Seq, out var digest) && !Same(digest, row.Digest)))
            {
                return Bad(rows, previous, expected, head);
            }

            (previous, expected) = (row.Digest, expected + 1);
        }

        var last = expected - 1;
        var end = Math.Max(head?.Seq ?? 0, anchored.Count == 0 ? 0 : anchored.Keys.Max());
        if (last < end)
        {
            return new(count, false, last + 1, "cut-tail");
        }

        return head is null || head.Seq != last || !Same(head.Digest, previous)
            ? new(count, false, last, last > (head?.Seq ?? 0) ? "insert" : "edit")
            : new(count, true, null, null);
    }

    public void Dispose() => key.Dispose();

    private AuditReport Bad(Func<long, IEnumerable<AuditEntry>> rows, byte[] previous, long seq, AuditHead? head)
    {
        var rest = rows(seq).ToList();
        var total = seq - 1 + rest.Count;
        return new(total, false, seq, Kind(rest, previous, seq, head));
    }

    private string Kind(List<AuditEntry> rest, byte[] previous, long seq, AuditHead? head)
    {
        var found = rest[0];
        if (found.Seq != seq)
        {
            return "delete";
        }

        // The row that belongs here may stand further down, with its digest or without it.
        var rightful = rest.Skip(1).FirstOrDefault(row =>
            Follows(previous, row, seq) || Same(Digest(previous, row, seq), found.Digest));
        if (rightful is not null)
        {
            var itsPlace = rightful.Seq;
            var before = itsPlace == seq + 1
                ? rightful.Digest
                : rest.Find(row => row.Seq == itsPlace - 1)?.Digest ?? previous;
            var foundBelongsThere = Follows(before, found, itsPlace)
                || Same(Digest(BeforeAsStored(rest, itsPlace, previous), found, itsPlace), rightful.Digest);
            return foundBelongsThere ? "swap" : "insert";
        }

        var next = rest.Count > 1 ? rest[1] : null;
        if (next is not null && Follows(found.Digest, next, seq + 2))
        {
            return "delete";
        }

        return found.Seq > (head?.Seq ?? long.MaxValue) ? "insert" : "edit";
    }

    private static byte[] BeforeAsStored(List<AuditEntry> rest, long seq, byte[] previous) =>
        rest.Find(row => row.Seq == seq - 1)?.Digest ?? previous;

    private bool Follows(byte[] previous, AuditEntry row, long seq) => Same(Digest(previous, row, seq), row.Digest);

    private byte[] Digest(byte[] previous, AuditEntry row, long seq) =>
        AuditChain.Digest(key.Span, previous, row.Canonical(seq));

    private static bool Same(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}
