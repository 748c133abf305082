using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Asks for transfers. Nothing here sends anything.</summary>
public sealed class TransferCommands(
    IDbContextFactory<PortalDb> factory, TransferSubmission submission, TransferLimits limits)
{
    public const int MaxComment = 500;

    /// <summary>Puts a transfer before a second person, within the day's limits.</summary>
    public async Task<TransferRequested> RequestAsync(Actor actor, TransferForm form)
    {
        // Two clicks of one dialog at the same instant: one of them gets through, and its answer is everybody's.
        try
        {
            var result = await TryRequestAsync(actor, form);
            return result is TransferRequested.Asked ? result : await SameAsync(form) ?? result;
        }
        catch (DbUpdateException)
        {
            if (await SameAsync(form) is { } same)
            {
                return same;
            }

            throw;
        }
    }

    private async Task<TransferRequested> TryRequestAsync(Actor actor, TransferForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync<TransferRequested>(actor, "transfer.request", async commit =>
        {
            var check = await db.Set<PayeeCheck>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == form.CheckId);
            if (check is null)
            {
                return commit.Refuse(new TransferRequested.NoSuchCheck(), $"payee check {form.CheckId:N}", "none");
            }

            var subject = $"payee {check.PayeeId}";
            if (!commit.Rights.Allows(Permission.TransfersRequest, check.AccountId))
            {
                return commit.Refuse(
                    new TransferRequested.NoRight(Permission.TransfersRequest), subject,
                    $"lacks {Permission.TransfersRequest}");
            }

            if (await SameAsync(db, form) is { } same)
            {
                return same;
            }

            // Who asks has to have looked: a colleague's check is no look of one's own.
            if (check.PersonId != actor.PersonId)
            {
                return commit.Refuse(new TransferRequested.NoSuchCheck(), subject, "somebody else looked");
            }

            var account = await AccountDirectory.GetAsync(db, check.AccountId);
            var ground = submission.Ground(account, commit.Now);
            var refused = ground is null ? new TransferRequested.NotOffered()
                : TransferChecks.Unseen(check, form.SeenName, commit.Now)
                    ?? TransferChecks.Refusal(ground, check.PayeeId, form);
            return refused is not null
                ? commit.Refuse(refused, subject, refused.ToString())
                : await InsertAsync(commit, account, check, form);
        });
    }

    private async Task<TransferRequested> InsertAsync(
        Commit commit, Account account, PayeeCheck check, TransferForm form)
    {
        // The lock comes first: what is looked at under it is what another request at the same instant left.
        var subject = $"payee {check.PayeeId}";
        var amount = form.Amount(account)!.Value;
        if (await limits.BrokenAsync(commit, account, check.PayeeId, amount) is { } broken)
        {
            return commit.Refuse(
                new TransferRequested.OverLimit(broken), subject, $"{amount} is over the limit {broken}");
        }

        var twin = await TransferTwins.FindAsync(commit.Db, account.Provider, check.PayeeId, amount, commit.Now);
        if (twin is not null && form.MeansBeside != twin.Number)
        {
            return commit.Refuse(
                new TransferRequested.TwinFound(twin.Number, twin.RequesterName, twin.RequestedAt, twin.Amount),
                subject, $"the same as {twin.Number}");
        }

        var operation = await submission.SubmitAsync(
            commit, account, new(check.PayeeId, check.MaskedName), form, form.CommandId);
        return new TransferRequested.Asked(operation.Id, operation.Number);
    }

    private async Task<TransferRequested?> SameAsync(TransferForm form)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await SameAsync(db, form);
    }

    private static async Task<TransferRequested?> SameAsync(PortalDb db, TransferForm form) =>
        await OperationSubmission.SameAsync(db, form.CommandId) is { } same
            ? new TransferRequested.Asked(same.Id, same.Number)
            : null;
}
