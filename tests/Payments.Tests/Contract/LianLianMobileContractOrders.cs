using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>The order query in its two versions.</summary>
internal static class LianLianMobileContractOrders
{
    private const string Phone = "13958069593";

    private const string Card = "6222020111122220007";

    private const string AmountIsAFact =
        "The question does not say the amount: it is told, and whoever asks compares it with the order.";

    public static ContractOperation[] Of(LianLianMobileContractKit kit) => [First(kit), Second(kit)];

    private static ContractOperation First(LianLianMobileContractKit kit) =>
        Query("order query 1.0", kit, kit.Wire, []);

    /// <summary>With the bank's name and the masked card, which stand outside the signature.</summary>
    private static ContractOperation Second(LianLianMobileContractKit kit)
    {
        var mode = kit.Account.AnswerSignature;
        Field[] more = [new("bank_name", "工商银行"), new("card_no", Card), new("memo", "无")];
        var operation = Query(
            "order query 1.1", kit, new LianLianMobileContractWire(mode, "bank_name", "card_no"), more);
        var allSigned = new LianLianMobileContractWire(mode);
        var noMemo = new LianLianMobileContractWire(mode, "bank_name", "card_no", "memo");
        return operation with
        {
            Account = kit.Account with
            {
                Settings = new Dictionary<string, string> { ["query-version"] = "1.1" },
            },
            Listed =
            [
                .. operation.Listed,
                new("everything signed", allSigned.WithSignature(operation.Good), Ending.Told),
                new("no memo signed either", noMemo.WithSignature(operation.Good), Ending.Told),
                .. ((string[])["no_order", "money_order", "result_pay", "pay_type", "info_order"]).Select(
                    name => new ListedReply(
                        $"{name} outside the signature",
                        new LianLianMobileContractWire(mode, name).WithSignature(operation.Good),
                        Ending.NoAnswer, ProviderError.AnswerSignatureWrong)),
            ],
        };
    }

    private static ContractOperation Query(
        string name, LianLianMobileContractKit kit, Wire wire, Field[] more) =>
        new(name, MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Orders!.FindAsync(
                account, new("2013051500001", new(2013, 5, 15, 1, 40, 13, TimeSpan.Zero), "2013051500001098"),
                bench.Keys, bench.Cancel)),
            Account = kit.Account,
            Wire = wire,
            Good = Told(kit, "SUCCESS", more),
            GoodEnding = Ending.Told,
            Listed =
            [
                .. ((string[])["SUCCESS", "WAITING", "PROCESSING", "REFUND", "FAILURE"]).Select(
                    state => new ListedReply(state, wire.WithSignature(Told(kit, state, more)), Ending.Told)),
                new("a result of no table", wire.WithSignature(Told(kit, "DONE", more)), Ending.NoAnswer),
                new("no result", wire.WithSignature(Told(kit, "", more)), Ending.NoAnswer),
                new("another time", wire.WithSignature(
                    Wire.With(Told(kit, "SUCCESS", more), "dt_order", "20130515094014")), Ending.NoAnswer),
                new("another number of LianLian's", wire.WithSignature(
                    Wire.With(Told(kit, "SUCCESS", more), "oid_paybill", "2013051500001099")), Ending.NoAnswer),
                .. kit.QueryErrors(),
            ],
            Merchant = "oid_partner",
            Number = "no_order",
            Amount = "money_order",
            Free = "info_order",
            Canaries = [Phone, Card, Card[..12]],
            Own = LianLianMobileContractKit.Rules(
                Ending.Told, AmountIsAFact, "a unit more", "a unit less", "a hundred times the amount"),
        };

    private static Field[] Told(LianLianMobileContractKit kit, string state, Field[] more) => kit.Answer(
        "0000",
        [
            new("oid_partner", LianLianMobileContractCase.Merchant), new("dt_order", "20130515094013"),
            new("no_order", "2013051500001"), new("oid_paybill", "2013051500001098"), new("money_order", "49.65"),
            new("result_pay", state), new("settle_date", "20130515"),
            new("info_order", $"用户{Phone}购买了3桶羽毛球"), new("pay_type", "2"), new("bank_code", "01020000"),
            .. more,
        ]);
}
