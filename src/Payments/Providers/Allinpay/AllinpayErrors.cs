using System.Globalization;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The codes of section 6.1 with the texts that customers may see, the errors of the refund query (section 3.8, whose
/// two columns stand under each other's heading), the refund states, and the two results that section 4.2 names.
/// </summary>
/// <remarks>
/// The third cell is the row's place in the normalised table, by the rules that stand there. What the payer gave wrong
/// goes to the account and card codes, what is wrong with the request to the parameter codes. A fault of Allinpay's
/// before it asked anybody is 100998; a lost, late or unusable answer, after which nobody knows, is 100999 and never a
/// decline. "Already paid" and "submitted twice" are 100619, since the first copy may be ours.
/// </remarks>
internal static class AllinpayErrors
{
    private const string Prefix = "ZF";

    /// <summary>Every code. Gateways send some codes without ZF, so a code is looked for both ways.</summary>
    public static ErrorTable Table { get; } = Build();

    private static ErrorTable Build()
    {
        var rows = new[] { Gateway, RefundQuery, RefundStates, PreAuthorisation }.SelectMany(Read).ToList();
        var known = rows.Select(row => row.Code).ToHashSet();
        return new(rows, code => Spelling(code, known));
    }

    // 10008 and ZF10008 are different rows of the document, so the prefix may not simply be cut off.
    private static string Spelling(string code, HashSet<string> known)
    {
        var other = code.StartsWith(Prefix, StringComparison.Ordinal) ? code[Prefix.Length..] : Prefix + code;
        return !known.Contains(code) && known.Contains(other) ? other : code;
    }

    private static IEnumerable<ErrorEntry> Read(string rows) =>
        from line in rows.ReplaceLineEndings("\n").Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
        let cells = line.Split(" | ")
        select new ErrorEntry(
            cells[0], Enum.Parse<ProviderError>(cells[1]), cells[3], cells[^1],
            int.Parse(cells[2], CultureInfo.InvariantCulture));

    private const string RefundQuery = """
        001 | InvalidRequest | 100413 | 商户号不能为空
        002 | InvalidRequest | 100413 | 商户号不能超过 15 位
        003 | MerchantNotAllowed | 100413 | 商户号不存在
        004 | InvalidRequest | 100414 | 订单号不能为空
        005 | OrderNotFound | 100620 | 订单号不存在
        006 | InvalidRequest | 100103 | 退款金额不能为空
        007 | InvalidRequest | 100102 | 退款金额必须大于 0
        008 | InvalidRequest | 100103 | 退款金额必须为整数
        009 | InvalidRequest | 100414 | 退款受理时间格式不匹配
        010 | OurSignatureRefused | 100412 | 摘要错误
        011 | RefundNotFound | 100620 | 退款订单不存在
        """;

    private const string RefundStates = """
        TKSUCC0001 | None | 100999 | 退款未受理
        TKSUCC0002 | None | 100999 | 待通联审核
        TKSUCC0003 | None | 100999 | 通联审核通过
        TKSUCC0004 | None | 100999 | 退款冲销
        TKSUCC0005 | None | 100999 | 处理中
        TKSUCC0006 | None | 100000 | 退款成功
        TKSUCC0007 | Declined | 100602 | 退款失败
        TKSUCC0008 | Declined | 100602 | 通联审核不通过
        """;

    private const string PreAuthorisation = """
        0000 | None | 100000 | 成功
        FC0003_000008 | Declined | 100602 | 预授权撤销失败
        """;

    // Our word tells whose turn it is: the payer's (Declined), the merchant's (InvalidRequest, MerchantNotAllowed) or
    // Allinpay's (ProviderFault). ZF10002 and EA0001_100007 are printed twice; the first row stays.
    // The pickup address of ZF10002 is the page that the payer returns to, not a place of delivery.
    private const string Gateway = """
        EM0001_000001 | ProviderFault | 100998 | 移动支付路由判断错误 | 操作失败（E1,01），请重试
        EM0001_000002 | InvalidRequest | 100414 | 通联订单号为空或非法 | 通联订单号为空或非法
        EM0001_000003 | InvalidRequest | 100414 | 非该用户的通联订单 | 非该用户的通联订单
        EM0001_000004 | ProviderFault | 100998 | 移动支付路由判断为空 | 操作失败（E1,04），请重试
        EM0001_000005 | InvalidRequest | 100414 | 通联支付(移动支付)商户订单为空 | 通联支付(移动支付)商户订单为空
        EM0001_000006 | InvalidRequest | 100414 | 用户编号为空或非法 | 用户编号为空或非法
        EM0001_000007 | MerchantNotAllowed | 100413 | 商户编号为空或非法 | 商户编号为空或非法
        EM0001_000008 | Declined | 100221 | 短信验证码为空或非法 | 短信验证码不存在，请重新输入
        EM0001_000009 | Declined | 100229 | 卡有效期为空或非法 | 卡片有效期不正确，请重新输入
        EM0001_000010 | Declined | 100224 | 卡 CVV2 为空或非法 | 卡片后三位数字不正确，请重新输入
        EM0001_000011 | Declined | 100406 | 手机号码为空或非法 | 预留手机号不正确，请重新输入
        EM0001_000012 | Declined | 100212 | 银行卡号为空或非法 | 请输入正确的银行卡号
        EM0001_000013 | Declined | 100615 | 银行 PIN 码为空或非法 | 密码错误，请重新输入
        EM0001_000014 | Declined | 100212 | 银行卡号为空或非法 | 请输入正确的银行卡号
        EM0001_000015 | ProviderFault | 100998 | 通联支付(移动支付)商户订单查找错误 | 操作失败（E1,15），请重试
        EM0001_000016 | InvalidRequest | 100414 | 扣款类型非法 | 操作失败（E1,16），请重试
        EM0001_000017 | InvalidRequest | 100414 | 签约类型非法 | 操作失败（E1,17），请重试
        EM0001_000018 | ProviderFault | 100998 | 路由选择未知异常 | 操作失败（E1,18），请重试
        EM0001_000019 | InvalidRequest | 100415 | 移动支付不支持组合方式 | 操作失败（E1,19），请重试
        EM0001_000020 | InvalidRequest | 100414 | 错误的订单用途 | 操作失败（E1,20），请重试
        EM0001_000021 | ProviderFault | 100999 | 移动支付未知异常 | 操作失败（E1,21），请重试
        EM0001_000022 | ProviderFault | 100999 | 移动支付-ITS 通讯异常 | 网络超时(E1,22)，请重试
        EM0001_000023 | ProviderFault | 100999 | 移动支付-ITS 通讯-报文接收异常 | 网络超时(E1,23)，请重试
        EM0001_000027 | ProviderFault | 100998 | 移动支付-用户常用卡返回数据错误 | 获取常用卡失败(E1,27)
        EM0001_000029 | Declined | 100201 | 移动支付-传入银行卡号不等于支付订单银行卡号 | 请输入正确的银行卡号
        EM0001_000030 | LimitExceeded | 100101 | 移动支付限额超过银行规定的支付限额 | 订单支付限额超限(E1,30)
        EM0001_000031 | MerchantNotAllowed | 100416 | 该商户不支持该银行该渠道 | 商户未开通该银行渠道
        EM0001_000032 | ProviderFault | 100998 | 移动支付对象为空 | 操作失败（E1,32），请重试
        EM0001_000033 | ProviderFault | 100998 | 移动支付-未创建通联支付订单 | 创建支付单失败，请重试
        EM0001_000034 | Declined | 100622 | 移动支付还未发送支付短信 | 请获取短信验证码
        EM0001_000035 | Declined | 100221 | 移动支付身份验证异常 | 身份验证失败，请检查输入信息是否正确
        EM0001_000036 | ProviderFault | 100999 | 移动支付更新支付结果成功失败 | 支付结果获取失败(E1,36)，请联系商户确认订单是否已支付
        EM0001_000037 | ProviderFault | 100999 | 移动支付委托受理更新支付结果成功失败 | 支付结果获取失败(E1,37)，请联系商户确认订单是否已支付
        EM0001_000038 | ProviderFault | 100999 | 移动支付-无法处理的支付结果 | 操作失败（E1,38），请重试
        EM0001_000039 | Duplicate | 100619 | 移动支付交易支付流水已经支付，不可再支付 | 支付失败，请重新下单支付
        EM0001_000040 | ProviderFault | 100998 | 用户常用卡返回结果错误 | 获取常用卡失败(E1,40)
        EM0001_000041 | ProviderFault | 100998 | 调用外部会员服务 常用卡列表为空 | 获取常用卡失败(E1,41)
        EM0001_000042 | MerchantNotAllowed | 100413 | 商户不存在, 或者商户信息状态异常 | 商户信息状态异常, 请联系商户
        EM0001_000043 | ProviderFault | 100999 | ITS 通讯异常 | 网络超时(E1,43), 请重试
        EM0001_000044 | MerchantNotAllowed | 100413 | 商户编号为空或非法 | 网络超时(E1,44), 请重试
        EM0001_000045 | Declined | 100212 | 银行卡号为空或非法 | 请输入正确的银行卡号
        EM0001_000046 | Declined | 100999 | 解约失败(移除常用卡失败) | 解绑失败, 请重试
        EM0001_000048 | InvalidRequest | 100414 | 授权类型为空或非法 | 操作失败(E1,48), 请重试
        EM0001_000049 | ProviderFault | 100998 | 获取路由策略支付相关的返回要素失败 | 操作失败(E1,49), 请重试
        EM0001_000050 | ProviderFault | 100998 | MD5 加密错误 | 订单加密失败, 请重新下单
        EM0001_000051 | Declined | 100614 | 密码类型为空或非法 | 密码错误(E1,51), 请重新输入
        EM0001_000052 | Declined | 100614 | 通联支付密码为空或非法 | 密码错误(E1,52), 请重新输入
        EM0001_000053 | Declined | 100221 | 证件类型为空或非法 | 证件类型不正确, 请重新选择
        EM0001_000054 | Declined | 100221 | 证件号码为空或非法 | 证件号不正确, 请重新输入
        EM0001_000055 | ProviderFault | 100998 | 移动支付-调用外部会员系统返回结果错误 | 操作失败(E1,55), 请重试
        EM0001_000058 | Declined | 100221 | 开户名称为空或非法 | 操作失败(E1,58), 请重试
        EM0001_000059 | Declined | 100608 | 移动支付-通联订单已过期 | 订单支付已过期, 请重新下单
        EM0001_000060 | Declined | 100201 | 与上次签协议数据不一致 | 身份验证失败, 请检查输入信息是否正确
        EM0001_000061 | InvalidRequest | 100410 | 移动支付-协议类型不存在或非法 | 签约协议不存在(E1,61)
        EM0001_000062 | InvalidRequest | 100414 | 移动支付-授权类型不存在或非法 | 操作失败(E1,62), 请重试
        EM0001_000063 | Declined | 100410 | 移动支付-非该用户协议 | 操作失败(E1,63), 请重试
        EM0001_000064 | Declined | 100410 | 移动支付-非快捷协议类型 | 签约协议不存在(E1,63)
        EM0001_000065 | ProviderFault | 100998 | 移动支付发送短信支付订单那对象为空 | 签约协议不存在(E1,64)
        EM0001_000066 | InvalidRequest | 100414 | 移动支付订单支付类型为空 | 操作失败(E1,66), 请重试
        EM0001_000067 | Declined | 100410 | 移动支付协议为空 | 签约协议不存在(E1,67)
        EM0001_000068 | Declined | 100410 | 移动支付-非该协议支付订单 | 签约协议不存在(E1,68)
        EM0001_000069 | ProviderFault | 100998 | 移动支付-订单生成 ITS 支付申请流水失败 | 操作失败(E1,69), 请重试
        EM0001_000070 | LimitExceeded | 100411 | 移动支付-发送短信过于频繁 | 短信发送过于频繁, 请稍后重试
        EM0001_000071 | Duplicate | 100619 | 移动支付-交易支付流水已经支付, 不可发送短信 | 订单已支付, 不可再获取短信验证码
        EM0001_000072 | Declined | 100618 | 移动支付-交易支付申请流水已经关闭 | 订单支付失败, 请重新下单或支付
        EM0001_000073 | Declined | 100108 | 移动支付-移动支付不支持外币订单 | 暂不支持外币
        EM0001_000074 | LimitExceeded | 100101 | 移动支付-商户支付金额大于银行支付限额 | 订单支付限额超限(E1,74)
        EM0001_000075 | InvalidRequest | 100415 | 移动支付-支付类型错误 | 操作失败(E1,75), 请重试
        EM0001_000076 | Declined | 100622 | 移动支付-授权异常 | 签约失败(E1,76), 请重试
        EM0001_000077 | Declined | 100622 | 移动支付-签约异常 | 签约失败(E1,77), 请重试
        EM0001_000078 | Declined | 100620 | 签约流水号为空或非法 | 签约流水号不存在(E1,78)
        EM0001_000079 | Declined | 100620 | 签约流水不存在 | 签约流水号不存在(E1,79)
        EM0001_000080 | Declined | 100415 | 移动支付-不支持网银签约 | 签约失败(E1,80), 请重试
        EM0001_000081 | ProviderFault | 100998 | 移动支付对象为空 | 操作失败(E1,81), 请重试
        EM0001_000082 | InvalidRequest | 100415 | 非移动支付订单 | 签约协议不存在(E1,83)
        EM0001_000083 | Declined | 100410 | 移动支付-标准快捷协议对象为空 | 签约协议不存在(E1,84)
        EM0001_000084 | InvalidRequest | 100414 | 该订单与协议关系错误 | 操作失败 (E1,84) , 请重试
        EM0001_000085 | Declined | 100620 | 移动快捷支付交易未提出支付申请 | 操作失败 (E1,85) , 请重试
        EM0001_000086 | Declined | 100620 | 移动快捷支付交易支付流水不存在 | 签约流水号不存在, 请重试
        EM0001_000087 | LimitExceeded | 100101 | 移动支付限额超过银行规定的支付限额 | 订单支付限额超限(E1,87)
        EM0001_000088 | ProviderFault | 100998 | 移动支付订单对象为空 | 操作失败 (E1,88) , 请重试
        EM0001_000089 | Declined | 100620 | 移动支付交易还未创建通联支付订单 | 请重新发起订单支付
        EM0001_000090 | Declined | 100622 | 移动支付还没发送支付短信 | 请获取短信验证码
        EM0001_000091 | ProviderFault | 100999 | 移动支付更新支付结果失败 | 支付结果获取失败(E1,91), 请联系商户确认订单是否已支付
        EM0001_000092 | ProviderFault | 100999 | 移动支付委托受理更新支付结果失败 | 支付结果获取失败(E1,92), 请联系商户确认订单是否已支付
        EM0001_000093 | Duplicate | 100619 | 移动支付交易支付流水已经支付, 不可再支付 | 原订单已支付成功, 请勿重复支付
        EM0001_000096 | InvalidRequest | 100414 | 移动支付签约用户与通联订单用户没有绑定关系 | 操作失败 (E1,96) , 请重试
        EM0001_000097 | ProviderFault | 100999 | 移动支付更新撤销标记失败 | 操作失败 (E1,97) , 请重试
        EM0001_000098 | Declined | 100201 | 移动支付传入手机号码不等于支付订单的手机号码 | 预留手机号不正确, 请重新输入
        EM0001_000099 | LimitExceeded | 100999 | 移动支付用户绑卡数量等于或大于最大允许绑卡数 | 您绑定的银行卡张数超限, 请先解约某张卡再绑新卡
        EM0001_000102 | ProviderFault | 100998 | 获取用户绑卡数量返回数据错误 | 操作失败 (E1,102) , 请重试
        EM0001_000103 | InvalidRequest | 100414 | 通联授权 ID 为空或非法 | 操作失败 (E1,103) , 请重试
        EM0001_000105 | Declined | 100620 | 移动支付流水不存在 | 操作失败 (E1,105) , 请重试
        EM0001_000107 | InvalidRequest | 100415 | 传入的支付类型为空或者错误 | 操作失败 (E1,107) , 请重试
        EM0001_000108 | InvalidRequest | 100415 | 传入的支付类型与路由得到的支付类型不一致 | 操作失败 (E1,108) , 请重试
        EM0001_000109 | ProviderFault | 100999 | ITS 返回错误信息 | 操作失败 (E1,109) , 请重试
        EM0001_000110 | Declined | 100220 | 用户不存在, 或用户状态不正确 (调用会员服务返回空对象) | 用户不存在, 或用户状态不正确
        EM0001_000111 | Declined | 100201 | 与会员实名信息数据不一致 | 输入的身份信息与银行预留信息不符
        EM0001_000112 | ProviderFault | 100998 | 获取商户支持的银行数据异常 | 暂不支持此银行, 请尝试其他银行卡
        EM0001_000113 | ProviderFault | 100998 | 用户协议数据中保存 ETS 机构代码错误 | 操作失败 (E1,113) , 请重试
        EM0001_000114 | ProviderFault | 100999 | 移动支付交易 ITS 调用应答数据错误 | 操作失败 (E1,114) , 请重试
        EM0001_000115 | ProviderFault | 100999 | 移动支付交易 ITSmd5 签名异常 | 操作失败 (E1,115) , 请重试
        EM0001_100024 | ProviderFault | 100999 | ITS 验证签名产生 MD5 失败 | 签名验证失败(E1,24), 请重试
        EM0001_100025 | ProviderFault | 100999 | ITS 应答签名错误 | 签名验证失败(E1,25), 请重试
        EM0001_100026 | ProviderFault | 100999 | ITS 应答签名类型错误 | 签名验证失败(E1,26), 请重试
        EM0001_100028 | ProviderFault | 100998 | 与会员系统通讯异常 | 获取常用卡失败(E1,28)
        EM0001_100047 | ProviderFault | 100999 | 通信失败 | 网络超时(E1,47), 请重试
        EM0001_100056 | ProviderFault | 100999 | 移动支付-调用外部会员系统未知异常 | 网络超时(E1,56), 请重试
        EM0001_100057 | ProviderFault | 100999 | 移动支付-调用外部会员系统通讯异常 | 网络超时(E1,57), 请重试
        EM0001_100094 | ProviderFault | 100999 | 移动支付交易-ITS 应答数据错误 | 网络超时(E1,94), 请重试
        EM0001_100095 | ProviderFault | 100999 | 移动支付交易-ITS 异常 | 网络超时(E1,95), 请重试
        EM0001_100100 | ProviderFault | 100998 | 通道配置错误, 移动支付 ETS 通道必须配置 \
        MAX_MONEY、MIN_MONEY、COST、CHANNEL_WAY、CARD_TYPE | 操作失败 (E11,100), 请重试
        EM0001_100101 | ProviderFault | 100998 | 移动支付通道配置错误, 存在同一类型的通道有限额交叉且成本一致的情况 | 操作失败 (E11,101), 请重试
        EM0001_100104 | ProviderFault | 100999 | 移动支付异步应答数据签名错误 | 操作失败 (E11,104), 请重试
        EM0001_100106 | ProviderFault | 100998 | 移动支付流水中 TransCode 类型错误 | 操作失败 (E11,106), 请重试
        EM0002_000001 | ProviderFault | 100998 | 移动支付发送短信支付订单那对象为空 | 操作失败 (E2,01), 请重试
        EM0002_000002 | InvalidRequest | 100415 | 该通联支付订单非移动支付订单 | 操作失败 (E2,02), 请重试
        EM0002_000003 | InvalidRequest | 100415 | 移动支付订单不是一般消费订单 | 操作失败 (E2,03), 请重试
        EM0002_000005 | Declined | 100608 | 移动支付交易过期 | 订单支付已过期, 请重新下单
        EM0002_000006 | Duplicate | 100619 | 移动支付交易支付流水已经支付, 不可发送短信 | 订单已支付, 不可再获取短信验证码
        EM0002_000007 | LimitExceeded | 100411 | 移动支付短信发送过于频繁 | 短信发送过于频繁, 请稍后重试
        EM0002_000011 | ProviderFault | 100998 | 更新移动支付短信发送结果异常, 移动支付短信请求流水不存在 | 短信发送失败, 请重新获取
        U00001_000002 | Declined | 100220 | 用户不存在, 或用户状态不正确 (会员服务抛出异常) | 用户状态不正确, 联系客服处理
        U00002_000007 | Declined | 100410 | 协议对象为空 | 签约协议不存在(U2,07)
        U00003_000005 | ProviderFault | 100998 | 获取用户协议异常 | 签约协议不存在(U3,05)
        U00003_000002 | ProviderFault | 100998 | 用户协议返回报文异常 | 签约协议不存在(U3,02)
        U00003_000003 | Declined | 100410 | 用户协议结果集为空 | 签约协议不存在(U3,03)
        U00003_000004 | ProviderFault | 100999 | 获取用户协议通信错误 | 网络超时(U3,04), 请重试
        SH0001_000001 | Declined | 100212 | 卡 Bin 查询 卡号录入错误 | 请输入正确的银行卡号
        M00003_000001 | ProviderFault | 100998 | 获取商户支持的银行数据异常 | 操作失败 (M3,01), 请重试
        U00004_000004 | ProviderFault | 100998 | 用户协议数据中保存 ETS 机构代码错误 | 操作失败 (U4,04), 请重试
        BL0004_100002 | ProviderFault | 100999 | 未知业务异常 | 操作失败 (B4,02), 请重试
        EF0001_000009 | Declined | 100212 | 快捷签约银行卡 bin 错误 | 请输入正确的银行卡号
        U00003_000001 | Declined | 100410 | 用户协议信息不存在, 或状态不正确(协议查询抛出异常) | 签约协议不存在(U3,01)
        P00003_000008 | InvalidRequest | 100105 | 虚拟账户支付金额错误 | 操作失败 (P3,08), 请重试
        P00003_100006 | Declined | 100108 | 外币商户订单, 不能网银支付 | 操作失败 (P31,06), 请重试
        U00001_000006 | InvalidRequest | 100414 | 非该用户的商户订单 | 操作失败 (U1,06), 请重试
        EA0002_000013 | LimitExceeded | 100101 | 认证支付银行限额超限 | 订单支付限额超限(E2,13)
        P00003_100002 | ProviderFault | 100998 | 通联支付订单（网银支付）商户订单为空 | 操作失败（P31,02），请重试
        M00001_000035 | InvalidRequest | 100415 | 商户订单与支付订单支付类型不匹配 | 商户订单与支付订单支付类型不匹配
        U00001_000007 | InvalidRequest | 100414 | 非该用户的商户订单 M,P 的用户编号不一致 | 操作失败（U1,07），请重试
        BL0003_000002 | InvalidRequest | 100414 | 总线采集提交非法数据错误 | 提交非法数据错误
        EA0001_100007 | ProviderFault | 100999 | 认证支付未知异常 | 操作失败（E11,07），请重试
        BL0003_000001 | InvalidRequest | 100414 | 总线采集提交数据错误 | 总线采集提交数据错误
        30007 | MerchantNotAllowed | 100415 | 商户不支持的支付方式 | 暂未开通该支付方式，请尝试其他银行卡或支付方式
        10032 | Declined | 100221 | 无效证件号 | 证件号不正确，请重新输入
        10033 | Declined | 100212 | 无效卡号 | 卡号不正确，请重新输入
        M00001_000020 | InvalidRequest | 100414 | 非优惠券商户订单 | 操作失败（M1,20），请重试
        M00001_000040 | Duplicate | 100619 | 请勿频繁重复提交订单或刷新页面 | 请勿频繁重复提交订单或刷新页面
        M00001_000037 | MerchantNotAllowed | 100400 | 该商户不允许充值交易 | 该商户不允许充值交易，请联系客服
        M00001_000038 | MerchantNotAllowed | 100400 | 该商户不允许现金取款 | 该商户不允许现金取款，请联系客服
        M00002_000008 | InvalidRequest | 100414 | 商户订单时间错误 | 操作失败（M2,08），请重试
        M00001_000010 | Duplicate | 100619 | 两次商户订单数据不一致 | 两次商户订单数据不一致
        M00001_000012 | Duplicate | 100619 | 商户旧订单不允许发起重复支付 | 该订单已支付，请勿重复支付
        M00001_000001 | ProviderFault | 100998 | 商户订单汇率计算错误 | 操作失败（M1,01），请重试
        M00001_000002 | ProviderFault | 100998 | 商户订单支付金额转美元汇率错误 | 操作失败（M1,02），请重试
        M00001_000003 | ProviderFault | 100998 | 商户订单汇率计算错误 | 操作失败（M1,03），请重试
        EF0005_100012 | InvalidRequest | 100414 | 快捷分期拓展字段上送格式错误 | 操作失败（E51,12），请重试
        M00001_000036 | ProviderFault | 100998 | 用户手续费错误 | 操作失败（M1,36），请重试
        50092 | LimitExceeded | 100101 | 境外支付金额超限 | 订单支付限额超限(5,92)
        M00001_100041 | Duplicate | 100619 | 插入商户订单唯一性约束表失败 | 操作失败（M11,41），请重试
        10008 | InvalidRequest | 100414 | 未上送用户编号 | 操作失败（1,08），请重试
        30002 | Duplicate | 100619 | 商户订单已支付成功 | 该订单已支付，请勿重复支付
        50083 | ProviderFault | 100998 | 商户订单校验传入参数为空 order is null | 操作失败（5,83），请重试
        M00001_000005 | Declined | 100618 | 商户订单已经关闭 | 操作失败（M1,05），请重试
        15010 | Declined | 100608 | 订单已过期 | 订单支付已过期，请重新下单
        30005 | MerchantNotAllowed | 100413 | 商户编号为空 | 操作失败（3,05），请重试
        40001 | MerchantNotAllowed | 100400 | 商户不允许接入网关 | 操作失败（4,01），请重试
        U00001_000003 | Declined | 100220 | 用户不存在，或用户状态不正确（调用会员服务返回空对象） | 用户不存在，或用户状态不正确
        U00007_000002 | ProviderFault | 100998 | 会员平台支付密码校验返回报文异常 | 操作失败（U7,02），请重试
        U00001_100001 | ProviderFault | 100998 | 会员系统调用异常 | 操作失败（U11,01），请重试
        TX10013 | ProviderFault | 100998 | 获取快捷支付签约路由失败,配置错误 | 操作失败（T1,13），请重试
        EB0001_100003 | ProviderFault | 100998 | 银行分配网银后台提交地址为空 \
        WBANK_CONNECTION_PARAM_TO_BEHIND_BANK_URL_IS_EMPTY TX10039 \
        | 操作失败 (E11,03) , 请重试
        EB0001_100004 | ProviderFault | 100998 | 银行分配接入 md5 签名为空 WBANK_CONNECTION_PARAM_KEY_IS_EMPTY TX10040 \
        | 操作失败 (E11,04) , 请重试
        EB0001_100005 | ProviderFault | 100998 | 银行分配接入接入方编号为空 WBANK_CONNECTION_PARAM_ACCESS_ID_IS_EMPTY TX10041 \
        | 操作失败 (E11,05) , 请重试
        EB0001_100006 | ProviderFault | 100998 | 银行分配接入版本号为空 | 操作失败 (E11,06) , 请重试
        EB0001_100014 | ProviderFault | 100998 | 银行参数配置错误,银行对应关系错误 WBANK_CONNECTION_PARAM_CONFIG_ERROR TX10042 \
        | 操作失败 (E11,14) , 请重试
        EF0001_000007 | Declined | 100223 | 签约申请卡类型不正确 | 签约银行卡类型不正确 (E1,07) , 请尝试其他 银行卡
        EF0001_000001 | Declined | 100620 | 签约流水不存在 | 操作失败 (E1,01) , 请重试
        EF0001_000004 | InvalidRequest | 100414 | 申请单用户编号为空 | 操作失败 (E1,04) , 请重试
        EF0001_000005 | InvalidRequest | 100414 | 非该用户的签约申请 | 操作失败 (E1,05) , 请重试
        EF0001_000008 | Declined | 100622 | 签约申请超时 | 签约申请超时 (E1,09) , 请重试
        EF0001_000002 | Declined | 100622 | 签约申请已经关闭 | 操作失败 (E1,02) , 请重试
        U00006_000001 | ProviderFault | 100998 | 短信安全中心分配接入 appID 为空 | 操作失败 (U6,01) , 请重试
        U00005_100003 | ProviderFault | 100998 | 短信安全中心短信发送失败 | 安全中心短信发送失败 (U51,03) , 请重试
        EF0001_000006 | Declined | 100622 | 签约短信未发送 | 签约短信未发送 (E1,06) , 请重试
        U00005_000004 | Declined | 100221 | 短信安全中心验证失败 | 操作失败 (U5,04) , 请重试
        EA0001_100007 | ProviderFault | 100999 | 商户订单支付金额错误 | 操作失败 (E11,07) , 请重试
        P00002_100003 | ProviderFault | 100999 | 支付结果失败 | 支付结果失败, 请重新支付
        P00002_100004 | ProviderFault | 100999 | 无法处理的支付结果 | 操作失败 (P21,04) , 请重试
        EF0003_100003 | ProviderFault | 100999 | 快捷支付交易 ITS 调用应答数据签名错误 | 操作失败 (E31,03) , 请重试
        QZ10006 | ProviderFault | 100998 | 系统异常。(QZ10006)。工作密钥未生成 | 操作失败 (Q1,06) , 请重试
        QZ10007 | ProviderFault | 100998 | 系统异常。(QZ10007)。工作密钥生成失败 | 操作失败 (Q1,07) , 请重试
        QZ10008 | ProviderFault | 100999 | 系统异常。(QZ10008), 交换密钥超时 | 操作失败 (Q1,08) , 请重试
        QZ10009 | ProviderFault | 100998 | 系统异常。(QZ10009)。工作密钥超时 | 操作失败 (Q1,09) , 请重试
        QZ10010 | ProviderFault | 100998 | 系统异常。(QZ10010)工作密钥解密出错 | 操作失败 (Q1,10) , 请重试
        QZ10011 | ProviderFault | 100998 | 系统异常。(QZ10011)。密钥种子传输错误 | 操作失败 (Q1,11) , 请重试
        QZ10013 | ProviderFault | 100998 | 系统异常。(QZ10013)。密钥交换非法的 SN | 操作失败 (Q1,12) , 请重试
        QZ10014 | ProviderFault | 100998 | 系统异常。(QZ10014)。验签失败! | 操作失败 (Q1,13) , 请重试
        QZ10015 | InvalidRequest | 100414 | 系统异常。(QZ10015)。必需参数为空 | 操作失败 (Q1,14) , 请重试
        QZ90101 | ProviderFault | 100998 | 系统异常。(QZ90101)。加密敏感域值异常 | 操作失败 (Q9,01) , 请重试
        QZ90103 | ProviderFault | 100998 | 系统异常。(QZ90103)。令牌生成出错 | 操作失败 (Q9,03) , 请重试
        U00004_000005 | Declined | 100213 | 用户或卡冻结 | 用户或银行卡冻结 (U4,05) , 请尝试其他银行卡
        10001 | InvalidRequest | 100414 | 不支持的字符编码格式 | 不支持的字符编码格式
        ZF10002 | InvalidRequest | 100414 | 参数取货地址不正确 | 参数取货地址不正确
        ZF10002 | InvalidRequest | 100414 | 参数通知地址不正确 | 参数通知地址不正确
        ZF10004 | InvalidRequest | 100414 | 参数签名类型不正确 | 参数签名类型不正确
        ZF10005 | InvalidRequest | 100414 | 参数语言类型不正确 | 参数语言类型不正确
        ZF10006 | InvalidRequest | 100415 | 参数支付方式不正确 | 参数支付方式不正确
        ZF10007 | InvalidRequest | 100414 | 参数扩展参数 2 不正确 | 参数扩展参数 2 不正确
        ZF10008 | InvalidRequest | 100414 | 参数扩展参数 1 不正确 | 参数扩展参数 1 不正确
        ZF10009 | InvalidRequest | 100414 | 参数产品描述信息部正确 | 参数产品描述信息部正确
        ZF10010 | InvalidRequest | 100414 | 参数产品代码不正确 | 参数产品代码不正确
        ZF10011 | InvalidRequest | 100414 | 参数产品数量不正确 | 参数产品数量不正确
        ZF10012 | InvalidRequest | 100414 | 参数产品名称不正确 | 参数产品名称不正确
        ZF10013 | InvalidRequest | 100414 | 参数订单提交时间不正确 | 参数订单提交时间不正确
        ZF10014 | InvalidRequest | 100103 | 参数订单金额不正确 | 参数订单金额不正确
        ZF10015 | InvalidRequest | 100414 | 参数订单号不正确 | 参数订单号不正确
        ZF10016 | InvalidRequest | 100420 | 参数付款人的 email 地址不正确 | 参数付款人的 email 地址不正确
        ZF10017 | InvalidRequest | 100406 | 参数付款人的电话不正确 | 参数付款人的电话不正确
        ZF10018 | InvalidRequest | 100414 | 参数付款人名称不正确 | 参数付款人名称不正确
        ZF10019 | InvalidRequest | 100414 | 参数报文版本号不正确 | 参数报文版本号不正确
        ZF10020 | OurSignatureRefused | 100412 | 参数签名信息不正确 | 签名错误, 请参考接口文档签名章节
        ZF10021 | InvalidRequest | 100414 | 参数发卡机构号不正确 | 参数发卡机构号不正确
        ZF10022 | InvalidRequest | 100414 | 参数网银直连支付参数不正确 | 参数网银直连支付参数不正确
        ZF10023 | ClockOff | 100414 | 参数查询时间不正确 | 参数查询时间不正确
        ZF10024 | InvalidRequest | 100414 | 参数查询开始时间不正确 | 参数查询开始时间不正确
        ZF10025 | InvalidRequest | 100414 | 参数查询结束时间不正确 | 参数查询结束时间不正确
        ZF10026 | InvalidRequest | 100414 | 参数异步接收查询结果的 URL 地址不正确 | 参数异步接收查询结果的 URL 地址不正确
        ZF10027 | OrderNotFound | 100620 | 该笔订单不存在 | 该笔订单不存在
        ZF10028 | NotRefundable | 100602 | 该笔订单不符合退款条件 | 该笔订单不符合退款条件
        ZF20001 | InvalidRequest | 100414 | 报文编码格式错误 | 报文编码格式错误
        ZF30001 | ProviderFault | 100998 | 系统参数配置错误 | 系统参数配置错误
        ZF30002 | Duplicate | 100619 | 订单已经支付成功 | 订单已经支付成功
        ZF30003 | Duplicate | 100619 | 不能重复提交订单 | 不能重复提交订单
        ZF30005 | MerchantNotAllowed | 100413 | 商户支付配置错误 | 商户号不存在或配置错误
        """;
}
