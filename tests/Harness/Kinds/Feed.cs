using System.Net.Http.Json;
using System.Text.Json;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Harness.Kinds;

/// <summary>
/// One kind of operation at one provider: how its orders are made on both sides, how it is asked for, and where it
/// stands in the other side's ledger. A new kind is one class and one line in <see cref="Feeds"/>.
/// </summary>
internal abstract class Feed
{
    /// <summary>Its name in reports.</summary>
    public abstract string Name { get; }

    /// <summary>Makes merchant and account.</summary>
    public abstract Task OpenAsync(Bench bench);

    /// <summary>Makes the next orders, on both sides.</summary>
    public abstract Task StockAsync(Bench bench, int count);

    /// <summary>Asks for one operation on the next order.</summary>
    /// <returns>Its id, to be approved.</returns>
    public abstract Task<Guid> RequestAsync(Bench bench);

    /// <summary>Everything the other side has done for this feed.</summary>
    public abstract Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox);

    /// <summary>Whether a row of the portal came from this feed.</summary>
    public abstract bool Owns(PortalRow row);

    /// <summary>The key under which a row stands in the ledger.</summary>
    public abstract string KeyOf(PortalRow row);

    /// <summary>What the other side's books say at an address.</summary>
    public static async Task<JsonElement> ReadAsync(HttpClient sandbox, string path) =>
        await sandbox.GetFromJsonAsync<JsonElement>(path);
}

/// <summary>The kinds that a run is made of.</summary>
internal static class Feeds
{
    public static IReadOnlyList<Feed> All(int seed) =>
    [
        new AllinpayRefunds(seed),
        new LianLianGlobalRefunds(seed + 1),
        new LianLianMobileRefunds(seed + 2),
        new AllinpayHolds(OperationKind.Capture, "100020091218002", "KC", seed + 3),
        new AllinpayHolds(OperationKind.Void, "100020091218003", "KV", seed + 4),
        new LianLianMobileHolds(OperationKind.Capture, "201801160001410032", "LC", seed + 5),
        new LianLianMobileHolds(OperationKind.Void, "201801160001410033", "LV", seed + 6),
        new LianLianMobileUnbinds(),
        new BgcPayTransfers(seed + 7),
    ];
}
