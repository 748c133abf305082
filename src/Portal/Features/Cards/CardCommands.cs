using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>Asks for cards to be taken away. Nothing here sends anything.</summary>
public sealed class CardCommands(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, CardDirectory cards,
    OperationSubmission submission)
{
    public const int MaxComment = 500;

    /// <summary>
    /// Puts the removal of a payer's signed card before a second person. What the card is comes from the provider at
    /// this moment and not from the page.
    /// </summary>
    public async Task<UnbindRequested> RequestAsync(Actor actor, UnbindForm form)
    {
        var account = await FindAsync(form.AccountId);
        if (account is null)
        {
            return await RefuseAsync(actor, form, new UnbindRequested.NoRight());
        }

        var answer = await MayAsync(actor, account.Id) ? await cards.ListAsync(account, form.PayerId) : null;
        var card = (answer as QueryAnswer<SignedCardPage>.Told)?.Facts.Cards
            .FirstOrDefault(one => one.AgreementNumber == form.AgreementNumber);
        try
        {
            return await InsertAsync(actor, form, account, answer, card);
        }
        catch (DbUpdateException)
        {
            // Two requests in the same instant: one got through, and the other learns of it.
            await using var db = await factory.CreateDbContextAsync();
            if (await OperationSubmission.SameAsync(db, form.CommandId) is { } same)
            {
                return new UnbindRequested.Asked(same.Id, same.Number);
            }

            if (await OpenAsync(db, form) is { } other)
            {
                return new UnbindRequested.AnotherIsOpen(other.Number);
            }

            throw;
        }
    }

    private async Task<UnbindRequested> InsertAsync(
        Actor actor, UnbindForm form, Account account, QueryAnswer<SignedCardPage>? answer, SignedCard? card)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<UnbindRequested>(actor, "card.unbind", async commit =>
        {
            if (await OperationSubmission.SameAsync(db, form.CommandId) is { } same)
            {
                return new UnbindRequested.Asked(same.Id, same.Number);
            }

            UnbindRequested? no = !commit.Rights.Allows(Permission.CardsUnbind, account.Id)
                    ? new UnbindRequested.NoRight()
                : !UnbindReasons.Codes.Contains(form.Reason) ? new UnbindRequested.ReasonMissing()
                : form.Comment.Length > MaxComment ? new UnbindRequested.CommentTooLong(MaxComment)
                : answer is QueryAnswer<SignedCardPage>.NoAnswer silent ? new UnbindRequested.NoAnswer(silent.Error)
                : answer is null ? new UnbindRequested.NoAnswer(ProviderError.KeyMissing)
                : card is null || card.LastFour != form.SeenLastFour ? new UnbindRequested.PageIsStale()
                : await OpenAsync(db, form) is { } other ? new UnbindRequested.AnotherIsOpen(other.Number)
                : null;
            if (no is not null)
            {
                return commit.Refuse(no, $"payer {form.PayerId}", no.GetType().Name);
            }

            var bank = card!.BankName.Length > 0 ? card.BankName : card.BankCode;
            var operation = await submission.SubmitAsync(commit, new OperationWish
            {
                CommandId = form.CommandId,
                Kind = OperationKind.Unbind,
                Account = account,
                Amount = new Money(0, account.CurrencyList[0]),
                Payee = $"{bank} ···· {card.LastFour}".TrimStart(),
                Target = card.AgreementNumber,
                Details = OperationDetails.Write(new UnbindDetails(form.PayerId, bank, card.LastFour)),
                Reason = form.Reason,
                Comment = form.Comment,
            });
            return new UnbindRequested.Asked(operation.Id, operation.Number);
        });
    }

    private static Task<Operation?> OpenAsync(PortalDb db, UnbindForm form) =>
        db.Set<Operation>().AsNoTracking().OpenUnbinds(form.AccountId)
            .FirstOrDefaultAsync(row => row.Target == form.AgreementNumber);

    private async Task<Account?> FindAsync(Guid id)
    {
        await using var db = await factory.CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);
        return account is not null && accounts.Provider(account).Cards is not null ? account : null;
    }

    /// <summary>Whoever may not ask for it does not make us ask the provider either.</summary>
    private async Task<bool> MayAsync(Actor actor, Guid accountId)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(
            actor, "card.unbind", commit => Task.FromResult(commit.Rights.Allows(Permission.CardsUnbind, accountId)));
    }

    private async Task<UnbindRequested> RefuseAsync(Actor actor, UnbindForm form, UnbindRequested no)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(
            actor, "card.unbind",
            commit => Task.FromResult(commit.Refuse(no, $"payer {form.PayerId}", no.GetType().Name)));
    }
}
