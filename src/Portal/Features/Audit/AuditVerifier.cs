using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Ok">Every row, the head and every anchor agree.</param>
/// <param name="FirstBad">Number of the first row that does not, or that is missing.</param>
/// <param name="Kind">edit, delete, insert, swap or cut-tail.</param>
public sealed record AuditReport(long Rows, bool Ok, long? FirstBad, string? Kind);

/// <summary>How far some rows follow each other.</summary>
/// <param name="Digest">Digest of the last row that fits.</param>
/// <param name="Next">Number of the row that has to come next.</param>
/// <param name="Bad">The first row that does not fit; null where all do or one cannot be read.</param>
/// <param name="IsReadable">False where a row's columns do not hold what they are for.</param>
public sealed record AuditStretch(byte[] Digest, long Next, AuditEntry? Bad, bool IsReadable)
{
    public bool Fits => Bad is null && IsReadable;
}

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
        var anchored = ByRow(anchors);
        var (previous, expected, bad, isReadable) = Follow(AuditChain.Genesis, 1, rows(long.MinValue), anchored);
        if (!isReadable)
        {
            return new(expected - 1, false, expected, "edit");
        }

        if (bad is { Seq: < 1 })
        {
            return new(expected - 1, false, bad.Seq, "insert");
        }

        return Rest(rows, expected) is { Count: > 0 } rest
            ? new(expected - 1 + rest.Count, false, expected, Kind(rest, previous, expected, head))
            : End(head, anchored, previous, expected - 1);
    }

    /// <summary>Follows the chain over some rows, up to the first that does not fit.</summary>
    /// <param name="previous">The digest that the first row follows.</param>
    /// <param name="expected">Number that the first row has to have.</param>
    /// <param name="rows">The rows, ascending.</param>
    /// <param name="anchored">Digests of the anchor file by number of row.</param>
    public AuditStretch Follow(
        byte[] previous, long expected, IEnumerable<AuditEntry> rows, IReadOnlyDictionary<long, byte[]> anchored)
    {
        using var reading = rows.GetEnumerator();
        while (TryMove(reading, out var isReadable))
        {
            if (!isReadable)
            {
                return new(previous, expected, null, false);
            }

            var row = reading.Current;
            if (row.Seq != expected || !Follows(previous, row, row.Seq)
                || (anchored.TryGetValue(row.Seq, out var digest) && !Same(digest, row.Digest)))
            {
                return new(previous, expected, row, true);
            }

            (previous, expected) = (row.Digest, expected + 1);
        }

        return new(previous, expected, null, true);
    }

    /// <summary>The anchors by number of row; of several about one row the last counts.</summary>
    public static Dictionary<long, byte[]> ByRow(IReadOnlyList<AuditAnchor.Line> anchors) =>
        anchors.GroupBy(line => line.Seq).ToDictionary(line => line.Key, line => line.Last().Digest);

    /// <summary>A keyed digest over a text, so that nobody without the root key can have written it.</summary>
    public string Seal(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes($"progress {text}")));

    public void Dispose() => key.Dispose();

    /// <summary>Moves on; a row whose columns no longer hold what they are for was edited.</summary>
    private static bool TryMove(IEnumerator<AuditEntry> reading, out bool isReadable)
    {
        isReadable = true;
        try
        {
            return reading.MoveNext();
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidCastException or FormatException)
        {
            isReadable = false;
            return true;
        }
    }

    private static List<AuditEntry> Rest(Func<long, IEnumerable<AuditEntry>> rows, long from) => [.. rows(from)];

    private static AuditReport End(
        AuditHead? head, Dictionary<long, byte[]> anchored, byte[] previous, long last)
    {
        var end = Math.Max(head?.Seq ?? 0, anchored.Count == 0 ? 0 : anchored.Keys.Max());
        if (last < end)
        {
            return new(last, false, last + 1, "cut-tail");
        }

        return head is null || head.Seq != last || !Same(head.Digest, previous)
            ? new(last, false, last, last > (head?.Seq ?? 0) ? "insert" : "edit")
            : new(last, true, null, null);
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
