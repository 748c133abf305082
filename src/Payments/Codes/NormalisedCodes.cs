using System.Collections.Frozen;
using System.Globalization;

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
    // Six digits, category, and the document's own two descriptions.
    private const string Rows = """
        100000 | Success | Success | 交易成功
        100100 | Amount | Insufficient balance | 余额不足
        100101 | Amount | Amount exceeds the maximum limit | 超过最大金额
        100102 | Amount | Amount below the minimum limit | 低于最低金额
        100103 | Amount | Invalid amount format | 金额格式非法
        100104 | Amount | Incorrect original amount | 原始金额不正确
        100105 | Amount | Amount mismatch (cumulative) | 金额(累计)不匹配
        100106 | Amount | Amount update not supported | 金额不允许更新
        100107 | Amount | Invalid currency | 货币错误
        100108 | Amount | Currency not supported | 货币不支持
        100201 | AccountOrCard | Account information mismatch | 账户信息不匹配
        100202 | AccountOrCard | Bank account does not exist | 无此账号
        100203 | AccountOrCard | Lost bank account | 挂失卡
        100204 | AccountOrCard | Confiscated bank account | 没收卡
        100205 | AccountOrCard | Stolen bank account | 被窃卡
        100206 | AccountOrCard | Expired bank account | 过期卡
        100207 | AccountOrCard | Unsupported bank account | 不支持的卡
        100208 | AccountOrCard | Fraudulent bank card | 诈骗卡
        100209 | AccountOrCard | Suspected counterfeit card | 怀疑伪造卡
        100210 | AccountOrCard | Pick-up card (Contact issuer) | 问题卡,需要联系发卡方
        100211 | AccountOrCard | Card blacklisted | 黑名单卡
        100212 | AccountOrCard | Card data error | 卡信息错误
        100213 | AccountOrCard | Account frozen | 账户已冻结
        100214 | AccountOrCard | Account closed | 账号(卡)已关闭
        100215 | AccountOrCard | Account locked | 账户被锁定
        100216 | AccountOrCard | Account purged | 已清户
        100217 | AccountOrCard | Bank account declined | 被拒的银行账户
        100218 | AccountOrCard | Account and name mismatch | 账户和户名不符合
        100219 | AccountOrCard | Restricted account | 受限制的账户
        100220 | AccountOrCard | Account unusable | 账户无法使用
        100221 | AccountOrCard | Account verification failed | 账户校验失败
        100222 | AccountOrCard | Card decline rate limit exceeded | 卡支付频率超出限制而被拒绝
        100223 | AccountOrCard | Invalid account type | 账户(卡)类型错误
        100224 | AccountOrCard | Incorrect cvv | 卡的安全码错误
        100225 | AccountOrCard | Incorrect card address | 卡地址错误
        100226 | AccountOrCard | Incorrect card ZIP code | 卡邮编错误
        100227 | AccountOrCard | Incorrect expiration month | 卡有效期月份错误
        100228 | AccountOrCard | Incorrect expiration year | 卡有效期年份错误
        100229 | AccountOrCard | Incorrect expiration date | 卡有效期错误
        100230 | AccountOrCard | Invalid customer payment account | 客户付款账户无效
        100300 | RiskControl | Suspected Fraud | 涉嫌欺诈
        100301 | RiskControl | High-risk transaction | 交易风险过高
        100302 | RiskControl | Security violation | 安全违规
        100303 | RiskControl | Violation of the law | 交易存在违法法律行为
        100304 | RiskControl | Email blacklisted | 邮箱在黑名单中
        100400 | Parameter | Not authorized | 未授权
        100401 | Parameter | Missing pickup address | 物流地址未填写
        100402 | Parameter | Invalid pickup address | 物流地址非法
        100403 | Parameter | Unsupported shipping type | 不支持的物流方式
        100404 | Parameter | Missing postal code | 邮编缺失
        100405 | Parameter | Invalid postal code | 邮编非法
        100406 | Parameter | Invalid phone number | 非法手机号
        100407 | Parameter | Invalid country code | 国家码非法
        100408 | Parameter | Invalid province | 省份非法
        100409 | Parameter | Invalid city | 城市非法
        100410 | Parameter | Agreement not found | 协议不存在
        100411 | Parameter | API rate limit exceeded | API接口请求超限
        100412 | Parameter | API key error | API密钥错误
        100413 | Parameter | Invalid merchant | 非法商户
        100414 | Parameter | Invalid parameter | 参数非法
        100415 | Parameter | Unsupported payment type | 不支持的交易类型
        100416 | Parameter | Provider not found | 无此渠道
        100417 | Parameter | Invalid currency | 币种非法
        100418 | Parameter | Currency not supported | 币种不支持
        100419 | Parameter | Platform API key expired | API密钥过期
        100420 | Parameter | Invalid email address | 无效邮箱
        100600 | General | Invalid token | 非法token信息
        100601 | General | Token expired | token过期
        100602 | General | Transaction refused | 交易拒绝
        100603 | General | Transaction cancelled by the merchant | 商家取消交易
        100604 | General | 3D Secure authentication cancelled by the cardholder | 持卡人取消3D授权
        100605 | General | Cardholder failed 3D Secure authentication | 持卡人未通过3D服务授权
        100606 | General | 3D Secure authentication timeout | 3D授权操作超时
        100607 | General | Transaction declined by card issuer | 发卡方拒绝交易
        100608 | General | Order expire | 订单已过期
        100609 | General | Do not honour | 交易不予兑现
        100610 | General | Original transaction failed | 原始交易失败
        100611 | General | Transaction already revoked; cannot revoke repeatedly | 交易已撤销,不能再次撤销
        100612 | General | Transaction already cancelled; cannot cancel repeatedly | 交易已取消,不能再次取消
        100613 | General | Exceeds PIN retry limit | 超过pin重试次数
        100614 | General | Incorrect password | 密码错误
        100615 | General | Incorrect PIN | PIN错误
        100616 | General | Exceeds withdrawal amount limit | 超出账户提现限制
        100617 | General | Payment instrument declined | 当前方式被受理方或者银行拒绝
        100618 | General | Payment voided | 支付单作废
        100619 | General | Duplicate transaction | 重复的交易
        100620 | General | Record not found | 交易不存在
        100621 | General | Transaction not in current batch | 撤销交易不在当前批次
        100622 | General | Authentication unfinished | 授权未完成
        100998 | Unknown | Payment failed. Please try again with another payment method or try again later. \
        | 交易失败,请尝试使用其他支付方式或稍后再试
        100999 | Uncategorised | Other error | 其他错误
        """;

    /// <summary>The code of everything that worked.</summary>
    public const int Success = 100000;

    /// <summary>The code of what fits nowhere else.</summary>
    public const int Other = 100999;

    /// <summary>
    /// All 91 codes, in the order of the document. Two pairs mean the same: 100107 and 100417, 100108 and 100418.
    /// Our mappings use the first of each.
    /// </summary>
    public static IReadOnlyList<NormalisedCode> All { get; } =
        [.. Rows.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Select(Read)];

    // Duplicate, already revoked or cancelled, not found: each may be the trace of our own first attempt.
    private static readonly FrozenSet<int> Open = [100411, 100611, 100612, 100619, 100620, 100998, Other];

    private static readonly Dictionary<int, NormalisedCode> ByCode = All.ToDictionary(code => code.Code);

    /// <summary>The row of a code, or null when the table does not have it.</summary>
    public static NormalisedCode? Find(int code) => ByCode.GetValueOrDefault(code);

    /// <summary>
    /// Whether a code says nothing final about the money. Who reads such a code asks again and does not repeat.
    /// </summary>
    public static bool LeavesOutcomeOpen(int code) => Open.Contains(code);

    private static NormalisedCode Read(string row) => row.Split(" | ") is [var code, var category, var en, var zh]
        ? new(int.Parse(code, CultureInfo.InvariantCulture), Enum.Parse<CodeCategory>(category), en, zh)
        : throw new FormatException($"This is no row of the table: {row}");
}
