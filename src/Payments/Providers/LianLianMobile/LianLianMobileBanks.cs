namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>Where a bank's cards are taken.</summary>
public enum LianLianMobileBankScope
{
    /// <summary>The whole country.</summary>
    Nation,

    /// <summary>A region.</summary>
    Region,

    /// <summary>A foreign bank.</summary>
    Foreign,
}

/// <summary>A bank whose cards can be used (section 6.5).</summary>
/// <param name="Code">bank_code, eight digits.</param>
/// <param name="Name">The bank's name; empty in the one row that the document prints without.</param>
/// <param name="Scope">Where its cards are taken.</param>
/// <param name="Debit">Debit cards are taken.</param>
/// <param name="Credit">Credit cards are taken.</param>
/// <param name="Note">The document's remark; empty without one.</param>
public sealed record LianLianMobileBank(
    string Code, string Name, LianLianMobileBankScope Scope, bool Debit, bool Credit, string Note);

/// <summary>
/// The banks of section 6.5 in the order of the document: 158 rows, of which row 56 has no name and two share the code
/// 04741910.
/// </summary>
public static class LianLianMobileBanks
{
    private const string Rows = """
        01020000|工商银行|nation|DC
        01030000|农业银行|nation|DC
        01040000|中国银行|nation|DC
        01050000|建设银行|nation|DC
        03010000|交通银行|nation|DC
        01000000|邮政储蓄银行|nation|DC
        03020000|中信银行|nation|DC
        03030000|光大银行|nation|DC
        03040000|华夏银行|nation|DC
        03050000|民生银行|nation|DC
        03060000|广发银行|nation|C
        03070000|平安银行|nation|DC
        03080000|招商银行|nation|DC
        03090000|兴业银行|nation|DC
        03100000|浦发银行|nation|DC
        03170000|渤海银行|nation|D
        04031000|北京银行|nation|DC
        04012900|上海银行|nation|DC
        04233310|杭州银行|region|DC
        04403600|徽商银行|region|DC
        05083000|江苏银行|region|DC
        04263380|金华银行|region|DC
        04243010|南京银行|region|DC
        04123330|温州银行|region|DC
        04221210|河北银行|region|DC
        14181000|北京农商银行|region|C
        04791920|包商银行|region|DC
        64296510|成都银行|region|D
        14136900|重庆农村商业银行|region|DC
        04354910|郑州银行|region|D|不支持 96828 940056 开头的卡
        04053910|福建海峡银行|region|D
        05197110|安顺市商业银行|region|D
        14473600|安徽省农村信用社|region|D
        17219924|安阳银行|region|D
        05521340|保定银行|region|D
        65226510|成都农村商业银行|region|DC
        14033055|常熟农村商业银行|region|DC
        04615510|长沙银行|region|C
        65131410|承德银行|region|DC
        04761430|沧州银行|region|D
        04416900|重庆银行|region|C
        05121660|长治市商业银行|region|D
        04202220|大连银行|region|C
        04986580|德阳银行|region|D
        14156020|东莞农村商业银行|region|D
        65274550|东营银行|region|C
        05342050|鄂尔多斯银行|region|DC
        14173900|福建省农村信用社|region|C
        04302240|抚顺银行|region|D
        64667310|富滇银行|region|DC
        64786110|广西北部湾银行|region|D
        14436100|广西农村信用社|region|D
        64135810|广州银行|region|DC
        14505800|广东农村信用社|region|D
        14055810|广州农村商业银行|region|DC
        64634280||region|DC
        64916170|桂林银行|region|D
        64437010|贵阳银行|region|DC
        14538200|甘肃省农村信用社联合社|region|D
        14411200|河北省农村信用社|region|D
        05354970|鹤壁银行|region|D
        05611480|衡水市商业银行|region|D
        04422610|哈尔滨银行|region|DC
        14486400|海南省农村信用社联合社|region|D
        14385500|湖南省农村信用社联合社|region|DC
        14105200|湖北省农村信用社联合社|region|D
        05755200|湖北银行|region|D
        04332350|葫芦岛银行|region|D
        05171270|邯郸银行|region|D
        04703350|嘉兴银行|region|D
        05031680|晋城银行|region|D
        14394200|江西农村信用联合社|region|D
        14243000|江苏省农村信用社联合社|region|DC
        14123020|江阴农村商业银行|region|DC
        14603040|江南农村商业银行|region|D
        14452400|吉林省农村信用社|region|D
        04512420|吉林银行|region|D
        05591750|晋中市商业银行|region|D
        64392270|锦州银行|region|C
        64544240|九江银行|region|DC
        14023052|昆山农村商业银行|region|D
        05658880|库尔勒市商业银行|region|D
        05478820|昆仑银行|region|D
        04922600|龙江银行|region|DC
        05556840|凉山州商业银行|region|D
        05406650|乐山市商业银行|region|D
        64314730|临商银行|region|D
        04956140|柳州银行|region|D
        05565040|漯河银行|region|D
        04478210|兰州银行|region|DC
        04741910|内蒙古银行|region|D
        04741910|内蒙古农村信用社|region|D
        04083320|宁波银行|region|C
        05503320|宁波东海银行|region|D
        14468700|宁夏黄河农商银行|region|D
        64484210|南昌银行|region|DC
        04966730|南充市商业银行|region|D
        05484950|平顶山银行|region|D
        04836560|攀枝花市商业银行|region|D
        64588510|青海银行|region|C
        64094510|齐鲁银行|region|DC
        04571260|秦皇岛市商业银行|region|D
        04643970|泉州银行|region|D
        05027360|曲靖市商业银行|region|D
        14498500|青海省农村信用社|region|D
        04504520|青岛银行|region|DC
        65012900|上海农商银行|region|DC
        04885050|三门峡银行|region|D
        65264330|上饶银行|region|DC
        15205840|深圳福田银座村镇银行|region|D
        65675060|商丘银行|region|D
        14045840|深圳农商银行|region|D
        04213050|苏州银行|region|D
        05516620|遂宁市商业银行|region|D
        65085883|顺德农村商业银行|region|DC
        14526500|四川省农村信用合作社|region|D
        14144500|山东省农村信用社|region|D
        14341770|山西尧都农村商业银行|region|C
        14551600|山西省农村信用社联合社|region|D
        05284630|泰安市商业银行|region|D
        14333051|太仓农村商业银行|region|D
        04991240|唐山市商业银行|region|D
        14561100|天津滨海农村商业银行|region|D
        04593450|台州银行|region|DC
        64624580|潍坊银行|region|DC
        03134650|威海市商业银行|region|DC
        05311930|乌海银行|region|D
        14283054|吴江农商银行|region|DC
        04453020|无锡农村商业银行|region|DC
        04270001|乌鲁木齐市商业银行|region|DC
        04023930|厦门银行|region|D
        05365030|许昌银行|region|D
        05541310|邢台银行|region|D
        04325260|宜昌市商业银行|region|C
        05646710|宜宾市商业银行|region|D
        05666770|雅安市商业银行|region|D
        05631650|阳泉市商业银行|region|D
        05247410|玉溪市商业银行|region|D
        15438710|银川市商业银行|region|C
        65097300|云南省农村信用社|region|D
        14203320|鄞州银行|region|C
        04652280|营口银行|region|D
        05303380|浙江稠州商业银行|region|DC
        05253450|浙江民泰商业银行|region|DC
        64733450|浙江泰隆商业银行|region|C
        05492340|朝阳银行|region|D
        14163056|张家港农村商业银行|region|D
        04901380|张家口市商业银行|region|D
        05326560|自贡市商业银行|region|D
        05625080|周口银行|region|D
        05167030|遵义市商业银行|region|D
        28590410|韩国中小企业银行|foreign|D
        03190001|花旗银行|foreign|D
        03200000|东亚银行|foreign|D
        03220000|渣打银行|foreign|D
        03330001|法兴银行|foreign|D
        03340000|大华银行|foreign|D
        03280000|新韩银行|foreign|D
        """;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<LianLianMobileBank> All { get; } =
        [.. Rows.ReplaceLineEndings("\n").Split('\n').Select(Row)];

    /// <summary>
    /// The banks of a code: none where the document does not have it, two for the one that it prints twice.
    /// </summary>
    public static IReadOnlyList<LianLianMobileBank> Find(string code) => [.. All.Where(bank => bank.Code == code)];

    private static LianLianMobileBank Row(string line)
    {
        var cells = line.Split('|');
        return new(
            cells[0], cells[1], Enum.Parse<LianLianMobileBankScope>(cells[2], ignoreCase: true),
            cells[3].Contains('D', StringComparison.Ordinal), cells[3].Contains('C', StringComparison.Ordinal),
            cells.Length > 4 ? cells[4] : "");
    }
}
