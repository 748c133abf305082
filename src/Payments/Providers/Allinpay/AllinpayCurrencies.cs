using System.Collections.Frozen;
using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The currency codes of sections 6.2 and 6.3. They look like ISO 4217 digits and are not: section 6.2 prints 032 as
/// the Australian dollar, which ISO gives to the Argentine peso, while section 6.3 has the dollar as 036. So a code is
/// only ever looked up in the table of its own product, never in ISO.
/// </summary>
public static class AllinpayCurrencies
{
    /// <summary>Cross-border payments (section 6.2). 0 and 156 are the same; the document recommends 156.</summary>
    public static FrozenDictionary<string, Currency> CrossBorder { get; } = Table(
        "0 CNY", "156 CNY", "840 USD", "344 HKD", "392 JPY", "978 EUR", "458 MYR", "032 AUD");

    /// <summary>International cards, pre-authorisations among them (section 6.3).</summary>
    public static FrozenDictionary<string, Currency> InternationalCards { get; } = Table(
        "156 CNY", "840 USD", "826 GBP", "344 HKD", "978 EUR", "124 CAD", "036 AUD", "392 JPY", "702 SGD", "752 SEK");

    /// <summary>All other ways of payment take yuan only (section 2.1, orderCurrency).</summary>
    public static FrozenDictionary<string, Currency> Domestic { get; } = Table("0 CNY", "156 CNY");

    /// <summary>
    /// The code to send for a currency: 156 rather than 0 for yuan; null where the product does not take it.
    /// </summary>
    /// <param name="product">One of the tables above.</param>
    /// <param name="currency">The currency.</param>
    public static string? CodeOf(FrozenDictionary<string, Currency> product, Currency currency) => product
        .Where(row => row.Value == currency)
        .Select(row => row.Key)
        .MaxBy(code => code.Length);

    private static FrozenDictionary<string, Currency> Table(params string[] rows) => rows
        .Select(row => row.Split(' '))
        .ToFrozenDictionary(row => row[0], row => CurrencyTable.Get(row[1]));
}
