namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>The document's error codes with their texts, common ones and those of each interface.</summary>
static class BgcPayErrors
{
    public const string MissingMethod = "isv.missing-method";
    public const string MissingSignature = "isv.missing-signature";
    public const string MissingSignatureType = "isv.missing-signature-type";
    public const string MissingKey = "isv.missing-signature-key";
    public const string MissingAppId = "isv.missing-app-id";
    public const string MissingTimestamp = "isv.missing-timestamp";
    public const string MissingVersion = "isv.missing-version";
    public const string InvalidParameter = "isv.invalid-parameter";
    public const string InvalidFormat = "isv.invalid-format";
    public const string InvalidSignatureType = "isv.invalid-signature-type";
    public const string InvalidSignature = "isv.invalid-signature";
    public const string InvalidAppId = "isv.invalid-app-id";
    public const string InvalidTimestamp = "isv.invalid-timestamp";
    public const string InvalidCharset = "isv.invalid-charset";
    public const string GatewayUnknown = "aop.unknow-error";

    public const string AcqInvalid = "ACQ.INVALID_PARAMETER";
    public const string AcqMissing = "ACQ.MISSING_PARAMETER";
    public const string AcqSystem = "ACQ.SYSTEM_ERROR";
    public const string UserNotExist = "ACQ.USER_NOT_EXIST";
    public const string AcqCurrency = "ACQ.CURRENCY_NOT_SUPPORT";
    public const string TotalFeeExceed = "ACQ.TOTAL_FEE_EXCEED";
    public const string AccessForbidden = "ACQ.ACCESS_FORBIDDEN";
    public const string TradeHasExist = "ACQ.TRADE_HAS_EXIST";
    public const string TradeNotExist = "ACQ.TRADE_NOT_EXIST";

    public const string System = "SYSTEM_ERROR";
    public const string Invalid = "INVALID_PARAMETER";
    public const string PayeeNotMatched = "AUTHOREE_IS_NOT_MATCH";
    public const string BalanceNotEnough = "BALANCE_IS_NOT_ENOUGH";
    public const string BizUnique = "BIZ_UNIQUE_EXCEPTION";
    public const string PayeeFrozen = "BLOCK_USER_FORBBIDEN_RECIEVE";
    public const string PayerFrozen = "BLOCK_USER_FORBBIDEN_SEND";
    public const string Currency = "CURRENCY_NOT_SUPPORT";
    public const string DayCount = "EXCEED_LIMIT_DC_RECEIVED";
    public const string DaySum = "EXCEED_LIMIT_DM_AMOUNT";
    public const string DayMost = "EXCEED_LIMIT_DM_MAX_AMOUNT";
    public const string CompanySingle = "EXCEED_LIMIT_ENT_SM_AMOUNT";
    public const string MonthSum = "EXCEED_LIMIT_MM_AMOUNT";
    public const string MonthMost = "EXCEED_LIMIT_MM_MAX_AMOUNT";
    public const string PersonSingle = "EXCEED_LIMIT_PERSONAL_SM_AMOUNT";
    public const string SingleMost = "EXCEED_LIMIT_SM_AMOUNT";
    public const string SingleLeast = "EXCEED_LIMIT_SM_MIN_AMOUNT";
    public const string UnverifiedDay = "EXCEED_LIMIT_UNRN_DM_AMOUNT";
    public const string NoPermission = "NO_ORDER_PERMISSION";
    public const string OrderNotExist = "ORDER_NOT_EXIST";

    const string Business = "40004";

    static readonly Dictionary<string, string> Messages = new()
    {
        ["10000"] = "Success",
        ["20000"] = "服務不可用",
        ["40001"] = "缺少必選參數",
        ["40002"] = "非法的參數",
        [Business] = "Business Failed",
        ["40005"] = "Call Limited",
        ["40006"] = "許可權不足",
    };

    static readonly Dictionary<string, (string Code, string Text)> Known = new()
    {
        ["isp.unknow-error"] = ("20000", "服務暫不可用（業務系統不可用）"),
        [GatewayUnknown] = ("20000", "服務暫不可用（閘道自身的未知錯誤）"),
        ["aop.invalid-app-auth-token-no-api"] = ("20000", "商戶未授權當前介面"),
        [MissingMethod] = ("40001", "缺少方法名參數"),
        [MissingSignature] = ("40001", "缺少簽名參數"),
        [MissingSignatureType] = ("40001", "缺少簽名類型參數"),
        [MissingKey] = ("40001", "缺少簽名配置"),
        [MissingAppId] = ("40001", "缺少appId參數"),
        [MissingTimestamp] = ("40001", "缺少時間戳記參數"),
        [MissingVersion] = ("40001", "缺少版本參數"),
        [InvalidParameter] = ("40002", "參數無效"),
        [InvalidFormat] = ("40002", "無效的資料格式"),
        [InvalidSignatureType] = ("40002", "無效的簽名類型"),
        [InvalidSignature] = ("40002", "無效簽名"),
        [InvalidAppId] = ("40002", "無效的appId參數"),
        [InvalidTimestamp] = ("40002", "非法的時間戳記參數"),
        [InvalidCharset] = ("40002", "字元集錯誤"),
        ["isv.decryption-error-unknown"] = ("40002", "解密出錯，未知異常"),
        ["isv.suspected-attack"] = ("40002", "可疑的攻擊請求"),
        ["isv.forbidden-api"] = ("40002", "介面被禁用"),
        ["not-online-app"] = ("40002", "應用未上線"),
        ["isv.api-call-limited"] = ("40005", "API調用次數超限，包含調用頻率超限"),
        ["isv.insufficient-isv-permissions"] = ("40006", "ISV 許可權不足"),
        [AccessForbidden] = (Business, "無許可權使用介面"),
        [AcqCurrency] = (Business, "訂單幣種不支援"),
        [TotalFeeExceed] = (Business, "訂單總金額超過限額"),
        [AcqInvalid] = (Business, "參數無效"),
        [AcqMissing] = (Business, "參數缺失"),
        ["ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT"] = (Business, "商戶暫停收款"),
        [AcqSystem] = (Business, "系統異常"),
        [TradeHasExist] = (Business, "交易已存在"),
        [UserNotExist] = (Business, "查詢的用戶不存在"),
        [TradeNotExist] = (Business, "查詢的交易不存在"),
        [System] = (Business, "系統繁忙"),
        [Invalid] = (Business, "參數有誤"),
        [PayeeNotMatched] = (Business, "參數錯誤，無法操作當前入參帳戶，請檢查相關協定資訊"),
        [BalanceNotEnough] = (Business, "餘額不足，建議儘快充值。"),
        [BizUnique] = (Business, "商戶訂單號衝突。"),
        [PayeeFrozen] = (Business, "帳戶異常被凍結，無法收款。"),
        [PayerFrozen] = (Business, "該帳戶被凍結，暫不可將資金轉出。"),
        [Currency] = (Business, "幣種不支持"),
        [DayCount] = (Business, "收款方單日收款筆數超限"),
        [DaySum] = (Business, "日累計額度超限"),
        [DayMost] = (Business, "超出單日轉帳限額"),
        [CompanySingle] = (Business, "轉帳給用戶超過單筆限額"),
        [MonthSum] = (Business, "月累計金額超限"),
        [MonthMost] = (Business, "超出單月轉帳限額"),
        [PersonSingle] = (Business, "超出轉帳給個人鏈付帳戶的單筆限額"),
        [SingleMost] = (Business, "單筆額度超限"),
        [SingleLeast] = (Business, "請求金額不能低於0.1元"),
        [UnverifiedDay] = (Business, "收款帳戶未實名，超出其單日收款限額"),
        [NoPermission] = (Business, "當前操作用戶沒有該筆單據的操作許可權"),
        [OrderNotExist] = (Business, "轉帳訂單不存在"),
    };

    public static bool Knows(string subCode) => Known.ContainsKey(subCode);

    /// <summary>Every sub_code of the document.</summary>
    public static IReadOnlyCollection<string> All => Known.Keys;

    /// <summary>The members of an error answer; a code that the document lacks counts as the business's own.</summary>
    public static BgcPayAnswer Answer(string subCode)
    {
        var (code, text) = Known.GetValueOrDefault(subCode, (Business, subCode));
        return new([("code", code), ("msg", Messages[code]), ("sub_code", subCode), ("sub_msg", text)]);
    }

    public static BgcPayAnswer Success(params (string Name, string? Value)[] members) =>
        new([("code", "10000"), ("msg", Messages["10000"]), .. members]);
}

/// <summary>The members of an answer in their order; null is written as null.</summary>
sealed record BgcPayAnswer(IReadOnlyList<(string Name, string? Value)> Members);
