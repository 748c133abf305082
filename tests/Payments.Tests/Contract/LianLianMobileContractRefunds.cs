using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.LianLianMobileContractCase;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Refund and refund query, by LianLian's public client code.</summary>
internal static class LianLianMobileContractRefunds
{
    public static ContractOperation[] Of(LianLianMobileContractKit kit) => [Send(kit), Query(kit)];

    private static ContractOperation Send(LianLianMobileContractKit kit) => new("refund", MovesMoney: true)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.Refunds!.SendAsync(
            account, Refund, bench.Keys, bench.PermitOrNew, bench.Cancel)),
        Account = kit.Account,
        Wire = kit.Wire,
        Good = Told(kit, "2"),
        GoodEnding = Ending.Done,
        Listed =
        [
            new("applied", kit.Wire.WithSignature(Told(kit, "0")), Ending.Accepted),
            new("on its way", kit.Wire.WithSignature(Told(kit, "1")), Ending.Accepted),
            new("failed", kit.Wire.WithSignature(Told(kit, "3")), Ending.Unknown, ProviderError.Declined),
            .. ((string[])["4", "02", "", "２"]).Select(state => new ListedReply(
                $"the state \"{state}\"", kit.Wire.WithSignature(Told(kit, state)), Ending.Unknown)),
            .. Others(kit, Ending.Unknown),
            .. kit.OrderErrors(
                refused: "5002 5003 5004 5006 5007 5008 1001 1004 3001 3002 9901 9903",
                unknown: "5005 9902 9999 8901 9093 7777"),
            new("a no about another refund", kit.Signed("5002", new Field("no_refund", "R2")), Ending.Unknown,
                ProviderError.AnswerMismatch),
        ],
        Merchant = "oid_partner",
        Number = "no_refund",
        Amount = "money_refund",
        Free = "ret_msg",
        Own = LianLianMobileContractKit.Rules(Ending.Done),
    };

    private static ContractOperation Query(LianLianMobileContractKit kit) => new("refund query", MovesMoney: false)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.Refunds!.QueryAsync(
            account, Refund, bench.Keys, bench.Cancel)),
        Account = kit.Account,
        Wire = kit.Wire,
        Good = Told(kit, "2"),
        GoodEnding = Ending.Told,
        Listed =
        [
            .. ((string[])["0", "1", "2", "3"]).Select(state => new ListedReply(
                $"the state {state}", kit.Wire.WithSignature(Told(kit, state)), Ending.Told)),
            .. ((string[])["4", "02", ""]).Select(state => new ListedReply(
                $"the state \"{state}\"", kit.Wire.WithSignature(Told(kit, state)), Ending.NoAnswer)),
            .. Others(kit, Ending.NoAnswer),
            .. kit.QueryErrors(),
        ],
        Merchant = "oid_partner",
        Number = "no_refund",
        Amount = "money_refund",
        Free = "ret_msg",
        Own = LianLianMobileContractKit.Rules(Ending.Told),
    };

    private static RefundRequest Refund => new()
    {
        RefundNumber = "R2026112100001",
        Order = new("2013051500001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), "2013051613121201"),
        OrderAmount = Yuan(21097),
        Amount = Yuan(2050),
        RequestedAt = new(2026, 11, 20, 18, 30, 0, TimeSpan.Zero),
    };

    private static IEnumerable<ListedReply> Others(LianLianMobileContractKit kit, Ending ending)
    {
        yield return new("another time", kit.Wire.WithSignature(
            Wire.With(Told(kit, "2"), "dt_refund", "20261121023001")), ending, ProviderError.AnswerMismatch);
        yield return new("another order", kit.Wire.WithSignature(
            [.. Told(kit, "2"), new("no_order", "2013051500002")]), ending, ProviderError.AnswerMismatch);
        yield return new("the other sign_type", kit.Wire.WithSignature(Wire.With(
            Told(kit, "2"), "sign_type", kit.Wire.Signer.IsHex ? "RSA" : "MD5")), ending);
    }

    private static Field[] Told(LianLianMobileContractKit kit, string state) => kit.Answer(
        "0000", new("oid_partner", Merchant), new("no_refund", Refund.RefundNumber), new("dt_refund", "20261121023000"),
        new("money_refund", "20.50"), new("oid_refundno", "2026112100998877"), new("sta_refund", state));
}
