using System.Globalization;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Codes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Ui;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Shell;

/// <summary>
/// Finds orders and refunds for the find box, by any of their numbers or the payer, and codes by their spelling.
/// </summary>
public sealed class JumpQueries(IDbContextFactory<PortalDb> factory, CodeDirectory codes, TimeProvider time)
{
    private const int Most = 8;

    public async Task<IReadOnlyList<JumpTarget>> FindAsync(Actor actor, string text, CancellationToken cancel)
    {
        var wanted = text.Trim();
        if (wanted.Length < 2 || CardNumber.LooksLike(wanted))
        {
            return [];
        }

        var spelt = Codes(wanted);
        await using var db = await factory.CreateDbContextAsync(cancel);
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        if (!rights.Allows(Permission.OrdersRead))
        {
            return spelt;
        }

        var accounts = rights.AccountsFor(Permission.OrdersRead);
        var orders = await db.Set<Order>().AsNoTracking()
            .Where(row => accounts == null || accounts.Contains(row.AccountId))
            .Where(row => row.Number.StartsWith(wanted) || row.MerchantNumber.StartsWith(wanted)
                || (row.ProviderNumber != null && row.ProviderNumber.StartsWith(wanted))
                || row.Payer.StartsWith(wanted))
            .OrderByDescending(row => row.OrderedAt).Take(Most).ToListAsync(cancel);
        var refunds = await db.Set<Operation>().AsNoTracking()
            .Where(row => (accounts == null || accounts.Contains(row.AccountId)) && row.Number.StartsWith(wanted))
            .OrderByDescending(row => row.RequestedAt).Take(Most).ToListAsync(cancel);
        return
        [
            .. spelt,
            .. refunds.Select(row => new JumpTarget(
                row.Number,
                row.Kind.Page(row.Number),
                row.Kind.EndsHold() ? IconName.Hold : IconName.Refund,
                row.Amount.ToString())),
            .. orders.Select(row => new JumpTarget(
                row.Number,
                PortalUrls.Order(row.Number),
                IconName.Order,
                $"{row.MerchantNumber} · {row.Amount} {row.Payer}".TrimEnd())),
        ];
    }

    private List<JumpTarget> Codes(string text)
    {
        List<JumpTarget> found = [];
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && codes.Find(code) is { } ours)
        {
            found.Add(new(text, PortalUrls.Code(code), IconName.Code, ours.Ours.English));
        }

        found.AddRange(codes.Spelt(text).Select(row => new JumpTarget(
            row.Entry.Code,
            PortalUrls.CodeList(row.Entry.Code, row.Provider.Key),
            IconName.Code,
            $"{row.Provider.Name} · {row.Entry.Text}")));
        return found;
    }
}
