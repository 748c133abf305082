using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>What a provider's word about a pre-authorisation means for its order.</summary>
internal static class HoldWords
{
    /// <summary>The question about an order's hold.</summary>
    public static PreAuthRequest Ask(Order order) => new()
    {
        Order = order.Reference,
        Authorised = order.Amount,
        Amount = order.Amount,
        RequestedAt = order.OrderedAt,
    };

    /// <summary>The same answer, told of the order.</summary>
    public static QueryAnswer<OrderFacts> Of(Account account, Order order, QueryAnswer<PreAuthFacts> answer) =>
        answer switch
        {
            QueryAnswer<PreAuthFacts>.Told told => new QueryAnswer<OrderFacts>.Told(
                told.Transcript, Facts(account, order, told.Facts))
            { ProviderCode = told.ProviderCode },
            QueryAnswer<PreAuthFacts>.NotFound no =>
                new QueryAnswer<OrderFacts>.NotFound(no.Transcript) { ProviderCode = no.ProviderCode },
            QueryAnswer<PreAuthFacts>.NoAnswer no =>
                new QueryAnswer<OrderFacts>.NoAnswer(no.Transcript, no.Error) { ProviderCode = no.ProviderCode },
            _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "No such answer."),
        };

    private static OrderFacts Facts(Account account, Order order, PreAuthFacts facts) => new()
    {
        MerchantId = account.MerchantId,
        MerchantNumber = facts.MerchantNumber,
        ProviderNumber = facts.ProviderNumber ?? order.ProviderNumber ?? "",
        OrderedAt = order.OrderedAt,
        Amount = order.Amount,
        Paid = facts.State == PreAuthState.Captured ? facts.Amount : null,
        Event = Meaning(facts.State),
        RawState = facts.RawState,
    };

    /// <summary>A capture or cancellation that is under way or failed leaves the amount held.</summary>
    private static OrderEvent Meaning(PreAuthState state) => state switch
    {
        PreAuthState.Open => OrderEvent.PaymentProcessing,
        PreAuthState.Captured => OrderEvent.PaymentSucceeded,
        PreAuthState.Cancelled or PreAuthState.Expired => OrderEvent.PaymentClosed,
        PreAuthState.Failed => OrderEvent.PaymentFailed,
        _ => OrderEvent.PaymentAuthorised,
    };
}
