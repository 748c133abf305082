namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>Return codes of document 6.4 that the Sandbox gives, and the states of a pre-authorisation.</summary>
static class MobileCodes
{
    public const string Done = "0000";
    public const string Signature = "1001";
    public const string HighRisk = "1003";
    public const string Parameter = "1004";
    public const string Ip = "1008";
    public const string Paused = "1009";
    public const string Unsupported = "1107";
    public const string Submitted = "2005";
    public const string Expired = "2006";
    public const string PaidAlready = "2007";
    public const string Processing = "2008";
    public const string UnknownMerchant = "3001";
    public const string Barred = "3002";
    public const string UnbindFailed = "3004";
    public const string CardBin = "5001";
    public const string NoOrder = "5002";
    public const string RefundAmount = "5003";
    public const string Frozen = "5004";
    public const string RefundFailed = "5005";
    public const string Balance = "5006";
    public const string RefundedOver = "5007";
    public const string NotPaid = "5008";
    public const string CardBalance = "6001";
    public const string NoUser = "8000";
    public const string NoRecord = "8901";
    public const string Malformed = "9901";
    public const string OtherTerms = "9904";
    public const string SystemError = "9999";

    static readonly Dictionary<string, string> Messages = new()
    {
        [Done] = "交易成功",
        [Signature] = "商户请求签名错误",
        [HighRisk] = "该笔交易高风险，终止支付，请联系客服",
        [Parameter] = "商户请求参数校验错误",
        [Ip] = "商户请求 IP 错误",
        [Paused] = "暂停商户支付服务，请联系连连银通客服",
        [Unsupported] = "您的银行卡暂不支持在线支付业务",
        [Submitted] = "原交易已在进行处理，请勿重复提交",
        [Expired] = "交易已过期",
        [PaidAlready] = "交易已支付成功",
        [Processing] = "交易处理中",
        [UnknownMerchant] = "非法商户",
        [Barred] = "商户无此业务权限",
        [UnbindFailed] = "用户解约失败",
        [CardBin] = "卡 bin 校验失败",
        [NoOrder] = "原始交易不存在",
        [RefundAmount] = "退款金额错误",
        [Frozen] = "商户状态异常，无法退款",
        [RefundFailed] = "退款失败，请重试",
        [Balance] = "商户账户余额不足",
        [RefundedOver] = "累计退款金额大于原交易金额",
        [NotPaid] = "原交易未成功",
        [CardBalance] = "卡余额不足",
        [NoUser] = "用户信息不存在",
        [NoRecord] = "没有记录",
        [Malformed] = "请求报文非法",
        [OtherTerms] = "支付参数和原创建支付单参数不一致",
        [SystemError] = "系统错误",
        ["2003"] = "预授权已创建",
        ["PR07"] = "预授权成功",
        ["PR08"] = "预授权待验证",
        ["PR09"] = "预授权处理中",
        ["PR10"] = "预授权失败",
        ["PR11"] = "预授权完成成功",
        ["PR12"] = "预授权完成处理中",
        ["PR13"] = "预授权完成失败",
        ["PR14"] = "预授权撤销成功",
        ["PR15"] = "预授权撤销处理中",
        ["PR16"] = "预授权撤销失败",
    };

    public static string MessageOf(string code) => Messages.GetValueOrDefault(code, "未知错误");
}
