using System.Collections.Frozen;
using System.Globalization;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// The codes of the document: the gateway's code with its sub_code (公共錯誤碼), and the sub_code of each interface
/// under 40004 (業務錯誤碼). A code that several interfaces print keeps each interface's own words in
/// <see cref="Of"/>; <see cref="Table"/> has them once, with all their words.
/// </summary>
internal static class BgcPayErrors
{
    public const string UserQuery = "bgcpay.user.query";
    public const string TradePay = "bgcpay.trade.pay";
    public const string TradeQuery = "bgcpay.trade.query";
    public const string Transfer = "bgcpay.fund.trans.uni.transfer";
    public const string TransferQuery = "bgcpay.fund.trans.common.query";

    private static readonly FrozenDictionary<string, ErrorTable> ByInterface = new Dictionary<string, ErrorTable>
    {
        [UserQuery] = new(Read(UserQueryRows)),
        [TradePay] = new(Read(TradePayRows)),
        [TradeQuery] = new(Read(TradeQueryRows)),
        [Transfer] = new(Read(TransferRows)),
        [TransferQuery] = new(Read(TransferQueryRows)),
    }.ToFrozenDictionary();

    // sub_code → the code that it stands under in the common table.
    private static readonly FrozenDictionary<string, string> Parents =
        Lines(Gateway).Where(cells => cells[0].Length > 0).ToFrozenDictionary(cells => cells[1], cells => cells[0]);

    /// <summary>The interfaces, in the order of the document.</summary>
    public static IReadOnlyList<string> Interfaces { get; } =
        [UserQuery, TradePay, TradeQuery, Transfer, TransferQuery];

    /// <summary>Every code of the document once.</summary>
    public static ErrorTable Table { get; } = new(
        Read(Codes).Concat(Lines(Gateway).Select(cells => Entry(cells[1..]))).Concat(Read(Example))
            .Concat(Interfaces.SelectMany(method => Of(method).Entries)).GroupBy(row => row.Code).Select(Merge));

    /// <summary>The codes of one interface under 40004, in its own words.</summary>
    /// <param name="method">The interface's method, such as "bgcpay.trade.pay".</param>
    public static ErrorTable Of(string method) => ByInterface[method];

    /// <summary>
    /// Whether the gateway itself turned the request away before any business was done: a code of the common table
    /// with one of the sub_codes that stand under it. 20000 and the decryption fault leave the outcome open, 40005 only
    /// puts it off.
    /// </summary>
    public static bool IsGatewayRefusal(string code, string subCode) =>
        code is "40001" or "40002" or "40006"
        && Parents.GetValueOrDefault(subCode) == code
        && Table.Meaning(subCode) != ProviderError.ProviderFault;

    /// <summary>
    /// Whether the gateway took the request not up because of too many calls (40005 with a sub_code of the common
    /// table): the same may go later.
    /// </summary>
    public static bool IsPostponed(string code, string subCode) =>
        code == "40005" && Parents.GetValueOrDefault(subCode) == code;

    /// <summary>Our word for an answer that is not 10000.</summary>
    /// <param name="method">The interface that was asked.</param>
    /// <param name="code">The answer's code.</param>
    /// <param name="subCode">Its sub_code; empty when it has none.</param>
    public static ProviderError Meaning(string method, string code, string subCode) =>
        code == "40004" ? Of(method).Meaning(subCode)
        : Parents.GetValueOrDefault(subCode) == code || subCode.Length == 0
            ? Table.Meaning(subCode.Length == 0 ? code : subCode)
            : ProviderError.Unlisted;

    private static ErrorEntry Merge(IGrouping<string, ErrorEntry> rows)
    {
        var first = rows.First();
        var text = Join(rows.Select(row => row.Text));
        return first with { Text = text, CustomerText = text, NextStep = Join(rows.Select(row => row.NextStep)) };
    }

    private static string Join(IEnumerable<string> texts) =>
        string.Join(" / ", texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));

    private static IEnumerable<ErrorEntry> Read(string rows) => Lines(rows).Select(Entry);

    private static IEnumerable<string[]> Lines(string rows) =>
        from line in rows.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
        select Array.ConvertAll(line.Split('|'), cell => cell.Trim());

    /// <summary>Cells: code, our word, place in the normalised table, description, what to do.</summary>
    private static ErrorEntry Entry(string[] cells) => new(
        cells[0], Enum.Parse<ProviderError>(cells[1]), cells[3], cells[3],
        int.Parse(cells[2], CultureInfo.InvariantCulture))
    {
        NextStep = cells[4],
    };

    private const string Codes = """
        10000 | None | 100000 | 介面調用成功 | 調用結果請參考具體的 API 所對應的業務返回參數。
        20000 | ProviderFault | 100999 | 服務不可用 | 稍後重試
        40001 | InvalidRequest | 100414 | 缺少必選參數 |
        40002 | InvalidRequest | 100414 | 非法的參數 |
        40004 | ProviderFault | 100999 | 業務處理失敗 | 對應業務錯誤碼，明細錯誤碼和解決方案請參見具體的 API 說明。
        40005 | LimitExceeded | 100411 | Call Limited（調用頻次超限） | 降低請求併發量
        40006 | MerchantNotAllowed | 100400 | 許可權不足 | 請檢查配置的帳戶是否有當前介面許可權。
        """;

    private const string Gateway = """
        20000 | isp.unknow-error | ProviderFault | 100999 | 服務暫不可用（業務系統不可用） | 稍後重試
        20000 | aop.unknow-error | ProviderFault | 100999 | 服務暫不可用（閘道自身的未知錯誤） | 稍後重試
        20000 | aop.invalid-app-auth-token-no-api | MerchantNotAllowed | 100400 | 商戶未授權當前介面 | \
        請重新授權獲取新的應用授權權杖
        40001 | isv.missing-method | InvalidRequest | 100414 | 缺少方法名參數 | 請求參數裡面必須要有 method 參數
        40001 | isv.missing-signature | OurSignatureRefused | 100412 | 缺少簽名參數 | 檢查請求參數，缺少 sign 參數
        40001 | isv.missing-signature-type | InvalidRequest | 100414 | 缺少簽名類型參數 | 檢查請求參數，缺少 sign_type 參數
        40001 | isv.missing-signature-key | OurSignatureRefused | 100412 | 缺少簽名配置 | key為空
        40001 | isv.missing-app-id | MerchantNotAllowed | 100413 | 缺少appId參數 | 檢查請求參數，缺少 appId 參數
        40001 | isv.missing-timestamp | InvalidRequest | 100414 | 缺少時間戳記參數 | 檢查請求參數，缺少 timestamp 參數
        40001 | isv.missing-version | InvalidRequest | 100414 | 缺少版本參數 | 檢查請求參數，缺少 version 參數
        40002 | isv.invalid-parameter | InvalidRequest | 100414 | 參數無效 | 檢查參數，格式不對、非法值、越界等
        40002 | isv.invalid-format | InvalidRequest | 100414 | 無效的資料格式 | 檢查入參 format，目前只支援 JSON 和 XML 2種格式
        40002 | isv.invalid-signature-type | OurSignatureRefused | 100412 | 無效的簽名類型 | \
        檢查入參 sign_type，目前只支持 RSA、MD5、HMAC_SHA1。
        40002 | isv.invalid-signature | OurSignatureRefused | 100412 | 無效簽名 | \
        - 公私密金鑰是否是一對 - 檢查公開金鑰上傳是否與私密金鑰匹配 - 存在中文需要做 urlencode - 簽名演算法是否無誤
        40002 | isv.invalid-app-id | MerchantNotAllowed | 100413 | 無效的appId參數 | \
        檢查入參 app_id，app_id 不存在，或者未上線。
        40002 | isv.invalid-timestamp | InvalidRequest | 100414 | 非法的時間戳記參數 | \
        時間戳記參數 timestamp 非法，請檢查格式需要為"yyyy-MM-dd HH:mm:ss"
        40002 | isv.invalid-charset | InvalidRequest | 100414 | 字元集錯誤 | \
        請求參數 charset 錯誤，目前支援格式：GBK、UTF-8。
        40002 | isv.decryption-error-unknown | ProviderFault | 100999 | 解密出錯，未知異常 | 重試
        40002 | isv.suspected-attack | InvalidRequest | 100302 | 可疑的攻擊請求 | \
        可查看 自訂參數說明，商家的請求參數中，所有的 key（鏈付關鍵 key 或者商家自己的 key），其對應的 value 中都不應該出現鏈付關鍵key，\
        如 body、subject、service、out_trade_no、seller_id、total_fee 等，否則該類請求將可能被鏈付攔截，請更換相應參數名稱。
        40002 | isv.forbidden-api | MerchantNotAllowed | 100400 | 介面被禁用 | 介面已被禁用，請查看介面說明
        40002 | not-online-app | MerchantNotAllowed | 100413 | 應用未上線 | 應用未上線，請在控制台上線應用後調用。
        40005 | isv.api-call-limited | LimitExceeded | 100411 | API調用次數超限，包含調用頻率超限 | 降低請求併發量
        40006 | isv.insufficient-isv-permissions | MerchantNotAllowed | 100400 | ISV 許可權不足 | \
        請檢查配置的帳戶是否有當前介面許可權。
        """;

    // Stands only as the example of sub_code in the table of common answer parameters.
    private const string Example = "ACQ.TRADE_HAS_SUCCESS | Duplicate | 100619 | 交易已被支付 |";

    private const string UserQueryRows = """
        ACQ.INVALID_PARAMETER | InvalidRequest | 100414 | 參數無效 | 檢查請求參數，修改後重新發起請求
        ACQ.SYSTEM_ERROR | ProviderFault | 100999 | 系統錯誤 | 重新發起請求
        ACQ.USER_NOT_EXIST | InvalidRequest | 100202 | 查詢的用戶不存在 | 檢查傳入的用戶CID或郵箱是否正確，修改後重新發起請求
        """;

    private const string TradePayRows = """
        ACQ.ACCESS_FORBIDDEN | MerchantNotAllowed | 100400 | 無許可權使用介面 | 未簽約對應的產品合約； \
        1、請校驗傳入的product_code參數是否正確； 2、確認請求商戶是否簽約了對應的產品合約；
        ACQ.CURRENCY_NOT_SUPPORT | InvalidRequest | 100108 | 訂單幣種不支援 | 請檢查是否簽約對應的幣種
        ACQ.TOTAL_FEE_EXCEED | LimitExceeded | 100101 | 訂單總金額超過限額 | 請修改訂單金額後重新發起支付請求。
        ACQ.INVALID_PARAMETER | InvalidRequest | 100414 | 參數無效 | \
        請根據介面返回的錯誤資訊，檢查請求參數，修改後重新發起請求
        ACQ.MISSING_PARAMETER | InvalidRequest | 100414 | 參數缺失 | \
        請根據介面返回的錯誤資訊，檢查請求參數，修改後重新發起請求
        ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT | MerchantNotAllowed | 100413 | 商戶暫停收款 | 聯繫客服人員
        ACQ.SYSTEM_ERROR | ProviderFault | 100999 | 系統異常 | 系統異常錯誤下該筆交易可能成功也可能失敗，請調用查詢訂單API，\
        查詢當前訂單的狀態，並根據訂單狀態決定下一步的操作，如果多次調用依然報此錯誤碼，請聯繫鏈付客服
        ACQ.TRADE_HAS_EXIST | Duplicate | 100619 | 交易已存在 | \
        請確認該訂單號是否重複支付，如果是新訂單，請更換商戶訂單號後重新提交支付。
        """;

    private const string TradeQueryRows = """
        ACQ.INVALID_PARAMETER | InvalidRequest | 100414 | 參數無效 | 檢查請求參數，修改後重新發起請求
        ACQ.SYSTEM_ERROR | ProviderFault | 100999 | 系統錯誤 | 重新發起請求
        ACQ.TRADE_NOT_EXIST | OrderNotFound | 100620 | 查詢的交易不存在 | 檢查傳入的交易號是否正確，修改後重新發起請求
        """;

    private const string TransferRows = """
        SYSTEM_ERROR | ProviderFault | 100999 | 系統繁忙 | 可能發生了網路或者系統異常，導致無法判定準確的轉帳結果。
        INVALID_PARAMETER | InvalidRequest | 100414 | 參數有誤 | 請根據入參說明檢查請求參數合法性。
        AUTHOREE_IS_NOT_MATCH | InvalidRequest | 100400 | 參數錯誤，無法操作當前入參帳戶，請檢查相關協定資訊 | \
        檢查協定與收付款方主體關係，確認參數後重試
        BALANCE_IS_NOT_ENOUGH | BalanceTooLow | 100100 | \
        餘額不足，建議儘快充值。後續可登錄電腦端鏈付，自主設置餘額預警提醒功能。 | 請更換付款方或者充值後再重試
        BIZ_UNIQUE_EXCEPTION | Duplicate | 100619 | 商戶訂單號衝突。 | 商戶訂單號衝突。
        BLOCK_USER_FORBBIDEN_RECIEVE | Declined | 100213 | 帳戶異常被凍結，無法收款。 |
        BLOCK_USER_FORBBIDEN_SEND | MerchantNotAllowed | 100213 | 該帳戶被凍結，暫不可將資金轉出。 |
        CURRENCY_NOT_SUPPORT | InvalidRequest | 100108 | 幣種不支持 | 請查詢簽約是否涵蓋請求幣種，目前用於結匯入境場景
        EXCEED_LIMIT_DC_RECEIVED | LimitExceeded | 100602 | 收款方單日收款筆數超限 | \
        收款方向同一個付款用戶每日只能收款固定的筆數，超限後請讓用戶第二天再收。
        EXCEED_LIMIT_DM_AMOUNT | LimitExceeded | 100101 | 日累計額度超限 |
        EXCEED_LIMIT_DM_MAX_AMOUNT | LimitExceeded | 100101 | 超出單日轉帳限額 |
        EXCEED_LIMIT_ENT_SM_AMOUNT | LimitExceeded | 100101 | 轉帳給用戶超過單筆限額 |
        EXCEED_LIMIT_MM_AMOUNT | LimitExceeded | 100101 | 月累計金額超限 |
        EXCEED_LIMIT_MM_MAX_AMOUNT | LimitExceeded | 100101 | 超出單月轉帳限額 |
        EXCEED_LIMIT_PERSONAL_SM_AMOUNT | LimitExceeded | 100101 | 超出轉帳給個人鏈付帳戶的單筆限額 |
        EXCEED_LIMIT_SM_AMOUNT | LimitExceeded | 100101 | 單筆額度超限 | 請根據接入文檔檢查amount欄位
        EXCEED_LIMIT_SM_MIN_AMOUNT | LimitExceeded | 100102 | 請求金額不能低於0.1元 | 請修改轉帳金額。
        EXCEED_LIMIT_UNRN_DM_AMOUNT | LimitExceeded | 100101 | 收款帳戶未實名，超出其單日收款限額 | \
        收款帳戶未實名，超出其單日收款限額
        """;

    private const string TransferQueryRows = """
        SYSTEM_ERROR | ProviderFault | 100999 | 系統繁忙 | \
        伺服器異常 可能發生了網路或者系統異常，導致服務調用失敗，商戶可以用同樣的請求發起重試
        INVALID_PARAMETER | InvalidRequest | 100414 | 參數有誤 | 請根據介面返回的參數非法的具體錯誤資訊，修改參數後進行重試
        NO_ORDER_PERMISSION | MerchantNotAllowed | 100400 | 當前操作用戶沒有該筆單據的操作許可權 | 聯繫客服
        ORDER_NOT_EXIST | OrderNotFound | 100620 | 轉帳訂單不存在 | \
        轉帳訂單不存在的原因,可能是轉帳還在處理中,也可能是轉帳處理失敗,導致轉帳訂單沒有落地。商戶首先需要檢查該訂單號是否確實是自己發起的, \
        如果確認是自己發起的轉帳訂單,請不要直接當作轉帳失敗處理,請隔幾分鐘再嘗試查詢,或者通過相同的 out_biz_no 再次發起轉帳。\
        如果誤把還在轉帳處理中的訂單直接當轉帳失敗處理,商戶自行承擔因此而產生的所有損失。
        """;
}
