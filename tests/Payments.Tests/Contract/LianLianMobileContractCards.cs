using System.Text;
using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.LianLianMobileContractCase;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Card BIN, signed cards and unbinding.</summary>
internal static class LianLianMobileContractCards
{
    private const string Card = "6222020111122220007";
    private const string Payer = "payer-canary-77";
    private const string Agreement = "2014031710002121";
    private const string Phone = "13958069593";

    private const string MerchantNeedNot =
        "The document's answer about cards has no oid_partner; one that is there has to be ours.";

    private const string NobodyNeedBeNamed =
        "The document's answer to unbinding names nobody; it is a hint that the list of signed cards settles.";

    public static ContractOperation[] Of(LianLianMobileContractKit kit) => [Bin(kit), List(kit), Unbind(kit)];

    private static ContractOperation Bin(LianLianMobileContractKit kit)
    {
        Field[] Told(string type) => kit.Answer(
            "0000", new("oid_partner", Merchant), new("card_no", Card), new("bank_code", "01020000"),
            new("bank_name", "工商银行"), new("card_type", type));
        return new("card BIN", MovesMoney: false)
        {
            Call = BankAsync,
            Account = kit.Account,
            Wire = kit.Wire,
            Good = Told("2"),
            GoodEnding = Ending.Told,
            Listed =
            [
                new("credit", kit.Wire.WithSignature(Told("3")), Ending.Told),
                new("no kind", kit.Wire.WithSignature(Told("")), Ending.NoAnswer),
                new("a kind of no table", kit.Wire.WithSignature(Told("1")), Ending.NoAnswer),
                new("a masked number", kit.Wire.WithSignature(
                    Wire.With(Told("2"), "card_no", "622202*********0007")), Ending.NoAnswer),
                new("half a bank", kit.Wire.WithSignature(Wire.With(Told("2"), "bank_code", "0102")), Ending.NoAnswer),
                new("no bank's name", kit.Wire.WithSignature(Wire.Without(Told("2"), "bank_name")), Ending.NoAnswer),
                .. kit.QueryErrors(),
            ],
            Merchant = "oid_partner",
            Number = "card_no",
            Free = "ret_msg",
            Canaries = [Card, Card[..12]],
            Own = LianLianMobileContractKit.Rules(
                Ending.Told, MerchantNeedNot, "no merchant", "an empty merchant"),
        };
    }

    private static ContractOperation List(LianLianMobileContractKit kit)
    {
        var wire = new LianLianMobileContractWire(kit.Account.AnswerSignature, "agreement_list");
        Field[] Page(string count, params string[] cards) =>
        [
            .. kit.Answer("0000", new("oid_partner", Merchant), new("user_id", Payer), new("count", count)),
            new("agreement_list", $"[{string.Join(',', cards)}]", FieldForm.Raw),
        ];
        var none = kit.Answer("8901", new Field("user_id", Payer));
        return new("signed cards", MovesMoney: false)
        {
            Call = ListAsync,
            Account = kit.Account,
            Wire = wire,
            Good = Page("2", Row("1"), Row("2")),
            GoodEnding = Ending.Told,
            Listed =
            [
                new("a page of more", wire.WithSignature(Page("3", Row("1"), Row("2"))), Ending.Told),
                new("no cards", wire.WithSignature(Page("0")), Ending.Told),
                new("no cards and no list", wire.WithSignature(
                    Wire.Without(Page("0"), "agreement_list")), Ending.Told),
                new("no record of this payer", wire.WithSignature(none), Ending.Told),
                new("fewer cards than there are", wire.WithSignature(Page("2")), Ending.NoAnswer),
                new("more cards than there are", wire.WithSignature(Page("1", Row("1"), Row("2"))), Ending.NoAnswer),
                new("a card twice", wire.WithSignature(Page("2", Row("1"), Row("1"))), Ending.NoAnswer),
                new("a card that is text", wire.WithSignature(Page("1", "\"x\"")), Ending.NoAnswer),
                new("a card without an agreement", wire.WithSignature(
                    Page("1", """{"card_no":"6789"}""")), Ending.NoAnswer),
                new("less than no cards", wire.WithSignature(Page("-1")), Ending.NoAnswer),
                new("an object in place of the list", wire.WithSignature(
                    Wire.WithRaw(Page("1", Row("1")), "agreement_list", $"{{\"a\":{Row("1")}}}")), Ending.NoAnswer),
                .. kit.QueryErrors(),
            ],
            Merchant = "oid_partner",
            Number = "user_id",
            Free = "ret_msg",
            Canaries = [Payer, Phone, Card, Card[..12]],
            Own = LianLianMobileContractKit.Rules(
                Ending.Told, MerchantNeedNot, "no merchant", "an empty merchant"),
        };
    }

    private static ContractOperation Unbind(LianLianMobileContractKit kit) => new("unbind", MovesMoney: true)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.Cards!.UnbindAsync(
            account, new(Payer, Agreement), bench.Keys, bench.PermitOrNew, bench.Cancel)),
        Account = kit.Account,
        Wire = kit.Wire,
        Good = kit.Answer(
            "0000", new("oid_partner", Merchant), new("user_id", Payer), new("no_agree", Agreement)),
        GoodEnding = Ending.Accepted,
        Listed =
        [
            new("what the document has", kit.Signed("0000"), Ending.Accepted),
            new("of another payer", kit.Signed("0000", new Field("user_id", "another")), Ending.Unknown),
            new("a no about another card", kit.Signed("3004", new Field("no_agree", "2")), Ending.Unknown),
            .. kit.OrderErrors(refused: "3004 4000", unknown: "9999 8901 9902 7777 1004"),
        ],
        Merchant = "oid_partner",
        Number = "no_agree",
        Free = "ret_msg",
        Canaries = [Payer, Agreement],
        Own = LianLianMobileContractKit.Rules(
            Ending.Accepted, NobodyNeedBeNamed, "no merchant", "an empty merchant", "no number", "an empty number"),
    };

    private static string Row(string agreement) => $$"""
        {"no_agree":"{{agreement}}","card_no":"{{Card}}","bank_code":"01020000","bank_name":"工商银行","card_type":"2",
         "bind_mobile":"{{Phone}}"}
        """;

    private static async Task<Seen> BankAsync(ContractBench bench, ProviderAccount account)
    {
        using var number = new SecretBytes(Encoding.ASCII.GetBytes(Card));
        return await Seen.Of(bench.Provider.Cards!.FindBankAsync(account, number, bench.Keys, bench.Cancel));
    }

    /// <summary>The cards themselves may show nothing either.</summary>
    private static async Task<Seen> ListAsync(ContractBench bench, ProviderAccount account)
    {
        var seen = await Seen.Of(bench.Provider.Cards!.ListAsync(account, Payer, 0, bench.Keys, bench.Cancel));
        return seen with { Said = $"{seen.Said}\n{seen.Facts}" };
    }
}
