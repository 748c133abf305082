using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>An account whose provider knows payers' cards.</summary>
public sealed record CardAccount(Guid Id, string Name, string Provider);

/// <summary>What was told of a card's first digits. The family is closed.</summary>
public abstract record BankFound
{
    /// <param name="Facts">Bank and kind.</param>
    /// <param name="LastFour">The last four digits of what was asked about; nothing more of it is kept.</param>
    public sealed record Told(CardBinFacts Facts, string LastFour) : BankFound;

    /// <summary>The provider does not know the card's first digits.</summary>
    public sealed record NotFound : BankFound;

    /// <summary>Not 15 to 19 digits with a right check digit: it was not sent anywhere.</summary>
    public sealed record NotACard : BankFound;

    public sealed record NoRight : BankFound;

    public sealed record NoAnswer(ProviderError Error) : BankFound;
}

/// <summary>A payer's card with what is under way about it.</summary>
/// <param name="Card">The card as the provider tells it.</param>
/// <param name="Running">The open request to take it away; null where there is none.</param>
public sealed record SignedCardLine(SignedCard Card, OperationFacts? Running);

/// <summary>A payer's signed cards. The family is closed.</summary>
public abstract record PayerCards
{
    /// <param name="Lines">The cards, the latest agreement first.</param>
    /// <param name="Authenticated">False where the provider does not sign the list.</param>
    /// <param name="MayUnbind">The actor may ask for a card to be taken away.</param>
    /// <param name="Prospect">What such a request would meet.</param>
    public sealed record Told(
        IReadOnlyList<SignedCardLine> Lines, bool Authenticated, bool MayUnbind, ApprovalProspect Prospect)
        : PayerCards;

    public sealed record NotFound : PayerCards;

    public sealed record NoRight : PayerCards;

    public sealed record NoAnswer(ProviderError Error) : PayerCards;
}

/// <summary>A request to take a card away, with what the page showed.</summary>
public sealed record UnbindForm
{
    /// <summary>Made when the dialog opened; sent twice, it is still one request.</summary>
    public required Guid CommandId { get; init; }

    public required Guid AccountId { get; init; }
    public required string PayerId { get; init; }
    public required string AgreementNumber { get; init; }

    /// <summary>The last digits that the page showed.</summary>
    public required string SeenLastFour { get; init; }

    public required string Reason { get; init; }
    public string Comment { get; init; } = "";
}

/// <summary>How a request ended. The family is closed.</summary>
public abstract record UnbindRequested
{
    public sealed record Asked(Guid Id, string Number) : UnbindRequested;

    public sealed record NoRight : UnbindRequested;

    public sealed record ReasonMissing : UnbindRequested;

    public sealed record CommentTooLong(int Max) : UnbindRequested;

    /// <summary>The provider no longer lists this card for this payer, or lists another one under the number.</summary>
    public sealed record PageIsStale : UnbindRequested;

    /// <summary>A request about the same card is open.</summary>
    public sealed record AnotherIsOpen(string Number) : UnbindRequested;

    /// <summary>The provider could not be asked whether the card is still there.</summary>
    public sealed record NoAnswer(ProviderError Error) : UnbindRequested;
}

/// <summary>Why cards are taken away.</summary>
public static class UnbindReasons
{
    public static IReadOnlyList<string> Codes { get; } = ["PayerAsked", "CardLost", "Fraud", "AccountClosed"];
}
