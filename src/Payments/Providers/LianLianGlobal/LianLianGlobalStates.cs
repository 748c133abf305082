namespace MerchantPortal.Payments.Providers.LianLianGlobal;

/// <summary>A state or province of section 5.3.3.</summary>
/// <param name="Country">US, BR or CA.</param>
/// <param name="Code">The code that Customer.state carries.</param>
/// <param name="Name">The document's name of it.</param>
public sealed record LianLianGlobalState(string Country, string Code, string Name);

/// <summary>
/// The states of section 5.3.3, in its order. Under Brazil it also prints three Australian codes (VIC, ACT, NSW), which
/// are kept as printed; the label CA stands one row too high in it, beside Rondônia.
/// </summary>
public static class LianLianGlobalStates
{
    private const string UnitedStates = """
        DE Delaware; HI Hawaii; PR Puerto Rico; TX Texas; PW Palau; MA Massachusetts; MD Maryland; IA Iowa;
        ME Maine; ID Idaho; MH Marshall Islands; MI Michigan; UT Utah; AA Armed Forces Americas; MN Minnesota;
        MO Missouri; IL Illinois; MP Northern Mariana Islands; AE Armed Forces Europe; IN Indiana; MS Mississippi;
        MT Montana; AK Alaska; AL Alabama; VA Virginia; AP Armed Forces Pacific; AR Arkansas; AS American Samoa;
        VI Virgin Islands; NC North Carolina; ND North Dakota; NE Nebraska; RI Rhode Island; AZ Arizona;
        NH New Hampshire; NJ New Jersey; VT Vermont; NM New Mexico; FL Florida; FM Federated States of Micronesia;
        NV Nevada; WA Washington; NY New York; SC South Carolina; SD South Dakota; WI Wisconsin; OH Ohio;
        GA Georgia; OK Oklahoma; CA California; WV West Virginia; WY Wyoming; OR Oregon; KS Kansas; CO Colorado;
        GU Guam; KY Kentucky; CT Connecticut; PA Pennsylvania; LA Louisiana; TN Tennessee; DC District of Columbia
        """;

    private const string Brazil = """
        AC Acre; CE Ceará; MS Mato Grosso do Sul; MT Mato Grosso; GO Goiás; AL Alagoas; AM Amazonas;
        ES Espírito Santo; AP Amapá; VIC Victoria; PA Pará; ACT Australian Capital Territory; PB Paraíba;
        NSW New South Wales; PE Pernambuco; RJ Rio de Janeiro; PI Piauí; TO Tocantins; RN Rio Grande do Norte;
        RO Rondônia; BA Bahia
        """;

    private const string Canada = """
        AB Alberta; BC British Columbia; NS Nova Scotia; NT Northwest Territories; NU Nunavut; QC Quebec;
        NB New Brunswick; MB Manitoba; PE Prince Edward Island; SK Saskatchewan; YT Yukon;
        NL Newfoundland and Labrador; ON Ontario
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LianLianGlobalState> All { get; } =
        [.. Of("US", UnitedStates), .. Of("BR", Brazil), .. Of("CA", Canada)];

    /// <summary>
    /// Whether a state may stand beside a country: one of the list for the United States, Brazil and Canada, any text
    /// for the others (section 3.2).
    /// </summary>
    public static bool Fits(string country, string state) =>
        country is not ("US" or "BR" or "CA") || All.Any(row => row.Country == country && row.Code == state);

    private static IEnumerable<LianLianGlobalState> Of(string country, string rows) =>
        from row in rows.Split(';', StringSplitOptions.TrimEntries)
        let blank = row.IndexOf(' ', StringComparison.Ordinal)
        select new LianLianGlobalState(country, row[..blank], row[(blank + 1)..]);
}
