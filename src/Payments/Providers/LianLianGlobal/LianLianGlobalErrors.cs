using System.Globalization;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>
/// The return codes of section 5.3.4 with their HTTP status, the further ones of the third version's clients, and the
/// decline codes of section 5.3.5. The states of sections 5.1 and 5.2 are here too: people look them up like codes.
/// </summary>
internal static class LianLianGlobalErrors
{
    // Code | our word | place in the normalised table | HTTP status | return_msg. SYSTEM_BUSY, INTERNAL_SERVER_ERROR
    // and ERROR_DURING_ORDER_PROCESSING come with 422 and still say nothing about the outcome.
    private const string ReturnCodes = """
        SUCCESS | None | 100000 | 200 | Success
        INVALID_PARAMETER | InvalidRequest | 100414 | 400 | <parameter name> is empty or incorrect
        INVALID_SIGNATURE | OurSignatureRefused | 100412 | 401 | Invalid signature
        INVALID_MERCHANT | MerchantNotAllowed | 100413 | 401 | Invalid merchant id
        INVALID_SECONDARY_MERCHANT | MerchantNotAllowed | 100413 | 401 | Invalid secondary merchant id
        IP_NOT_AUTHORIZED | MerchantNotAllowed | 100400 | 401 | Merchant IP is not authorized
        INACTIVE_MERCHANT | MerchantNotAllowed | 100413 | 401 | The Merchant is inactive, please contact our support
        CUSTOMER_HAS_RESTRICTIONS | Declined | 100219 | 403 | This transaction could not be completed at this \
        moment, please try again later or try a different payment method.
        ANNUAL_LIMIT_EXCEEDED | LimitExceeded | 100101 | 403 | The Customer has exceeded the annual limit. For him \
        to continue shopping, send proof of income to request limit increase
        BOLETO_LIMIT_EXCEEDED | LimitExceeded | 100101 | 403 | The Customer can only order up to <payment \
        currency> <max payment amount> per transaction or per month in payments via boleto
        FX_TRANSACTION_LIMIT_EXCEEDED | LimitExceeded | 100101 | 403 | The Customer can only order up to \
        <settlement currency> <max settlement amount> per transaction
        HTTP_NOT_FOUND | InvalidRequest | 100414 | 404 | HTTP 404 Not Found
        OBJECT_NOT_FOUND | OrderNotFound | 100620 | 404 | <object name> not found
        EXISTING_OBJECT | Duplicate | 100619 | 409 | <object name> <id> already exists
        PAYMENT_COMPLETED | Duplicate | 100619 | 409 | Order <order id> is paid
        PAYMENT_CLOSED | InvalidRequest | 100618 | 409 | Order <order id> is closed
        SHIPMENT_CONFIRMED | Duplicate | 100619 | 409 | Shipment is already confirmed
        SUBSCRIPTION_DUPLICATE_PAYMENT | Duplicate | 100619 | 409 | Subscription duplicate payment
        SUBSCRIPTION_STATUS_INVALID | InvalidRequest | 100414 | 409 | Subscription status invalid
        SUBSCRIPTION_AMOUNT_EXCEEDED | AmountTooHigh | 100101 | 409 | Subscription amount exceeded
        SUBSCRIPTION_NOT_IN_CYCLE | InvalidRequest | 100414 | 409 | Not in subscription cycle
        REFUND_AMOUNT_EXCEEDED | AmountTooHigh | 100105 | 422 | The refund amount can not be greater than the \
        amount of the order previously paid
        NON_REFUNDABLE_ORDER | NotRefundable | 100602 | 422 | The Current order status does not allow a refund
        REFUND_ALREADY_REQUESTED | Duplicate | 100619 | 422 | The refund of this order has already been requested.
        INSUFFICIENT_BALANCE | BalanceTooLow | 100100 | 422 | Merchant does not have enough balance for this operation
        NON_REISSUABLE_PAYMENT | InvalidRequest | 100414 | 422 | Can not reissue order payment due to inconsistent \
        order information
        ERROR_DURING_ORDER_PROCESSING | ProviderFault | 100999 | 422 | An error occurred during order processing, \
        please try again later
        SYSTEM_BUSY | ProviderFault | 100999 | 422 | System busy
        INTERNAL_SERVER_ERROR | ProviderFault | 100999 | 422 | System error
        """;

    // Named by the third version's clients alone; the descriptions are ours. Six of them come with 409 or 422.
    private const string FurtherCodes = """
        REFERER_NOT_AUTHORIZED | MerchantNotAllowed | 100400 | 401 | The referring page is not authorised
        METHOD_NOT_ALLOWED | InvalidRequest | 100414 | 405 | The HTTP method is not allowed
        NOT_ACCEPTABLE | InvalidRequest | 100414 | 406 | The content type is not acceptable
        NOT_SUPPORT | InvalidRequest | 100415 | 406 | The operation is not supported
        PAYMENT_PROCESSING | Duplicate | 100619 | - | The payment is already being worked on
        CARD_BALANCE_INSUFFICIENT | Declined | 100100 | - | The balance of the payer's card is not enough
        REFUND_STATUS_ERROR | NotRefundable | 100602 | - | The state of the refund does not allow this
        EXIST_PROCESSING_REFUND | Duplicate | 100619 | - | A refund of this order is already being worked on
        EXIST_PROCESSING_DISPUTE | NotRefundable | 100602 | - | A dispute about this order is being worked on
        REQUEST_ARGUMENT_INVALID | InvalidRequest | 100414 | - | An argument of the request is invalid
        """;

    // RS and RP are states of payments and of refunds. PF may still become PS, so it is no decline. ER is named by the
    // third version's clients alone.
    private const string States = """
        IN | None | 100622 | - | 初始化支付
        WP | None | 100622 | - | 待用户支付
        PP | None | 100999 | - | 等待支付结果
        PC | None | 100618 | - | 支付过期或者取消
        PS | None | 100000 | - | 支付成功
        PF | None | 100998 | - | 支付失败
        RP | None | 100999 | - | 等待退款结果
        RS | None | 100000 | - | 全部退款成功 / 退款受理成功
        PR | None | 100000 | - | 部分退款成功
        CB | None | 100999 | - | 争议拒付
        ER | None | 100999 | - | error
        PA | None | 100999 | - | 退款已申请, 待商户复核人员复核
        RF | Declined | 100602 | - | 退款失败/复核不通过
        WR | None | 100100 | - | 退款挂起待余额充足后进行退款
        RC | None | 100603 | - | 取消退款
        """;

    /// <summary>
    /// The codes that a general answer carries: return codes and decline codes, which are spelt apart.
    /// </summary>
    public static ErrorTable Table { get; } =
        new([.. Read(ReturnCodes), .. Read(FurtherCodes), .. LianLianGlobalDeclines.All]);

    /// <summary>The codes and the states together, for people.</summary>
    public static ErrorTable WithStates { get; } = new([.. Table.Entries, .. Read(States)]);

    /// <summary>Our word for a code of an answer that is not a success; never "nothing went wrong".</summary>
    public static ProviderError Meaning(string code) =>
        Table.Meaning(code) is var error and not ProviderError.None ? error : ProviderError.Unlisted;

    private static IEnumerable<ErrorEntry> Read(string rows) =>
        from line in rows.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
        let cells = line.Split(" | ")
        select new ErrorEntry(
            cells[0], Enum.Parse<ProviderError>(cells[1]), cells[4], cells[4],
            int.Parse(cells[2], CultureInfo.InvariantCulture))
        {
            HttpStatus = cells[3] == "-" ? null : int.Parse(cells[3], CultureInfo.InvariantCulture),
        };
}
