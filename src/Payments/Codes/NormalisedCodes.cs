using System.Collections.Frozen;

namespace MerchantPortal.Payments.Codes;

/// <summary>The groups of the normalised table, as its document has them.</summary>
public enum CodeCategory
{
    /// <summary>It worked.</summary>
    Success,

    /// <summary>Amount Errors.</summary>
    Amount,

    /// <summary>Account/Card Errors.</summary>
    AccountOrCard,

    /// <summary>Risk Control Errors.</summary>
    RiskControl,

    /// <summary>Parameter Validation Errors.</summary>
    Parameter,

    /// <summary>General Errors.</summary>
    General,

    /// <summary>Unknown Error.</summary>
    Unknown,

    /// <summary>Uncategorized Error.</summary>
    Uncategorised,
}

/// <summary>A code of the normalised table ("Payment Error Code").</summary>
/// <param name="Code">Six digits, 100000 to 100999.</param>
/// <param name="Category">The group it stands in.</param>
/// <param name="English">The document's English description.</param>
/// <param name="Chinese">The document's Chinese description, simplified.</param>
public sealed record NormalisedCode(int Code, CodeCategory Category, string English, string Chinese);

/// <summary>
/// The normalised table: the one vocabulary that the codes of all providers are translated to for people. What a code
/// means for an operation is decided by <see cref="Providers.ProviderError"/> and each interface's own list, never by
/// this table.
/// </summary>
/// <remarks>
/// The rules for the place of a provider code, held by tests over all four tables. What nobody knows the outcome of
/// (a fault, a timeout, "in progress", "try again later" without a no) is 100999, and never a decline or 100998, whose
/// words say that a payment failed. 100998 is a failure without a reason. "Seen before" is 100619 and "not found"
/// 100620: both may speak of our own first copy. A definite no without a reason is 100602, from a bank 100607 or
/// 100609. 100999 is otherwise for what no code covers, such as a card that could not be unbound.
/// </remarks>
public static class NormalisedCodes
{
    /// <summary>The code of everything that worked.</summary>
    public const int Success = 100000;

    /// <summary>The code of what fits nowhere else.</summary>
    public const int Other = 100999;

    /// <summary>
    /// All 91 codes, in the order of the document. Two pairs mean the same: 100107 and 100417, 100108 and 100418.
    /// Our mappings use the first of each.
    /// </summary>
    public static IReadOnlyList<NormalisedCode> All => Rows;

    private static readonly NormalisedCode[] Amounts =
    [
        new(100100, CodeCategory.Amount, "Insufficient balance", "余额不足"),
        new(100101, CodeCategory.Amount, "Amount exceeds the maximum limit", "超过最大金额"),
        new(100102, CodeCategory.Amount, "Amount below the minimum limit", "低于最低金额"),
        new(100103, CodeCategory.Amount, "Invalid amount format", "金额格式非法"),
        new(100104, CodeCategory.Amount, "Incorrect original amount", "原始金额不正确"),
        new(100105, CodeCategory.Amount, "Amount mismatch (cumulative)", "金额(累计)不匹配"),
        new(100106, CodeCategory.Amount, "Amount update not supported", "金额不允许更新"),
        new(100107, CodeCategory.Amount, "Invalid currency", "货币错误"),
        new(100108, CodeCategory.Amount, "Currency not supported", "货币不支持"),
    ];

    private static readonly NormalisedCode[] AccountsAndCards =
    [
        new(100201, CodeCategory.AccountOrCard, "Account information mismatch", "账户信息不匹配"),
        new(100202, CodeCategory.AccountOrCard, "Bank account does not exist", "无此账号"),
        new(100203, CodeCategory.AccountOrCard, "Lost bank account", "挂失卡"),
        new(100204, CodeCategory.AccountOrCard, "Confiscated bank account", "没收卡"),
        new(100205, CodeCategory.AccountOrCard, "Stolen bank account", "被窃卡"),
        new(100206, CodeCategory.AccountOrCard, "Expired bank account", "过期卡"),
        new(100207, CodeCategory.AccountOrCard, "Unsupported bank account", "不支持的卡"),
        new(100208, CodeCategory.AccountOrCard, "Fraudulent bank card", "诈骗卡"),
        new(100209, CodeCategory.AccountOrCard, "Suspected counterfeit card", "怀疑伪造卡"),
        new(100210, CodeCategory.AccountOrCard, "Pick-up card (Contact issuer)", "问题卡,需要联系发卡方"),
        new(100211, CodeCategory.AccountOrCard, "Card blacklisted", "黑名单卡"),
        new(100212, CodeCategory.AccountOrCard, "Card data error", "卡信息错误"),
        new(100213, CodeCategory.AccountOrCard, "Account frozen", "账户已冻结"),
        new(100214, CodeCategory.AccountOrCard, "Account closed", "账号(卡)已关闭"),
        new(100215, CodeCategory.AccountOrCard, "Account locked", "账户被锁定"),
        new(100216, CodeCategory.AccountOrCard, "Account purged", "已清户"),
        new(100217, CodeCategory.AccountOrCard, "Bank account declined", "被拒的银行账户"),
        new(100218, CodeCategory.AccountOrCard, "Account and name mismatch", "账户和户名不符合"),
        new(100219, CodeCategory.AccountOrCard, "Restricted account", "受限制的账户"),
        new(100220, CodeCategory.AccountOrCard, "Account unusable", "账户无法使用"),
        new(100221, CodeCategory.AccountOrCard, "Account verification failed", "账户校验失败"),
        new(100222, CodeCategory.AccountOrCard, "Card decline rate limit exceeded", "卡支付频率超出限制而被拒绝"),
        new(100223, CodeCategory.AccountOrCard, "Invalid account type", "账户(卡)类型错误"),
        new(100224, CodeCategory.AccountOrCard, "Incorrect cvv", "卡的安全码错误"),
        new(100225, CodeCategory.AccountOrCard, "Incorrect card address", "卡地址错误"),
        new(100226, CodeCategory.AccountOrCard, "Incorrect card ZIP code", "卡邮编错误"),
        new(100227, CodeCategory.AccountOrCard, "Incorrect expiration month", "卡有效期月份错误"),
        new(100228, CodeCategory.AccountOrCard, "Incorrect expiration year", "卡有效期年份错误"),
        new(100229, CodeCategory.AccountOrCard, "Incorrect expiration date", "卡有效期错误"),
        new(100230, CodeCategory.AccountOrCard, "Invalid customer payment account", "客户付款账户无效"),
    ];

    private static readonly NormalisedCode[] Risks =
    [
        new(100300, CodeCategory.RiskControl, "Suspected Fraud", "涉嫌欺诈"),
        new(100301, CodeCategory.RiskControl, "High-risk transaction", "交易风险过高"),
        new(100302, CodeCategory.RiskControl, "Security violation", "安全违规"),
        new(100303, CodeCategory.RiskControl, "Violation of the law", "交易存在违法法律行为"),
        new(100304, CodeCategory.RiskControl, "Email blacklisted", "邮箱在黑名单中"),
    ];

    private static readonly NormalisedCode[] Parameters =
    [
        new(100400, CodeCategory.Parameter, "Not authorized", "未授权"),
        new(100401, CodeCategory.Parameter, "Missing pickup address", "物流地址未填写"),
        new(100402, CodeCategory.Parameter, "Invalid pickup address", "物流地址非法"),
        new(100403, CodeCategory.Parameter, "Unsupported shipping type", "不支持的物流方式"),
        new(100404, CodeCategory.Parameter, "Missing postal code", "邮编缺失"),
        new(100405, CodeCategory.Parameter, "Invalid postal code", "邮编非法"),
        new(100406, CodeCategory.Parameter, "Invalid phone number", "非法手机号"),
        new(100407, CodeCategory.Parameter, "Invalid country code", "国家码非法"),
        new(100408, CodeCategory.Parameter, "Invalid province", "省份非法"),
        new(100409, CodeCategory.Parameter, "Invalid city", "城市非法"),
        new(100410, CodeCategory.Parameter, "Agreement not found", "协议不存在"),
        new(100411, CodeCategory.Parameter, "API rate limit exceeded", "API接口请求超限"),
        new(100412, CodeCategory.Parameter, "API key error", "API密钥错误"),
        new(100413, CodeCategory.Parameter, "Invalid merchant", "非法商户"),
        new(100414, CodeCategory.Parameter, "Invalid parameter", "参数非法"),
        new(100415, CodeCategory.Parameter, "Unsupported payment type", "不支持的交易类型"),
        new(100416, CodeCategory.Parameter, "Provider not found", "无此渠道"),
        new(100417, CodeCategory.Parameter, "Invalid currency", "币种非法"),
        new(100418, CodeCategory.Parameter, "Currency not supported", "币种不支持"),
        new(100419, CodeCategory.Parameter, "Platform API key expired", "API密钥过期"),
        new(100420, CodeCategory.Parameter, "Invalid email address", "无效邮箱"),
    ];

    private static readonly NormalisedCode[] General =
    [
        new(100600, CodeCategory.General, "Invalid token", "非法token信息"),
        new(100601, CodeCategory.General, "Token expired", "token过期"),
        new(100602, CodeCategory.General, "Transaction refused", "交易拒绝"),
        new(100603, CodeCategory.General, "Transaction cancelled by the merchant", "商家取消交易"),
        new(100604, CodeCategory.General, "3D Secure authentication cancelled by the cardholder", "持卡人取消3D授权"),
        new(100605, CodeCategory.General, "Cardholder failed 3D Secure authentication", "持卡人未通过3D服务授权"),
        new(100606, CodeCategory.General, "3D Secure authentication timeout", "3D授权操作超时"),
        new(100607, CodeCategory.General, "Transaction declined by card issuer", "发卡方拒绝交易"),
        new(100608, CodeCategory.General, "Order expire", "订单已过期"),
        new(100609, CodeCategory.General, "Do not honour", "交易不予兑现"),
        new(100610, CodeCategory.General, "Original transaction failed", "原始交易失败"),
        new(100611, CodeCategory.General, "Transaction already revoked; cannot revoke repeatedly", "交易已撤销,不能再次撤销"),
        new(100612, CodeCategory.General, "Transaction already cancelled; cannot cancel repeatedly", "交易已取消,不能再次取消"),
        new(100613, CodeCategory.General, "Exceeds PIN retry limit", "超过pin重试次数"),
        new(100614, CodeCategory.General, "Incorrect password", "密码错误"),
        new(100615, CodeCategory.General, "Incorrect PIN", "PIN错误"),
        new(100616, CodeCategory.General, "Exceeds withdrawal amount limit", "超出账户提现限制"),
        new(100617, CodeCategory.General, "Payment instrument declined", "当前方式被受理方或者银行拒绝"),
        new(100618, CodeCategory.General, "Payment voided", "支付单作废"),
        new(100619, CodeCategory.General, "Duplicate transaction", "重复的交易"),
        new(100620, CodeCategory.General, "Record not found", "交易不存在"),
        new(100621, CodeCategory.General, "Transaction not in current batch", "撤销交易不在当前批次"),
        new(100622, CodeCategory.General, "Authentication unfinished", "授权未完成"),
    ];

    private static readonly NormalisedCode[] Rows =
    [
        new(100000, CodeCategory.Success, "Success", "交易成功"),
        .. Amounts,
        .. AccountsAndCards,
        .. Risks,
        .. Parameters,
        .. General,
        new(
            100998, CodeCategory.Unknown,
            "Payment failed. Please try again with another payment method or try again later.",
            "交易失败,请尝试使用其他支付方式或稍后再试"),
        new(100999, CodeCategory.Uncategorised, "Other error", "其他错误"),
    ];

    // Duplicate, already revoked or cancelled, not found: each may be the trace of our own first attempt.
    private static readonly FrozenSet<int> Open = [100411, 100611, 100612, 100619, 100620, 100998, Other];

    private static readonly Dictionary<int, NormalisedCode> ByCode = All.ToDictionary(code => code.Code);

    /// <summary>The row of a code, or null when the table does not have it.</summary>
    public static NormalisedCode? Find(int code) => ByCode.GetValueOrDefault(code);

    /// <summary>
    /// Whether a code says nothing final about the money. Who reads such a code asks again and does not repeat.
    /// </summary>
    public static bool LeavesOutcomeOpen(int code) => Open.Contains(code);
}
