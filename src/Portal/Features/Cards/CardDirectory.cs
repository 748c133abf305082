using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>
/// Asks providers about cards. A full number goes to the provider and nowhere else: it is not stored, logged, audited
/// or put into an address.
/// </summary>
public sealed class CardDirectory(
    IDbContextFactory<PortalDb> factory, AccountDirectory accounts, ILogger<CardDirectory> log)
{
    private const int MostPages = 20;

    /// <summary>Asks which bank a card is of.</summary>
    /// <param name="account">The account.</param>
    /// <param name="number">The digits, wiped by the caller.</param>
    public async Task<QueryAnswer<CardBinFacts>?> FindBankAsync(Account account, SecretBytes number) =>
        await AskAsync(account, (cards, address, keys) => cards.FindBankAsync(address, number, keys, default));

    /// <summary>Reads all pages of a payer's signed cards; null where the provider cannot be asked.</summary>
    public Task<QueryAnswer<SignedCardPage>?> ListAsync(Account account, string payerId) =>
        AskAsync(account, async (cards, address, keys) =>
        {
            var all = new List<SignedCard>();
            var authenticated = true;
            var offset = 0;
            for (var page = 1; ; page++)
            {
                var answer = await cards.ListAsync(address, payerId, offset, keys, default);
                if (answer is not QueryAnswer<SignedCardPage>.Told told)
                {
                    return answer;
                }

                all.AddRange(told.Facts.Cards);
                authenticated &= told.Facts.Authenticated;
                if (told.Facts.NextOffset is not { } next)
                {
                    return told with { Facts = new(all, authenticated, NextOffset: null) };
                }

                if (next <= offset || page == MostPages)
                {
                    return new QueryAnswer<SignedCardPage>.NoAnswer(told.Transcript, ProviderError.AnswerUnreadable);
                }

                offset = next;
            }
        });

    /// <summary>
    /// The digits of a typed number: blanks and hyphens between them are how cards are embossed. Null when they are no
    /// card's number.
    /// </summary>
    public static SecretBytes? Digits(string typed)
    {
        var digits = typed.Where(c => c is not (' ' or '-')).ToArray();
        if (digits.Length is < 15 or > 19 || !digits.All(char.IsAsciiDigit)
            || !Orders.CardNumber.LooksLike(new string(digits)))
        {
            return null;
        }

        var bytes = Encoding.ASCII.GetBytes(digits);
        var secret = new SecretBytes(bytes);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }

    /// <summary>The last four digits, for people.</summary>
    public static string LastFour(SecretBytes number) => Encoding.ASCII.GetString(number.Span[^4..]);

    private async Task<QueryAnswer<T>?> AskAsync<T>(
        Account account, Func<ICards, ProviderAccount, ProviderKeys, Task<QueryAnswer<T>>> ask)
    {
        if (accounts.Provider(account).Cards is not { } cards || accounts.Address(account) is not { } address)
        {
            return null;
        }

        try
        {
            await using var db = await factory.CreateDbContextAsync();
            using var keys = await accounts.OpenKeysAsync(db, account);
            return await ask(cards, address, keys);
        }
        catch (System.Security.Cryptography.CryptographicException fault)
        {
            log.LogError(fault, "The keys of account {Account} could not be opened.", account.Id);
            return null;
        }
    }
}
