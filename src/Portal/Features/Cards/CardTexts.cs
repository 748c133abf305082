namespace MerchantPortal.Portal.Features.Cards;

/// <summary>Marks the texts of cards.</summary>
public sealed class CardTexts;
