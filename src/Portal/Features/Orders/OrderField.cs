namespace MerchantPortal.Portal.Features.Orders;

/// <summary>What the list can be filtered by, besides the search box.</summary>
public enum OrderField
{
    Created,
    Account,
    Provider,
    State,
    Method,
    Amount,
    Currency,
    Source,
}
