using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.LianLianMobileContractCase;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Completing and cancelling pre-authorisations and asking about them.</summary>
internal static class LianLianMobileContractPreAuths
{
    private const string Payer = "payer-canary-77";

    public static ContractOperation[] Of(LianLianMobileContractKit kit) =>
    [
        Order("pre-auth complete", kit, (bench, account) => bench.Provider.PreAuthorisations!.ConfirmAsync(
            account, Request, bench.Keys, bench.PermitOrNew, bench.Cancel)),
        Order("pre-auth cancel", kit, (bench, account) => bench.Provider.PreAuthorisations!.CancelAsync(
            account, Request, bench.Keys, bench.PermitOrNew, bench.Cancel)),
        Query(kit),
    ];

    /// <summary>Neither order's answer is ever a final no: there is no refused class.</summary>
    private static ContractOperation Order(
        string name, LianLianMobileContractKit kit,
        Func<ContractBench, ProviderAccount, Task<ProviderOutcome>> send) => new(name, MovesMoney: true)
        {
            Call = (bench, account) => Seen.Of(send(bench, account)),
            Account = kit.Account,
            Wire = kit.Wire,
            Good = Told(kit, "0000"),
            GoodEnding = Ending.Accepted,
            Listed =
            [
                .. ((string[])["PR09", "PR12", "PR15"]).Select(code => new ListedReply(
                    code, kit.Wire.WithSignature(Told(kit, code)), Ending.Accepted)),
                .. ((string[])["PR07", "PR10", "PR11", "PR13", "PR14", "PR16", "2003", "2006"]).Select(
                    code => new ListedReply(code, kit.Wire.WithSignature(Told(kit, code)), Ending.Unknown)),
                .. Others(kit, "0000", Ending.Unknown),
                .. kit.OrderErrors(refused: "", unknown: "5002 1004 3001 3004 4000 8901 9901 9902 9999 7777"),
            ],
            Merchant = "oid_partner",
            Number = "no_order",
            Amount = "money_order",
            Free = "ret_msg",
            Canaries = [Payer],
            Own = LianLianMobileContractKit.Rules(Ending.Accepted),
        };

    private static ContractOperation Query(LianLianMobileContractKit kit) => new("pre-auth query", MovesMoney: false)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.PreAuthorisations!.QueryAsync(
            account, Request, bench.Keys, bench.Cancel)),
        Account = kit.Account,
        Wire = kit.Wire,
        Good = Told(kit, "PR11"),
        GoodEnding = Ending.Told,
        Listed =
        [
            .. "2003 2006 PR07 PR08 PR09 PR10 PR11 PR12 PR13 PR14 PR15 PR16".Split(' ').Select(
                code => new ListedReply(code, kit.Wire.WithSignature(Told(kit, code)), Ending.Told)),
            new("held with the held amount", kit.Wire.WithSignature(
                Wire.With(Told(kit, "PR07"), "money_order", "1000.00")), Ending.Told),
            new("captured with the held amount", kit.Wire.WithSignature(
                Wire.With(Told(kit, "PR11"), "money_order", "1000.00")), Ending.NoAnswer),
            new("cancelled with the held amount", kit.Wire.WithSignature(
                Wire.With(Told(kit, "PR14"), "money_order", "1000.00")), Ending.NoAnswer),
            new("success in place of a state", kit.Wire.WithSignature(Told(kit, "0000")), Ending.NoAnswer),
            .. Others(kit, "PR11", Ending.NoAnswer),
            .. kit.QueryErrors(),
        ],
        Merchant = "oid_partner",
        Number = "no_order",
        Amount = "money_order",
        Free = "ret_msg",
        Canaries = [Payer],
        Own = LianLianMobileContractKit.Rules(Ending.Told),
    };

    private static PreAuthRequest Request => new()
    {
        Order = new("PA20261120001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), "2026112013121201"),
        Authorised = Yuan(100000),
        Amount = Yuan(80050),
        PayerId = Payer,
        RequestedAt = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero),
    };

    private static IEnumerable<ListedReply> Others(LianLianMobileContractKit kit, string code, Ending ending)
    {
        yield return new("another time", kit.Wire.WithSignature(
            Wire.With(Told(kit, code), "dt_order", "20261120104014")), ending, ProviderError.AnswerMismatch);
        yield return new("no time", kit.Wire.WithSignature(
            Wire.Without(Told(kit, code), "dt_order")), ending, ProviderError.AnswerMismatch);
        yield return new("another number of LianLian's", kit.Wire.WithSignature(
            Wire.With(Told(kit, code), "oid_paybill", "2026112013121202")), ending, ProviderError.AnswerMismatch);
    }

    private static Field[] Told(LianLianMobileContractKit kit, string code) => kit.Answer(
        code, new("oid_partner", Merchant), new("no_order", "PA20261120001"), new("dt_order", "20261120104013"),
        new("oid_paybill", "2026112013121201"), new("money_order", "800.50"), new("settle_date", "20261121"));
}
