using System.Diagnostics.CodeAnalysis;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>Everything the page of one request to take a card away shows.</summary>
public sealed record UnbindSheet : OperationSheet
{
    [SetsRequiredMembers]
    internal UnbindSheet(OperationSheet common, UnbindDetails card, bool mayLookUp)
        : base(common) => (Card, MayLookUp) = (card, mayLookUp);

    /// <summary>Whose card it is, as the terms fix it.</summary>
    public UnbindDetails Card { get; }

    /// <summary>The actor may look the payer's cards up.</summary>
    public bool MayLookUp { get; }
}

/// <summary>Reads one request for its own page.</summary>
public sealed class UnbindSheets(IDbContextFactory<PortalDb> factory, OperationSheets sheets, TimeProvider time)
{
    /// <summary>One by its number; null when there is none or the actor may not see it.</summary>
    public async Task<UnbindSheet?> FindAsync(Actor actor, string number)
    {
        if (await sheets.FindAsync(actor, number, OperationKind.Unbind) is not { } common)
        {
            return null;
        }

        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        return new(
            common, OperationDetails.Read<UnbindDetails>(common.Operation.Details),
            rights.Allows(Permission.CardsRead, common.Operation.AccountId));
    }
}
