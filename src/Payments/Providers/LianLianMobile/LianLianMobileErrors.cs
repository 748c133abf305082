using System.Globalization;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>
/// The return codes of section 6.4, the states that a pre-authorisation query puts in their place, and one code that
/// LianLian signed in public. What a code means for money is each interface's own list, never this table.
/// </summary>
internal static class LianLianMobileErrors
{
    /// <summary>The only code of success.</summary>
    public const string Success = "0000";

    /// <summary>Every code.</summary>
    public static ErrorTable Table { get; } = new(Read(ReturnCodes).Concat(Read(PreAuthStates)));

    /// <summary>Our word for a code that is not success.</summary>
    public static ProviderError Meaning(string code) => Table.Meaning(code) is var meaning and not ProviderError.None
        ? meaning
        : ProviderError.Unlisted;

    /// <summary>Codes that say "no such record" to a question. They never prove that nothing will appear.</summary>
    public static bool IsNotFound(string code) => code is "5002" or "8901" or "9093";

    private static IEnumerable<ErrorEntry> Read(string rows) =>
        from line in rows.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
        let cells = line.Split(" | ")
        let remark = cells.Length > 4 && cells[4].Length > 0 ? $"({cells[4]})" : ""
        select new ErrorEntry(
            cells[0], Enum.Parse<ProviderError>(cells[1]), cells[3] + remark, cells[3] + remark,
            int.Parse(cells[2], CultureInfo.InvariantCulture))
        {
            NextStep = cells.Length > 5 ? cells[5] : "",
        };

    // Code | our word | place in the normalised table | ret_msg | remark | what to do. 9902 is printed twice, as
    // "parameter missing" and as "call exception": one row says both, and it counts as a fault of LianLian's. 4005 is
    // not in the document; LianLian signed it in its own examples.
    private const string ReturnCodes = """
        0000 | None | 100000 | 交易成功
        1000 | InvalidRequest | 100600 | 支付授权令牌失效或错误 | 超过 30 分钟,或者其他原因导致上送的支付授权令牌失效 | \
        重新对该订单做银行卡支付预处理,重新获取支付授权令牌
        1001 | OurSignatureRefused | 100412 | 商户请求签名错误 | 验签错误
        1002 | ProviderFault | 100622 | 支付服务超时,请重新支付 | 用户长时间停留在支付页面不提交,导致超时 | 请重新支付
        1003 | Declined | 100301 | 该笔交易高风险,终止支付,请联系客服 | 风控校验高风险 | 请联系客服
        1004 | InvalidRequest | 100414 | 商户请求参数校验错误(具体参数名) | 校验商户请求参数
        1005 | Declined | 100998 | 支付处理失败 | 因各种原因,导致支付失败,包括用户签约失败,余额不足,银行各种限制
        1006 | Declined | 100622 | 用户中途取消支付操作
        1007 | ProviderFault | 100999 | 网络链接繁忙
        1008 | MerchantNotAllowed | 100400 | 商户请求 IP 错误 | \
        商户支付结果查询时,会限制 ip,只有允许的 ip 地址才可以访问
        1009 | MerchantNotAllowed | 100400 | 暂停商户支付服务,请联系连连银通客服 | \
        因各种原因,连连银通暂停商户支付服务 | 请联系连连银通客服
        1014 | LimitExceeded | 100101 | 日累计金额或笔数超限
        1016 | LimitExceeded | 100101 | 交易金额超限
        1019 | LimitExceeded | 100101 | 单笔金额超限
        1100 | Declined | 100212 | 无效卡号 | 该商户暂不支持该卡或卡号输入有误,请更换其他银行卡 | 请更换其他银行卡
        1101 | Declined | 100203 | 卡已挂失
        1102 | Declined | 100207 | 无此发卡方
        1103 | Declined | 100229 | 您的卡已过期或者您输入的有效期不正确 | 您的卡已过期或者您输入的有效期不正确
        1104 | Declined | 100614 | 卡密码错误 | 卡密码错误,请重试 | 请重试
        1105 | Declined | 100211 | 卡号在黑名单中 | 卡号在黑名单中或者卡已被限制
        1106 | Declined | 100613 | 允许的输入 PIN 次数超限 | 密码错误次数超限
        1107 | Declined | 100207 | 您的银行卡暂不支持在线支付业务
        1108 | Declined | 100201 | 您输入的证件号、姓名或手机号有误
        1109 | Declined | 100201 | 卡号和证件号不符
        1110 | Declined | 100220 | 卡状态异常
        1111 | Declined | 100998 | 交易异常,支付失败
        1112 | Declined | 100201 | 证件号有误
        1113 | Declined | 100218 | 持卡人姓名有误
        1114 | Declined | 100406 | 手机号有误
        1115 | Declined | 100221 | 该卡未预留手机号 | 用户签约的卡未在银行预留手机
        1200 | Declined | 100207 | 用户选择的银行暂不支持,请重新选择其他银行进行支付/签约 |  | \
        请重新选择其他银行进行支付/签约
        1900 | Declined | 100221 | 短信码校验错误
        1901 | Declined | 100221 | 短信码已失效
        2004 | ProviderFault | 100999 | 签约处理中 | 签约交易银行端处理超时或者同步无法返回最终结果
        2005 | Duplicate | 100619 | 原交易已在进行处理,请勿重复提交 | 对相同订单进行重复提交支付请求 | 请勿重复提交
        2006 | Declined | 100608 | 交易已过期 | 对原未付款的订单发起重新支付时,原支付单已过期关闭
        2007 | Duplicate | 100619 | 交易已支付成功 | 对已成功的交易重复支付时,系统返回原交易已支付成功
        2008 | ProviderFault | 100999 | 交易处理中 | \
        交易中间状态,金融端扣款正在处理中,无法同步返回最终结果或者交易异常 | \
        请等待支付系统异步通知方式通知,也可以通过发起查询交易查询该笔订单状态
        3001 | MerchantNotAllowed | 100413 | 非法商户
        3002 | MerchantNotAllowed | 100400 | 商户无此业务权限
        3003 | Declined | 100221 | 用户签约失败
        3004 | Declined | 100999 | 用户解约失败
        3005 | Declined | 100207 | 暂时不支持该银行卡支付
        3006 | Declined | 100212 | 无效的银行卡信息
        3007 | ProviderFault | 100999 | 用户信息查询失败
        4000 | Declined | 100999 | 解约失败,请联系发卡行 |  | 请联系发卡行
        4005 | MerchantNotAllowed | 100400 | 商户未开通权限
        5001 | InvalidRequest | 100212 | 卡 bin 校验失败
        5002 | OrderNotFound | 100620 | 原始交易不存在
        5003 | InvalidRequest | 100105 | 退款金额错误 | 冲正金额和原交易金额不符
        5004 | MerchantNotAllowed | 100413 | 商户状态异常,无法退款 | 商户账户被冻结等非法状态时,不允许进行退款操作
        5005 | ProviderFault | 100999 | 退款失败,请重试
        5006 | BalanceTooLow | 100100 | 商户账户余额不足 | 账户余额不足,无法完成退款
        5007 | AmountTooHigh | 100105 | 累计退款金额大于原交易金额 | 累计退款金额大于原交易金额
        5008 | NotRefundable | 100610 | 原交易未成功
        5501 | ProviderFault | 100999 | 大额行号查询失败
        5502 | Declined | 100207 | 信用卡不支持提现
        6001 | Declined | 100100 | 卡余额不足
        6002 | Declined | 100221 | 该卡号未成功进行首次验证
        8000 | InvalidRequest | 100230 | 用户信息不存在 | 验证用户信息不存在
        8001 | Declined | 100220 | 用户状态异常 | 验证用户状态不为正常
        8888 | ProviderFault | 100622 | 交易申请成功,需要再次进行验证 | \
        认证支付或者签约方式,交易申请成功,需要再次进行验证
        8901 | OrderNotFound | 100620 | 没有记录 | 根据提供的查询条件未获得结果
        8911 | InvalidRequest | 100620 | 没有风控记录 | 没有风控记录
        9901 | InvalidRequest | 100414 | 请求报文非法
        9902 | ProviderFault | 100999 | 请求参数缺失{0};接口调用异常
        9903 | InvalidRequest | 100414 | 请求参数错误{0}
        9904 | InvalidRequest | 100414 | 支付参数和原创建支付单参数不一致
        9091 | Declined | 100998 | 创建支付失败
        9092 | InvalidRequest | 100414 | 业务信息非法
        9093 | OrderNotFound | 100620 | 无对应的支付单信息
        9094 | ProviderFault | 100998 | 请求银行扣款失败
        9700 | Declined | 100221 | 短信验证码错误
        9701 | Declined | 100221 | 短信验证码和手机不匹配
        9702 | LimitExceeded | 100221 | 验证码错误次数超过最大次数,请重新获取进行验证 |  | 请重新获取进行验证
        9703 | Declined | 100221 | 短信验证码失效,请重新获取 |  | 请重新获取
        9704 | ProviderFault | 100999 | 短信发送异常,请稍后重试 |  | 请稍后重试
        9910 | Declined | 100301 | 风险等级过高 | 分控返回风险值过高,导致交易失败
        9911 | LimitExceeded | 100101 | 金额超过指定额度 | 金额超过指定额度
        9912 | Declined | 100207 | 该卡不支持 | 该卡不支持
        9913 | Duplicate | 100619 | 该卡已签约成功
        9970 | ProviderFault | 100999 | 银行系统日切处理中 | 银行系统正在进行日终处理,稍后可重新发送交易 | \
        稍后可重新发送交易
        9999 | ProviderFault | 100999 | 系统错误
        9990 | ProviderFault | 100999 | 银行交易出错,{银行返回的错误信息},请稍后重试 | \
        银行交易出错,{银行返回的错误信息},请稍后重试 | 请稍后重试
        9907 | InvalidRequest | 100201 | 银行编码与卡不一致 | 选择的银行与卡所属银行不一致
        9000 | ProviderFault | 100999 | 银行维护中,请稍后再试 |  | 请稍后再试
        """;

    // Not in the document: LianLian's public description of the same pre-authorisation for another product. These are
    // states, not errors; 2006 has its row above.
    private const string PreAuthStates = """
        2003 | None | 100622 | 预授权已创建
        PR07 | None | 100000 | 预授权成功
        PR08 | None | 100622 | 预授权待验证
        PR09 | None | 100999 | 预授权处理中
        PR10 | Declined | 100602 | 预授权失败
        PR11 | None | 100000 | 预授权完成成功
        PR12 | None | 100999 | 预授权完成处理中
        PR13 | Declined | 100602 | 预授权完成失败
        PR14 | None | 100000 | 预授权撤销成功
        PR15 | None | 100999 | 预授权撤销处理中
        PR16 | Declined | 100602 | 预授权撤销失败
        """;
}
