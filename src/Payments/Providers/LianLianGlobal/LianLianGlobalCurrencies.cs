using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>A currency of section 5.3.2.</summary>
/// <param name="Currency">Its code and exponent.</param>
/// <param name="Chinese">The document's Chinese name.</param>
/// <param name="English">The document's English name.</param>
public sealed record LianLianGlobalCurrency(Currency Currency, string Chinese, string English);

/// <summary>The currencies of section 5.3.2, in its order.</summary>
public static class LianLianGlobalCurrencies
{
    private const string Rows = """
        AED | 阿联酋迪拉姆 | United Arab Emirates Dirham
        AUD | 澳大利亚元 | Australian Dollar
        BRL | 巴西雷亚尔 | Brazilian Real
        CAD | 加拿大元 | Canadian Dollar
        CHF | 瑞士法郎 | Swiss Franc
        CNY | 人民币元 | Chinese Yuan
        EUR | 欧元 | Euro
        GBP | 英镑 | Pounds Sterling
        HKD | 港元 | Hong Kong Dollars
        IDR | 印尼盾 | Rupiah
        JPY | 日元 | Japanese Yen
        KRW | 韩圆 | South Korean Won
        MXN | 墨西哥比索 | Mexican Peso
        MYR | 马来西亚令吉 | Malaysian Ringgit
        NGN | 尼日利亚奈拉 | Naira
        NPR | 尼泊尔卢比 | Nepalese Rupee
        NZD | 新西兰元 | New Zealand Dollar
        SGD | 新加坡元 | Singapore Dollar
        THB | 泰铢 | Baht
        INR | 印度卢比 | India rupee
        USD | 美元 | US Dollar
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LianLianGlobalCurrency> All { get; } =
    [
        .. from row in Rows.ReplaceLineEndings("\n").Split('\n')
           let cells = row.Split(" | ")
           select new LianLianGlobalCurrency(CurrencyTable.Get(cells[0]), cells[1], cells[2]),
    ];

    /// <summary>Whether the document takes a currency.</summary>
    public static bool Has(Currency currency) => All.Any(row => row.Currency == currency);

    /// <summary>Looks up three letters that came from outside; only currencies of the document are found.</summary>
    public static bool TryGet(string code, out Currency currency) =>
        CurrencyTable.TryGet(code, out currency) && Has(currency);
}
