namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>A return code with the HTTP status it comes with (document 5.3.4).</summary>
sealed record LianLianGlobalCode(string Code, int Status, string Message);

/// <summary>The return codes, with the name of what they speak of put into their text.</summary>
static class LianLianGlobalErrors
{
    public const string SystemBusy = "SYSTEM_BUSY";

    static readonly Dictionary<string, LianLianGlobalCode> Codes = new LianLianGlobalCode[]
    {
        new("SUCCESS", 200, "Success"),
        new("INVALID_PARAMETER", 400, "{0} is empty or incorrect"),
        new("INVALID_SIGNATURE", 401, "Invalid signature"),
        new("INVALID_MERCHANT", 401, "Invalid merchant id"),
        new("INVALID_SECONDARY_MERCHANT", 401, "Invalid secondary merchant id"),
        new("IP_NOT_AUTHORIZED", 401, "Merchant IP is not authorized"),
        new("INACTIVE_MERCHANT", 401, "The Merchant is inactive, please contact our support"),
        new(
            "CUSTOMER_HAS_RESTRICTIONS", 403,
            "This transaction could not be completed at this moment, please try again later or try a different "
            + "payment method."),
        new(
            "ANNUAL_LIMIT_EXCEEDED", 403,
            "The Customer has exceeded the annual limit. For him to continue shopping, send proof of income to "
            + "request limit increase"),
        new(
            "BOLETO_LIMIT_EXCEEDED", 403,
            "The Customer can only order up to {0} per transaction or per month in payments via boleto"),
        new("FX_TRANSACTION_LIMIT_EXCEEDED", 403, "The Customer can only order up to {0} per transaction"),
        new("HTTP_NOT_FOUND", 404, "HTTP 404 Not Found"),
        new("OBJECT_NOT_FOUND", 404, "{0} not found"),
        new("EXISTING_OBJECT", 409, "{0} already exists"),
        new("PAYMENT_COMPLETED", 409, "Order {0} is paid"),
        new("PAYMENT_CLOSED", 409, "Order {0} is closed"),
        new("PAYMENT_PROCESSING", 409, "Order {0} is being paid"),
        new("SHIPMENT_CONFIRMED", 409, "Shipment is already confirmed"),
        new("SUBSCRIPTION_DUPLICATE_PAYMENT", 409, "Subscription duplicate payment"),
        new("SUBSCRIPTION_STATUS_INVALID", 409, "Subscription status invalid"),
        new("SUBSCRIPTION_AMOUNT_EXCEEDED", 409, "Subscription amount exceeded"),
        new("SUBSCRIPTION_NOT_IN_CYCLE", 409, "Not in subscription cycle"),
        new(
            "REFUND_AMOUNT_EXCEEDED", 422,
            "The refund amount can not be greater than the amount of the order previously paid"),
        new("NON_REFUNDABLE_ORDER", 422, "The Current order status does not allow a refund"),
        new("REFUND_ALREADY_REQUESTED", 422, "The refund of this order has already been requested."),
        new("INSUFFICIENT_BALANCE", 422, "Merchant does not have enough balance for this operation"),
        new("NON_REISSUABLE_PAYMENT", 422, "Can not reissue order payment due to inconsistent order information"),
        new(
            "ERROR_DURING_ORDER_PROCESSING", 422,
            "An error occurred during order processing, please try again later"),
        new(SystemBusy, 422, "System busy"),
        new("INTERNAL_SERVER_ERROR", 422, "System error"),
    }.ToDictionary(code => code.Code);

    /// <summary>The row of a code; a code that was only ordered as a fault is answered with status 422.</summary>
    public static LianLianGlobalCode Of(string code) =>
        Codes.GetValueOrDefault(code) ?? new LianLianGlobalCode(code, 422, code);
}
