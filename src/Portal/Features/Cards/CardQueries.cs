using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>Looks cards up for people. Every look-up is audited, without the number.</summary>
public sealed class CardQueries(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, CardDirectory cards, ApprovalPolicies policies,
    TimeProvider time)
{
    /// <summary>The accounts whose payers' cards the actor may look up, by name.</summary>
    public async Task<IReadOnlyList<CardAccount>> AccountsAsync(Actor actor)
    {
        await using var db = await factory.CreateDbContextAsync();
        var rights = await Rights.ReadAsync(db, actor, time.GetUtcNow());
        var rows = await db.Set<Account>().AsNoTracking().OrderBy(row => row.Name).ToListAsync();
        return
        [
            .. rows.Where(row => rights.Allows(Permission.CardsRead, row.Id)
                    && accounts.Provider(row).Cards is not null)
                .Select(row => new CardAccount(row.Id, row.Name, accounts.Provider(row).Descriptor.Name)),
        ];
    }

    /// <summary>Asks which bank a typed card number is of.</summary>
    public async Task<BankFound> FindBankAsync(Actor actor, Guid accountId, string typed)
    {
        using var number = CardDirectory.Digits(typed);
        if (number is null)
        {
            return new BankFound.NotACard();
        }

        var lastFour = CardDirectory.LastFour(number);
        if (!await NoteAsync(actor, "card.find-bank", accountId, $"card ending {lastFour}"))
        {
            return new BankFound.NoRight();
        }

        return await cards.FindBankAsync(await accounts.GetAsync(accountId), number) switch
        {
            QueryAnswer<CardBinFacts>.Told told => new BankFound.Told(told.Facts, lastFour),
            QueryAnswer<CardBinFacts>.NotFound => new BankFound.NotFound(),
            QueryAnswer<CardBinFacts>.NoAnswer no => new BankFound.NoAnswer(no.Error),
            _ => new BankFound.NoAnswer(ProviderError.KeyMissing),
        };
    }

    /// <summary>Asks for a payer's signed cards.</summary>
    public async Task<PayerCards> ListAsync(Actor actor, Guid accountId, string payerId)
    {
        if (!await NoteAsync(actor, "card.list", accountId, $"payer {payerId}"))
        {
            return new PayerCards.NoRight();
        }

        return await cards.ListAsync(await accounts.GetAsync(accountId), payerId) switch
        {
            QueryAnswer<SignedCardPage>.Told told => await WithRunningAsync(actor, accountId, told.Facts),
            QueryAnswer<SignedCardPage>.NotFound => new PayerCards.NotFound(),
            QueryAnswer<SignedCardPage>.NoAnswer no => new PayerCards.NoAnswer(no.Error),
            _ => new PayerCards.NoAnswer(ProviderError.KeyMissing),
        };
    }

    private async Task<PayerCards> WithRunningAsync(Actor actor, Guid accountId, SignedCardPage page)
    {
        await using var db = await factory.CreateDbContextAsync();
        var now = time.GetUtcNow();
        var rights = await Rights.ReadAsync(db, actor, now);
        var account = await accounts.GetAsync(accountId);
        var outlook = await policies.OutlookAsync(db, account, actor.PersonId, now);
        var agreements = page.Cards.Select(card => card.AgreementNumber).ToList();
        var rows = await db.Set<Operation>().AsNoTracking().OpenUnbinds(accountId)
            .Where(row => agreements.Contains(row.Target)).ToListAsync();
        return new PayerCards.Told(
            [
                .. from card in page.Cards
                   let row = rows.Find(row => row.Target == card.AgreementNumber)
                   select new SignedCardLine(card, row is null ? null : OperationFacts.From(row)),
            ],
            page.Authenticated,
            rights.Allows(Permission.CardsUnbind, accountId),
            outlook.For(OperationKind.Unbind, new Money(0, account.CurrencyList[0])));
    }

    /// <summary>Keeps who looked at what before anything is asked; false where the right is missing.</summary>
    private async Task<bool> NoteAsync(Actor actor, string what, Guid accountId, string subject)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(actor, what, async commit =>
        {
            if (!commit.Rights.Allows(Permission.CardsRead, accountId)
                || !await db.Set<Account>().AnyAsync(row => row.Id == accountId))
            {
                return commit.Refuse(false, subject, $"lacks {Permission.CardsRead}");
            }

            commit.Audit(subject, new { account = accountId });
            return true;
        });
    }
}

/// <summary>Rows about cards.</summary>
internal static class CardRows
{
    /// <summary>The requests of an account that are not at an end.</summary>
    public static IQueryable<Operation> OpenUnbinds(this IQueryable<Operation> rows, Guid accountId) =>
        rows.Where(row => row.Kind == OperationKind.Unbind && row.AccountId == accountId
            && !Ended.Contains(row.State));

    private static readonly Payments.Lifecycles.OperationState[] Ended =
        [.. Enum.GetValues<Payments.Lifecycles.OperationState>()
            .Where(Payments.Lifecycles.OperationLifecycle.IsFinal)];
}
