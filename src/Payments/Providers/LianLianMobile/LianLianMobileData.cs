namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>What kind of goods a code of section 6.3 belongs to; it decides which risk parameters go along.</summary>
public enum LianLianMobileGoodsGroup
{
    /// <summary>Virtual goods without a real name (1001 to 1999).</summary>
    Virtual,

    /// <summary>What a real name is needed for (2001 to 2999).</summary>
    RealName,

    /// <summary>Public services and education (3001 to 3999).</summary>
    PublicService,

    /// <summary>Physical goods (4001 to 4999).</summary>
    Physical,

    /// <summary>Large amounts (5001 to 5999).</summary>
    Large,
}

/// <summary>A goods code of section 6.3.</summary>
/// <param name="Code">frms_ware_category, four digits.</param>
/// <param name="Group">The group it stands in.</param>
/// <param name="Name">The document's name.</param>
/// <param name="Note">The document's remark; empty without one.</param>
public sealed record LianLianMobileGoods(string Code, LianLianMobileGoodsGroup Group, string Name, string Note);

/// <summary>
/// The small dictionaries of the document: goods, identity papers, ways of payment, products, business.
/// </summary>
public static class LianLianMobileData
{
    private const string GoodsRows = """
        1001|虚拟卡销售|话费卡、游戏点卡
        1002|虚拟账户充值|其他钱包充值
        1003|数字娱乐|网络游戏道具、装备购买;彩铃/影音充值/歌曲下载
        1004|网络虚拟服务|门户/资讯/论坛/网络小说/搜索引擎/网络广告/网络推广费/视频制作费
        1005|网络推广销售|团购/优惠/促销/打折卡
        1006|娱乐票务|影票/演唱会/赛事/舞台剧等娱乐票务
        1007|博彩类|彩票
        1008|中介\咨询服务|中介/招聘/婚介交友/返利咨询(医疗咨询除外),法律咨询、金融咨询等
        1009|生活服务|家政/婚庆服务/摄影服务/印刷/维修服务/排版/刻板;物流/快递服务
        1010|个人话费充值|移动手机充值
        1999|其他|其他特殊虚拟类或无法归类商品或服务
        2001|商旅机票类|航空机票、酒店预订(国内、国际)
        2002|旅游票务|旅馆/酒店/景区/度假区;汽车票/船票等长途交通票务
        2003||
        2004|基金|
        2005|保险|
        2006|贵金属交易|
        2007|技术开发、软件服务|各类软件(学习/办公管理等)销售、开发或服务费
        2008|娱乐/健身服务|美容/健身类会所、会员服务、套餐;会员制俱乐部/高尔夫球场/休闲会所
        2009|P2P 小额贷款|
        2999|其他|其他特殊有实名信息但虚拟类商品或服务
        3001|教育、学费|教育/培训/考试缴费/学费
        3002|公共事业缴费|水电煤缴费/交通罚款/城市交通卡等生活缴费
        3999|其他|其他特殊低风险业务
        4001|家居百货|服装/鞋帽/饰品;家居、建材、装饰、布艺类;母婴、玩具;装饰园艺/工艺品/盆栽/室内装饰品/摆设等
        4002|书籍/音像/文具|书籍刊物/音像制品;文具/办公设备/耗材;乐器
        4003|五金器材|摩托/自行车/配件/改装;健身器材
        4004|数码家电|家用电器、手机、相机等
        4005|礼品、保健品|化妆品/保健品/滋补品
        4006|药品|处方药/非处方药
        4007|收藏、工艺品|古董、工艺品、黄金、首饰
        4008|农产品|粮食、蔬果、活禽、家畜、网类等
        4100|外贸出口类|综合分类
        4999|其他|其他特殊实物类商品
        5001|房地产|
        5002|汽车|
        5003|奢侈品|高档奢侈品(名牌手表、箱包等)
        5999|其他|其他大额或奢侈品商品
        """;

    /// <summary>The goods codes of section 6.3, all 38; 2003 is printed without a name.</summary>
    public static IReadOnlyList<LianLianMobileGoods> Goods { get; } =
    [
        .. GoodsRows.ReplaceLineEndings("\n").Split('\n').Select(line => line.Split('|'))
            .Select(cells => new LianLianMobileGoods(
                cells[0], (LianLianMobileGoodsGroup)(cells[0][0] - '1'), cells[1], cells[2])),
    ];

    /// <summary>Identity papers by id_type (sections 4.2 and 6.2.2); 10 is in section 4.2 only.</summary>
    public static IReadOnlyDictionary<string, string> IdTypes { get; } = new Dictionary<string, string>
    {
        ["0"] = "身份证或企业经营证件",
        ["1"] = "户口簿",
        ["2"] = "护照",
        ["3"] = "军官证",
        ["4"] = "士兵证",
        ["5"] = "港澳居民来往内地通行证",
        ["6"] = "台湾同胞来往内地通行证",
        ["7"] = "临时身份证",
        ["8"] = "外国人居留证",
        ["9"] = "警官证",
        ["X"] = "其他证件",
        ["10"] = "组织结构代码",
    };

    /// <summary>
    /// Ways of payment by pay_type (sections 4.2 to 4.6). F, a pre-authorisation, is in LianLian's public description
    /// of another product.
    /// </summary>
    public static IReadOnlyDictionary<string, string> PayTypes { get; } = new Dictionary<string, string>
    {
        ["2"] = "快捷支付(借记卡)",
        ["3"] = "快捷支付(信用卡)",
        ["F"] = "预授权",
    };

    /// <summary>Kinds of business by busi_partner and in statements (sections 4.1 and 5.2).</summary>
    public static IReadOnlyDictionary<string, string> Businesses { get; } = new Dictionary<string, string>
    {
        ["101001"] = "虚拟商品销售",
        ["109001"] = "实物商品销售",
        ["108001"] = "外部账户充值",
        ["110001"] = "内部账户充值",
    };

    /// <summary>The products that a statement line can name (section 5.2).</summary>
    public static IReadOnlyList<string> Products { get; } =
        ["WEB支付网关", "手机应用支付网关", "API渠道", "WAP支付网关", "IVR支付网关"];

    /// <summary>The ways of payment that a statement line can name (section 5.2).</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        "余额支付", "储蓄卡网银支付", "信用卡网银支付", "储蓄卡快捷支付", "信用卡快捷支付", "线下网点支付", "充值卡支付", "企业网银支付",
    ];

    /// <summary>The goods of a code, or null when the document does not have it.</summary>
    public static LianLianMobileGoods? FindGoods(string code) => Goods.FirstOrDefault(goods => goods.Code == code);
}
