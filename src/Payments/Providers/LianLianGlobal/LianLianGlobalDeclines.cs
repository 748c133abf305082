using System.Globalization;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>The decline codes of section 5.3.5 with description and next step in both languages.</summary>
internal static class LianLianGlobalDeclines
{
    // Code | our word | place in the normalised table | description | next step | description and next step in Chinese.
    private const string Rows = """
        authentication_required | Declined | 100622 | The card was declined as the transaction requires \
        authentication. | The payment should be attempted again. If it still cannot be processed, the customer \
        needs to contact their card issuer. | 交易未授权 | 请重新发起支付，如果仍不成功，请持卡人联系发卡银行
        card_not_supported | Declined | 100207 | The card does not support this type of purchase. | The customer \
        needs to contact their card issuer to make sure their card can be used to make this type of purchase. | \
        卡不支持此交易 | 请持卡人联系发卡银行开通此类交易
        card_velocity_exceeded | LimitExceeded | 100101 | The customer has exceeded the balance or credit limit \
        available on their card. | The customer should contact their card issuer for more information. | \
        超过信用额度 | 请持卡人联系发卡银行了解更多信息
        currency_not_supported | Declined | 100108 | The card does not support the specified currency. | The \
        customer needs to check with the issuer whether the card can be used for the type of currency specified. | \
        不支持此币种交易 | 请持卡人联系发卡银行了解更多信息
        do_not_honor | Declined | 100609 | The card has been declined for an unknown reason. | The customer needs \
        to contact their card issuer for more information. | 交易被发卡银行拒绝 | 请持卡人联系发卡银行了解更多信息
        duplicate_transaction | Duplicate | 100619 | A transaction with identical amount and credit card \
        information was submitted very recently. | Check to see if a recent payment already exists. | \
        重复支付 | 请检查是否有一笔相同的付款
        expired_card | Declined | 100206 | The card has expired. | The customer should use another card. | \
        卡已过期 | 请换一张卡重新支付
        incorrect_number | Declined | 100212 | The card number is incorrect. | The customer should try again using \
        the correct card number. | 卡号错误 | 请输入正确的卡号并重新支付
        incorrect_cvc | Declined | 100224 | The CVC number is incorrect. | The customer should try again using the \
        correct CVC. | 安全码错误 | 请输入正确的安全码并重新支付
        incorrect_zip | Declined | 100226 | The ZIP/postal code is incorrect. | The customer should try again using \
        the correct billing ZIP/postal code. | 邮编错误 | 请输入正确的账单邮编并重新支付
        insufficient_funds | Declined | 100100 | The card has insufficient funds to complete the purchase. | The \
        customer should use an alternative payment method. | 金额不足 | 请换一张卡并重新支付
        invalid_account | Declined | 100230 | The card, or account the card is connected to, is invalid. | The \
        customer needs to contact their card issuer to check that the card is working correctly. | \
        卡信息无效 | 请持卡人联系发卡银行了解更多信息
        invalid_amount | Declined | 100103 | The payment amount is invalid, or exceeds the amount that is allowed. | \
        If the amount appears to be correct, the customer needs to check with their card issuer that they can make \
        purchases of that amount. | 金额错误 | 请先检查金额是否正确，如果正确，请持卡人联系发卡银行了解更多信息
        invalid_expiry_date | Declined | 100229 | The expiration date is invalid. | The customer should try again \
        using the correct expiration date. | 有效日期格式错误 | 请输入正确的有效日期并重新支付
        issuer_not_available | ProviderFault | 100998 | The card issuer could not be reached, so the payment could \
        not be authorized. | The payment should be attempted again. If it still cannot be processed, the customer \
        needs to contact their card issuer. | 无法识别发卡银行 | 请重新发起支付，如果仍不成功，请持卡人联系发卡银行
        pickup_card | Declined | 100210 | The card cannot be used to make this payment (it is possible it has been \
        reported lost or stolen). | The customer needs to contact their card issuer for more information. | \
        卡无法交易 | 请持卡人联系发卡银行了解更多信息
        processing_error | ProviderFault | 100998 | An error occurred while processing the card. | The payment \
        should be attempted again. If it still cannot be processed, try again later. | \
        支付错误 | 请等待一会并重新发起支付。
        generic_decline | Declined | 100607 | The card has been declined for an unknown reason. | The customer \
        needs to contact their card issuer for more information. | 发卡银行拒绝交易 | 请持卡人联系发卡银行了解更多信息
        """;

    /// <summary>All of them, in the order of the document.</summary>
    public static IReadOnlyList<ErrorEntry> All { get; } =
    [
        .. from line in Rows.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
           let cells = line.Split(" | ")
           select new ErrorEntry(
               cells[0], Enum.Parse<ProviderError>(cells[1]), cells[3], cells[3],
               int.Parse(cells[2], CultureInfo.InvariantCulture))
           {
               NextStep = cells[4],
               ChineseText = cells[5],
               ChineseNextStep = cells[6],
           },
    ];
}
