namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>Error codes of the document's 3.8 and 6.1, and the three ways in which they are printed.</summary>
static class AllinpayErrors
{
    public const string Charset = "10001";
    public const string ReceiveUrl = "ZF10002";
    public const string SignType = "ZF10004";
    public const string Language = "ZF10005";
    public const string PayType = "ZF10006";
    public const string Ext1 = "ZF10008";
    public const string ProductName = "ZF10012";
    public const string OrderDatetime = "ZF10013";
    public const string Amount = "ZF10014";
    public const string OrderNo = "ZF10015";
    public const string Version = "ZF10019";
    public const string Signature = "ZF10020";
    public const string Issuer = "ZF10021";
    public const string QueryDatetime = "ZF10023";
    public const string BeginDateTime = "ZF10024";
    public const string EndDateTime = "ZF10025";
    public const string OrderNotFound = "ZF10027";
    public const string NotRefundable = "ZF10028";
    public const string Malformed = "ZF20001";
    public const string PaidAlready = "ZF30002";
    public const string RepeatedNumber = "ZF30003";
    public const string Merchant = "ZF30005";
    public const string UnknownFailure = "EM0001_000021";

    static readonly Dictionary<string, string> Messages = new()
    {
        [Charset] = "不支持的字符编码格式",
        [ReceiveUrl] = "参数通知地址不正确",
        [SignType] = "参数签名类型不正确",
        [Language] = "参数语言类型不正确",
        [PayType] = "参数支付方式不正确",
        [Ext1] = "参数扩展参数 1 不正确",
        [ProductName] = "参数产品名称不正确",
        [Issuer] = "参数发卡机构号不正确",
        [PaidAlready] = "订单已经支付成功",
        [OrderDatetime] = "参数订单提交时间不正确",
        [Amount] = "参数订单金额不正确",
        [OrderNo] = "参数订单号不正确",
        [Version] = "参数报文版本号不正确",
        [Signature] = "参数签名信息不正确",
        [QueryDatetime] = "参数查询时间不正确",
        [BeginDateTime] = "参数查询开始时间不正确",
        [EndDateTime] = "参数查询结束时间不正确",
        [OrderNotFound] = "该笔订单不存在",
        [NotRefundable] = "该笔订单不符合退款条件",
        [Malformed] = "报文编码格式错误",
        [RepeatedNumber] = "不能重复提交订单",
        [Merchant] = "商户支付配置错误",
        [UnknownFailure] = "移动支付未知异常",
        ["001"] = "商户号不能为空",
        ["002"] = "商户号不能超过15位",
        ["003"] = "商户号不存在",
        ["004"] = "订单号不能为空",
        ["005"] = "订单号不存在",
        ["006"] = "退款金额不能为空",
        ["007"] = "退款金额必须大于0",
        ["008"] = "退款金额必须为整数",
        ["009"] = "退款受理时间格式不匹配",
        ["010"] = "摘要错误",
        ["011"] = "退款订单不存在",
    };

    public static string Gateway(string code, AllinpayMerchant? merchant) =>
        $"ERRORCODE={Printed(code, merchant)}&ERRORMSG={MessageOf(code)}";

    /// <summary>Batch errors carry quotation marks round the message.</summary>
    public static string Batch(string code, AllinpayMerchant? merchant) =>
        $"ERRORCODE={Printed(code, merchant)}&ERRORMSG=\"{MessageOf(code)}\"";

    /// <summary>Refund query errors carry a blank after the ampersand.</summary>
    public static string RefundQuery(string code, AllinpayMerchant? merchant) =>
        $"ERRORCODE={Printed(code, merchant)}& ERRORMSG={MessageOf(code)}";

    static string Printed(string code, AllinpayMerchant? merchant) =>
        merchant is { PlainErrorCodes: true } && code.StartsWith("ZF", StringComparison.Ordinal) ? code[2..] : code;

    static string MessageOf(string code) => Messages.GetValueOrDefault(code, "未知错误");
}
