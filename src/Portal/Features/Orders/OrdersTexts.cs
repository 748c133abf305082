namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Marks the texts of the orders' pages: OrdersTexts.resx and its two Chinese siblings.</summary>
public sealed class OrdersTexts;
