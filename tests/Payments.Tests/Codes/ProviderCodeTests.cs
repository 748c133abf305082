using MerchantPortal.Payments.Codes;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Codes;

public sealed class ProviderCodeTests
{
    public static TheoryData<string> Providers => [.. CodeDocument.Tables.Keys];

    [Theory]
    [InlineData("allinpay", 236 + 8 + 11 + 2)]
    [InlineData("lianlian-global", 29 + 18 + 10 + 5)]
    [InlineData("lianlian-mobile", 88)]
    [InlineData("bgcpay", 3 + 8 + 3 + 18 + 4 + 7 + 23)]
    public void The_lists_hold_every_printed_row(string provider, int rows) =>
        CodeDocument.Read(provider).Count.ShouldBe(rows);

    [Theory, MemberData(nameof(Providers))]
    public void No_code_of_a_document_is_missing(string provider) =>
        CodeDocument.Read(provider).Where(row => CodeDocument.Tables[provider].Find(row.Code) is null).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void No_code_is_unmapped(string provider) =>
        Entries(provider).Where(row => NormalisedCodes.Find(row.Normalised) is null).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void What_nobody_knows_is_never_a_decline_and_never_success(string provider) =>
        CodeDocument.Unknowns[provider].Select(code => CodeDocument.Tables[provider].Find(code).ShouldNotBeNull(code))
            .Where(row => !NormalisedCodes.LeavesOutcomeOpen(row.Normalised)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void A_fault_of_the_provider_leaves_the_outcome_open(string provider) =>
        Entries(provider).Where(row => row.Error is ProviderError.ProviderFault or ProviderError.Unlisted)
            .Where(row => !NormalisedCodes.LeavesOutcomeOpen(row.Normalised)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Success_is_only_what_went_wrong_nowhere(string provider) =>
        Entries(provider).Where(row => row.Normalised == NormalisedCodes.Success && row.Error != ProviderError.None)
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Of_two_codes_that_mean_the_same_the_first_is_used(string provider) =>
        Entries(provider).Where(row => row.Normalised is 100417 or 100418).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Other_error_is_the_exception(string provider)
    {
        var rows = Entries(provider);
        rows.Count(row => row.Normalised == NormalisedCodes.Other).ShouldBeLessThan(Math.Max(4, rows.Count / 10));
    }

    [Theory]
    [InlineData("ZF10027", 100620)]
    [InlineData("10027", 100620)]
    [InlineData("ZF10002", 100414)]
    [InlineData("EM0001_000010", 100224)]
    [InlineData("50092", 100101)]
    [InlineData("TKSUCC0006", 100000)]
    [InlineData("TKSUCC0007", 100602)]
    [InlineData("FC0003_000008", 100602)]
    public void Allinpay_codes_stand_where_they_belong(string code, int normalised) =>
        CodeDocument.Tables["allinpay"].Find(code)!.Normalised.ShouldBe(normalised);

    private static IReadOnlyList<ErrorEntry> Entries(string provider) => CodeDocument.Tables[provider].Entries;
}
