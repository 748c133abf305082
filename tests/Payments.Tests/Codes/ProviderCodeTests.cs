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

    // 100998 leaves the outcome open too, but its words are those of a failed payment.
    [Theory, MemberData(nameof(Providers))]
    public void What_nobody_knows_is_never_a_decline_and_never_success(string provider) =>
        CodeDocument.Unknowns[provider].Select(code => CodeDocument.Tables[provider].Find(code).ShouldNotBeNull(code))
            .Where(row => row.Normalised == 100998 || !NormalisedCodes.LeavesOutcomeOpen(row.Normalised))
            .ShouldBeEmpty();

    // 100622 is neither a yes nor a no either: the payer has not finished.
    [Theory, MemberData(nameof(Providers))]
    public void A_fault_of_the_provider_leaves_the_outcome_open(string provider) =>
        Entries(provider).Where(row => row.Error is ProviderError.ProviderFault or ProviderError.Unlisted)
            .Where(row => row.Normalised != 100622 && !NormalisedCodes.LeavesOutcomeOpen(row.Normalised))
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Not_found_is_one_code_everywhere(string provider) =>
        Entries(provider).Where(row => row.Error is ProviderError.OrderNotFound or ProviderError.RefundNotFound)
            .Where(row => row.Normalised != 100620).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Our_own_signature_is_one_code_everywhere(string provider) =>
        Entries(provider).Where(row => row.Error == ProviderError.OurSignatureRefused && row.Normalised != 100412)
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Success_is_only_what_went_wrong_nowhere(string provider) =>
        Entries(provider).Where(row => row.Normalised == NormalisedCodes.Success && row.Error != ProviderError.None)
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Of_two_codes_that_mean_the_same_the_first_is_used(string provider) =>
        Entries(provider).Where(row => row.Normalised is 100417 or 100418).ShouldBeEmpty();

    [Theory, MemberData(nameof(Providers))]
    public void Other_error_stands_only_where_the_outcome_is_open_or_no_code_covers_it(string provider) =>
        Entries(provider).Where(row => row.Normalised == NormalisedCodes.Other)
            .Where(row => row.Error is not (ProviderError.ProviderFault or ProviderError.None))
            .Where(row => !CodeDocument.Uncovered.Contains(row.Code)).ShouldBeEmpty();

    [Theory]
    [InlineData("allinpay", "ZF10027", 100620)]
    [InlineData("allinpay", "10027", 100620)]
    [InlineData("allinpay", "ZF10002", 100414)]
    [InlineData("allinpay", "EM0001_000010", 100224)]
    [InlineData("allinpay", "EM0001_000049", 100998)]
    [InlineData("allinpay", "50092", 100101)]
    [InlineData("allinpay", "TKSUCC0006", 100000)]
    [InlineData("allinpay", "TKSUCC0007", 100602)]
    [InlineData("allinpay", "FC0003_000008", 100602)]
    [InlineData("lianlian-global", "do_not_honor", 100609)]
    [InlineData("lianlian-global", "generic_decline", 100607)]
    [InlineData("lianlian-global", "WR", 100100)]
    [InlineData("lianlian-global", "INVALID_SIGNATURE", 100412)]
    [InlineData("lianlian-mobile", "1101", 100203)]
    [InlineData("lianlian-mobile", "5004", 100413)]
    [InlineData("lianlian-mobile", "PR13", 100602)]
    [InlineData("bgcpay", "BALANCE_IS_NOT_ENOUGH", 100100)]
    [InlineData("bgcpay", "CURRENCY_NOT_SUPPORT", 100108)]
    [InlineData("bgcpay", "BLOCK_USER_FORBBIDEN_SEND", 100213)]
    public void Codes_stand_where_they_belong(string provider, string code, int normalised) =>
        CodeDocument.Tables[provider].Find(code)!.Normalised.ShouldBe(normalised);

    private static IReadOnlyList<ErrorEntry> Entries(string provider) => CodeDocument.Tables[provider].Entries;
}
