using System.Security.Cryptography;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>How an import ended. The family is closed.</summary>
public abstract record Imported
{
    public sealed record Done(Guid RunId, int Lines, int Added, int Known, int Quarantined) : Imported;

    public sealed record NoRight(string Permission) : Imported;

    public sealed record NoSuchAccount : Imported;

    /// <summary>The same bytes were read before for this account.</summary>
    public sealed record ReadBefore(Guid RunId, DateTimeOffset At, string By) : Imported;

    /// <summary>Nothing was read; the reason is a text key, as for single lines.</summary>
    public sealed record Unreadable(string Reason, string Value) : Imported;
}

/// <summary>
/// Takes orders from a file of the shop. A file says what was ordered, never that it was paid: each new order waits
/// until its provider has been asked. That an amount is held is the shop's word alone where no interface tells of it.
/// </summary>
public sealed class OrderImport(IDbContextFactory<PortalDb> factory, AccountDirectory accounts)
{
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Reads a whole file in one commit: every line ends as new, known or quarantined with its reason.
    /// </summary>
    public async Task<Imported> ImportAsync(Actor actor, Guid accountId, string fileName, byte[] file)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<Imported>(actor, "order.import", async commit =>
        {
            var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId);
            if (account is null)
            {
                return commit.Refuse(new Imported.NoSuchAccount(), $"account {accountId:N}", "no such account");
            }

            var subject = $"account {account.MerchantId}";
            if (!commit.Rights.Allows(Permission.OrdersImport, accountId))
            {
                return commit.Refuse(
                    new Imported.NoRight(Permission.OrdersImport), subject, $"lacks {Permission.OrdersImport}");
            }

            var sha = Convert.ToHexStringLower(SHA256.HashData(file));
            var before = await db.Set<ImportRun>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.AccountId == accountId && row.Sha256 == sha);
            if (before is not null)
            {
                return commit.Refuse(new Imported.ReadBefore(before.Id, before.At, before.By), subject, "read before");
            }

            var zone = TimeZoneInfo.FindSystemTimeZoneById(accounts.Provider(account).Descriptor.Zone);
            var read = OrderFile.Read(file, zone, account.CurrencyList);
            return read.Problem is { } problem
                ? commit.Refuse(new Imported.Unreadable(problem.Reason, problem.Value), subject, problem.Reason)
                : await TakeAsync(commit, account, read, new FileFacts(Path.GetFileName(fileName), sha));
        });
    }

    private async Task<Imported> TakeAsync(Commit commit, Account account, OrderFile read, FileFacts file)
    {
        var runId = Guid.CreateVersion7();
        var holds = accounts.Provider(account).PreAuthorisations;
        var known = await KnownAsync(commit.Db, account.Id, read.Lines);
        int added = 0, same = 0;
        var bad = new List<OrderFile.Bad>(read.BadLines);
        foreach (var line in read.Lines)
        {
            if (line.HeldAt is not null && holds is null)
            {
                bad.Add(new(line.Number, line.Text, "HoldNotOffered", "held_at"));
            }
            else if (!known.TryGetValue((line.MerchantNumber, line.OrderedAt), out var order))
            {
                known.Add((line.MerchantNumber, line.OrderedAt), Add(commit, account, line, holds));
                added++;
            }
            else if (order.Amount != line.Amount)
            {
                bad.Add(new(line.Number, line.Text, "KnownWithOtherAmount", order.Amount.ToString()));
            }
            else
            {
                same++;
                await UpdateShopStateAsync(commit, order, line);
                await TellPayerAsync(commit, order, line);
            }
        }

        var run = new ImportRun
        {
            Id = runId,
            AccountId = account.Id,
            At = commit.Now,
            By = commit.Actor.Name,
            FileName = file.Name,
            Sha256 = file.Sha256,
            Lines = read.Lines.Count + read.BadLines.Count,
            Added = added,
            Known = same,
            Quarantined = bad.Count,
        };
        commit.Db.Add(run);
        commit.Db.AddRange(bad.Select(line => new QuarantinedLine
        {
            Id = Guid.CreateVersion7(),
            RunId = runId,
            LineNumber = line.Number,
            Text = line.Text.Length > 2000 ? line.Text[..2000] : line.Text,
            Reason = line.Reason,
            Value = line.Value.Length > 200 ? line.Value[..200] : line.Value,
        }));
        commit.Audit(
            $"account {account.MerchantId}",
            new { run.FileName, run.Sha256, run.Lines, added, same, bad = bad.Count });
        commit.Changed("import", runId);
        return new Imported.Done(runId, run.Lines, added, same, bad.Count);
    }

    private static Order Add(Commit commit, Account account, OrderFile.Line line, IPreAuthorisations? holds)
    {
        // Where no interface tells of holds, the shop's own word is all there ever is; it moves no money by itself.
        var isHeld = line.HeldAt is not null && holds is { CanQuery: false };
        var order = new Order
        {
            Id = Guid.CreateVersion7(),
            Number = Numbers.New('P', commit.Now),
            AccountId = account.Id,
            Provider = account.Provider,
            MerchantNumber = line.MerchantNumber,
            OrderedAt = line.OrderedAt,
            AmountMinor = line.Amount.Minor,
            Currency = line.Amount.Currency.Code,
            State = isHeld ? OrderState.Held : OrderState.AwaitingPayment,
            Method = line.Method,
            ShopState = line.ShopState,
            Payer = line.Payer,
            Source = OrderSource.Import,
            CreatedAt = commit.Now,
            ChangedAt = commit.Now,
            NextQuestionAt = isHeld ? null : commit.Now,
        };
        commit.Db.Add(order);
        commit.Db.Add(new OrderBalance { OrderId = order.Id });
        if (line.HeldAt is { } heldAt)
        {
            commit.Db.Add(Hold.New(account, order, heldAt, line.PayerId));
        }

        commit.Changed("order", order.Id);
        return order;
    }

    private static async Task UpdateShopStateAsync(Commit commit, Order order, OrderFile.Line line)
    {
        if (order.ShopState != line.ShopState || (order.Payer.Length == 0 && line.Payer.Length > 0))
        {
            var payer = order.Payer.Length == 0 ? line.Payer : order.Payer;
            await commit.Db.Set<Order>().Where(row => row.Id == order.Id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.ShopState, line.ShopState)
                .SetProperty(row => row.Payer, payer)
                .SetProperty(row => row.ChangedAt, commit.Now)
                .SetProperty(row => row.Version, row => row.Version + 1));
            commit.Changed("order", order.Id);
        }
    }

    /// <summary>The shop's number of a payer may come with a later file; what it told first stays.</summary>
    private static async Task TellPayerAsync(Commit commit, Order order, OrderFile.Line line)
    {
        if (line.PayerId.Length > 0)
        {
            await commit.Db.Set<Hold>().Where(row => row.OrderId == order.Id && row.PayerId == "")
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.PayerId, line.PayerId)
                    .SetProperty(row => row.Version, row => row.Version + 1));
        }
    }

    private static async Task<Dictionary<(string, DateTimeOffset), Order>> KnownAsync(
        PortalDb db, Guid accountId, IReadOnlyList<OrderFile.Line> lines)
    {
        var known = new Dictionary<(string, DateTimeOffset), Order>();
        foreach (var chunk in lines.Select(line => line.MerchantNumber).Distinct().Chunk(500))
        {
            foreach (var order in await db.Set<Order>().AsNoTracking()
                .Where(row => row.AccountId == accountId && chunk.Contains(row.MerchantNumber)).ToListAsync())
            {
                known[(order.MerchantNumber, order.OrderedAt)] = order;
            }
        }

        return known;
    }

    private sealed record FileFacts(string Name, string Sha256);
}
