namespace MerchantPortal.Harness;

/// <summary>What the other side says it did, by the key under which it was asked.</summary>
/// <param name="Feed">The feed that it belongs to.</param>
/// <param name="Key">Our number, or the order's where the interface has no number of ours.</param>
/// <param name="Times">How often it was done, counted by a side that does repeats again.</param>
/// <param name="Standing">What came of it.</param>
internal sealed record LedgerEntry(string Feed, string Key, int Times, LedgerStanding Standing);

/// <summary>What came of something that the other side took on.</summary>
internal enum LedgerStanding
{
    /// <summary>Taken on, and not over.</summary>
    Open,

    /// <summary>It happened: money moved, or what was asked for is so.</summary>
    Done,

    /// <summary>Taken on, and ended without effect.</summary>
    Failed,
}
