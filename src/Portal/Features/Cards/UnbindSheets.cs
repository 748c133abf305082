using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>Everything the page of one request to take a card away shows.</summary>
public sealed record UnbindSheet : OperationSheet
{
    /// <summary>Whose card it is, as the terms fix it.</summary>
    public required UnbindDetails Card { get; init; }

    /// <summary>The actor may look the payer's cards up.</summary>
    public required bool MayLookUp { get; init; }
}

/// <summary>Reads one request for its own page.</summary>
public sealed class UnbindSheets(IDbContextFactory<PortalDb> factory, AccountDirectory accounts, TimeProvider time)
{
    /// <summary>One by its number; null when there is none or the actor may not see it.</summary>
    public async Task<UnbindSheet?> FindAsync(Actor actor, string number)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var row = await db.Set<Operation>().AsNoTracking().SeenBy(rights)
            .SingleOrDefaultAsync(one => one.Number == number && one.Kind == OperationKind.Unbind);
        if (row is null)
        {
            return null;
        }

        var account = await accounts.GetAsync(row.AccountId);
        var provider = accounts.Provider(account);
        return new()
        {
            Operation = OperationFacts.From(row),
            Card = OperationDetails.Read<UnbindDetails>(row.Details),
            MayLookUp = rights.Allows(Permission.CardsRead, row.AccountId),
            AccountName = account.Name,
            Provider = provider.Descriptor,
            Decisions = await OperationSheets.DecisionsAsync(db, row.Id),
            Evidence = await OperationSheets.EvidenceAsync(db, row.Id),
            LastAttempt = await OperationSheets.LastAttemptAsync(db, row.Id),
            Approvers = row.State == OperationState.PendingApproval
                ? await Approvers.NamesAsync(db, row, now)
                : [],
            ResendSafe = provider.Cards?.ResendSafe ?? false,
            MayAsk = rights.Allows(Permission.OrdersAsk, row.AccountId),
            MayWithdraw = row.State.CanWithdraw() && row.RequesterPersonId == actor.PersonId
                && rights.Allows(Permission.CardsUnbind, row.AccountId),
        };
    }
}
