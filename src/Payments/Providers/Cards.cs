namespace MerchantPortal.Payments.Providers;

/// <summary>Debit or credit.</summary>
public enum CardKind
{
    /// <summary>A debit card.</summary>
    Debit,

    /// <summary>A credit card.</summary>
    Credit,
}

/// <summary>What a card's first digits tell. The number itself is never part of an answer.</summary>
/// <param name="BankCode">The provider's code of the bank.</param>
/// <param name="BankName">The bank.</param>
/// <param name="Kind">Debit or credit.</param>
public sealed record CardBinFacts(string BankCode, string BankName, CardKind Kind);

/// <summary>A card that a payer has signed up.</summary>
/// <param name="AgreementNumber">The provider's number of the agreement.</param>
/// <param name="LastFour">The last four digits of the card.</param>
/// <param name="BankCode">The provider's code of the bank; empty when not told.</param>
/// <param name="BankName">The bank; empty when not told.</param>
/// <param name="Kind">Debit or credit; null when not told.</param>
/// <param name="MaskedPhone">The phone number, masked by us; empty when not told.</param>
public sealed record SignedCard(
    string AgreementNumber, string LastFour, string BankCode, string BankName, CardKind? Kind, string MaskedPhone);

/// <summary>One page of a payer's signed cards.</summary>
/// <param name="Cards">The cards, the latest agreement first.</param>
/// <param name="Authenticated">
/// False where the provider leaves the list itself unsigned: it is shown, and nothing is decided by it alone.
/// </param>
/// <param name="NextOffset">Where the next page begins; null on the last one.</param>
public sealed record SignedCardPage(IReadOnlyList<SignedCard> Cards, bool Authenticated, int? NextOffset);

/// <summary>Takes a signed card away from a payer. The payer cannot undo it.</summary>
/// <param name="PayerId">The shop's number of the payer.</param>
/// <param name="AgreementNumber">The provider's number of the agreement.</param>
public sealed record CardUnbindRequest(string PayerId, string AgreementNumber);

/// <summary>Looks cards up and takes them away.</summary>
public interface ICards
{
    /// <summary>Whether a card may be taken away again after an unknown outcome.</summary>
    bool ResendSafe { get; }

    /// <summary>Asks which bank a card is of.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cardNumber">The full number; it is sent and kept nowhere.</param>
    /// <param name="keys">The account's keys.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task<QueryAnswer<CardBinFacts>> FindBankAsync(
        ProviderAccount account, SecretBytes cardNumber, ProviderKeys keys, CancellationToken cancel);

    /// <summary>Asks for the signed cards of a payer, one page.</summary>
    Task<QueryAnswer<SignedCardPage>> ListAsync(
        ProviderAccount account, string payerId, int offset, ProviderKeys keys, CancellationToken cancel);

    /// <summary>Takes a card away, once, and says what its own answer proves.</summary>
    Task<ProviderOutcome> UnbindAsync(
        ProviderAccount account, CardUnbindRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel);
}
