using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Cards;

/// <summary>Payers' cards: which bank a card is of, which cards a payer has signed up, taking one away.</summary>
public static class CardsFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Cards",
        Nav = [new("nav.group.money", "nav.cards", PortalUrls.Cards, IconName.Card, Permission.CardsRead)],
        Services = services => services
            .AddScoped<CardCommands>()
            .AddScoped<CardQueries>()
            .AddScoped<UnbindSheets>()
            .AddScoped<CardServices>()
            .AddSingleton(new ReasonTexts(OperationKind.Unbind, typeof(CardTexts)))
            .AddSingleton<CardDirectory>(),
    };
}
