using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;

namespace MerchantPortal.Payments.Tests.LianLianGlobal;

public sealed class LianLianGlobalTableTests
{
    [Fact]
    public void The_dictionaries_have_as_many_rows_as_the_document_prints()
    {
        LianLianGlobalCountries.All.Count.ShouldBe(249);
        LianLianGlobalCountries.All.Select(row => row.Code).Distinct().Count().ShouldBe(249);
        LianLianGlobalCountries.All.ShouldAllBe(row => row.Code.All(char.IsAsciiLetterUpper) && row.Name.Length > 2);
        LianLianGlobalCurrencies.All.Count.ShouldBe(21);
        LianLianGlobalStates.All.CountBy(row => row.Country).ShouldBe([new("US", 62), new("BR", 21), new("CA", 13)]);
        LianLianGlobalStates.All.Select(row => (row.Country, row.Code)).Distinct().Count().ShouldBe(96);
    }

    [Theory]
    [InlineData("AX", "Åland Islands")]
    [InlineData("BQ", "Bonaire, Sint Eustatius and Saba")]
    [InlineData("HK", "Hong Kong,China")]
    [InlineData("LB", "Lebanon")]
    [InlineData("LS", "Lesotho")]
    [InlineData("ZW", "Zimbabwe")]
    public void A_country_has_the_documents_name(string code, string name) =>
        LianLianGlobalCountries.All.Single(row => row.Code == code).Name.ShouldBe(name);

    [Fact]
    public void Australian_codes_stay_under_Brazil_as_printed_and_its_last_two_rows_are_no_Canadian_ones()
    {
        LianLianGlobalStates.Fits("BR", "VIC").ShouldBeTrue();
        LianLianGlobalStates.Fits("BR", "RO").ShouldBeTrue();
        LianLianGlobalStates.Fits("BR", "BA").ShouldBeTrue();
        LianLianGlobalStates.Fits("CA", "BA").ShouldBeFalse();
        LianLianGlobalStates.Fits("CA", "ON").ShouldBeTrue();
        LianLianGlobalStates.Fits("DE", "anything").ShouldBeTrue();
    }

    [Fact]
    public void Every_code_of_the_document_has_a_meaning_a_text_and_a_place_in_the_normalised_table()
    {
        var codes = LianLianGlobalErrors.Table.Entries;
        var states = LianLianGlobalErrors.WithStates.Entries.Except(codes).ToList();
        var declines = codes.Where(row => char.IsAsciiLetterLower(row.Code[0])).ToList();

        // 10 states of payments, 5 of refunds (RS and RP are of both), ER of the third version's clients.
        states.Count.ShouldBe(15);

        // 29 return codes, 10 of the third version's clients, 18 decline codes.
        codes.Count.ShouldBe(57);
        codes.Count(row => row.HttpStatus is not null).ShouldBe(33);
        declines.Count.ShouldBe(18);
        declines.ShouldAllBe(row => row.NextStep.Length > 0 && row.ChineseText.Length > 0
            && row.ChineseNextStep.Length > 0);
        codes.ShouldAllBe(row => row.Text.Length > 0 && row.Error != ProviderError.Unlisted);
        codes.ShouldAllBe(row => NormalisedCodes.All.Any(code => code.Code == row.Normalised));
        codes.Where(row => row.Error == ProviderError.None).Select(row => row.Code).ShouldBe(["SUCCESS"]);
        codes.Where(row => row.Error == ProviderError.ProviderFault)
            .ShouldAllBe(row => row.Normalised == 100999 || row.Normalised == 100998);
    }

    [Fact]
    public void Every_status_has_the_number_of_codes_that_the_document_prints() =>
        LianLianGlobalErrors.Table.Entries
            .Where(row => row.HttpStatus is not null
                && row.Code is not ("REFERER_NOT_AUTHORIZED" or "METHOD_NOT_ALLOWED" or "NOT_ACCEPTABLE"
                    or "NOT_SUPPORT"))
            .GroupBy(row => row.HttpStatus!.Value).OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Count()))
            .ShouldBe([(200, 1), (400, 1), (401, 5), (403, 4), (404, 2), (409, 8), (422, 8)]);

    [Fact]
    public void The_states_are_those_of_the_document_and_each_means_something()
    {
        LianLianGlobalStatuses.Payments.Select(row => row.Code)
            .ShouldBe(["IN", "WP", "PP", "PC", "PS", "PF", "RP", "RS", "PR", "CB", "ER"]);
        LianLianGlobalStatuses.Refunds.Select(row => row.Code).ShouldBe(["PA", "RF", "RS", "WR", "RC", "RP"]);
        LianLianGlobalStatuses.Payments.Where(row => row.Paid).Select(row => row.Code)
            .ShouldBe(["PS", "RP", "RS", "PR", "CB"]);
        LianLianGlobalStatuses.Refunds.ShouldAllBe(row => row.State != RefundState.NotTold);
        LianLianGlobalStatuses.Payment("ps").ShouldBeNull();
        LianLianGlobalStatuses.Refund("").ShouldBeNull();
    }

    [Fact]
    public void The_objects_have_as_many_fields_as_the_document_prints()
    {
        LianLianGlobalFields.Product.Count.ShouldBe(12);
        LianLianGlobalFields.Customer.Count.ShouldBe(16);
        LianLianGlobalFields.UserTerminal.Count.ShouldBe(9);
        LianLianGlobalFields.MerchantTerminal.Count.ShouldBe(2);
        LianLianGlobalFields.AdditionalInfo.Count.ShouldBe(9);

        // 15 rows of 4.1.1, four of which are objects.
        LianLianGlobalFields.Payment.Count.ShouldBe(11);
        LianLianGlobalFields.PaymentAnswer.Count.ShouldBe(5);
        LianLianGlobalFields.Result.Count.ShouldBe(9);
    }

    [Fact]
    public void The_provider_says_what_it_is_what_it_leaves_open_and_what_is_not_confirmed()
    {
        using var bench = new LianLianGlobalBench();
        var provider = bench.Provider;

        provider.Descriptor.Key.ShouldBe("lianlian-global");
        provider.Descriptor.Hosts.ShouldContain("gpapi.lianlianpay.com");
        provider.Unconfirmed.ShouldBe([ProviderInterface.Refunds]);
        provider.Settings.ShouldAllBe(row => row.Choices.Contains(row.Default));
        provider.Settings.Select(row => row.Key)
            .ShouldBe(["version-segment", "timestamp-format", "timezone-header", "transaction-time"]);
        provider.Signing.Interfaces.ShouldBe(["request", "answer", "notification"]);
        provider.Refunds!.ResendSafe.ShouldBeFalse();
        provider.Statements.ShouldBeNull();
        LianLianGlobalOptions.Chosen(
                bench.Account with { Settings = new Dictionary<string, string> { ["version-segment"] = "../v9" } },
                LianLianGlobalOptions.VersionSegment)
            .ShouldBe("v4");
    }
}
