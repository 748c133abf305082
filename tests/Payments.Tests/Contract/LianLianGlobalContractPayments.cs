using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using static MerchantPortal.Payments.Tests.Contract.LianLianGlobalContractCase;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Creating payments and asking about them.</summary>
internal static class LianLianGlobalContractPayments
{
    public static ContractOperation[] All => [Create, Query];

    private static ContractOperation Create => new("payment", MovesMoney: true)
    {
        TakesPermit = false,
        Call = CreateAsync,
        Account = Account,
        Wire = Ok,
        Good = Created,
        GoodEnding = Ending.Accepted,
        Listed =
        [
            new("the order's members beside the general ones", Ok.WithSignature(Flat(Created)), Ending.Accepted),
            new("the amount as a number", Ok.WithSignature(
                [.. Created.Select(member => member.Name == "order.transaction_amount"
                    ? member with { Form = FieldForm.Number } : member)]), Ending.Accepted),
            .. OrderErrors(
            [
                (400, "INVALID_PARAMETER"),
                (401, "INVALID_SIGNATURE"), (401, "INVALID_MERCHANT"), (401, "INVALID_SECONDARY_MERCHANT"),
                (401, "IP_NOT_AUTHORIZED"), (401, "INACTIVE_MERCHANT"), (401, "REFERER_NOT_AUTHORIZED"),
                (403, "CUSTOMER_HAS_RESTRICTIONS"), (403, "ANNUAL_LIMIT_EXCEEDED"), (403, "BOLETO_LIMIT_EXCEEDED"),
                (403, "FX_TRANSACTION_LIMIT_EXCEEDED"),
            ]),
        ],
        Number = "order.merchant_transaction_id",
        Amount = "order.transaction_amount",
        Currency = "order.transaction_currency",
        Free = "return_msg",
        Canaries =
        [
            "o-canary-123", "Canary Tai", "Canary Chan", "529.982.247-25", "canary@shop.example", "51234567",
            "1 Canary Road", "203.0.113.9", "canarylogin", "wxcanary26", "paySign",
        ],
    };

    private static ContractOperation Query => new("payment query", MovesMoney: false)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.Orders!.FindAsync(
            account, new("NO-1_a", OrderedAt, "LL-1"), bench.Keys, bench.Cancel)),
        Account = Account,
        Wire = Ok,
        Good = Told("PS"),
        GoodEnding = Ending.Told,
        Listed =
        [
            .. ((string[])["IN", "WP", "PP", "PC", "PS", "PF", "RP", "RS", "PR", "CB", "ER"]).Select(
                state => new ListedReply(state, Ok.WithSignature(Told(state)), Ending.Told)),
            new("beside the general members", Ok.WithSignature(Flat(Told("PS"))), Ending.Told),
            new("the third version's members", Ok.WithSignature(Third), Ending.Told),
            new("a state of no table", Ok.WithSignature(Told("XX")), Ending.NoAnswer),
            new("no state", Ok.WithSignature(Told("")), Ending.NoAnswer),
            new("another number of LianLian's", Ok.WithSignature(
                Wire.With(Told("PS"), "order.ll_transaction_id", "LL-2")), Ending.NoAnswer),
            .. QueryErrors(),
        ],
        Merchant = "order.merchant_id",
        Number = "order.merchant_transaction_id",
        Amount = "order.transaction_amount",
        Currency = "order.transaction_currency",
        Free = "return_msg",
        Own = new Dictionary<string, (Ending, string)>
        {
            ["a unit more"] = (Ending.Told, AmountIsAFact),
            ["a unit less"] = (Ending.Told, AmountIsAFact),
            ["a hundred times the amount"] = (Ending.Told, AmountIsAFact),
        },
    };

    private const string AmountIsAFact =
        "The question does not say the amount: it is told, and whoever asks compares it with the order.";

    private static Field[] Created => Success(
        new("ll_transaction_id", "LL-1"), new("merchant_transaction_id", "NO-1_a"),
        new("payment_params", """{"paySign":"wxcanary26"}"""),
        new("transaction_amount", "10.00"), new("transaction_currency", "HKD"));

    private static Field[] Third => Success(
        new("ll_transaction_id", "LL-1"), new("merchant_id", Merchant), new("merchant_transaction_id", "NO-1_a"),
        new("payment_data.exchange_rate", "0.128"),
        new("payment_data.payment_amount", "10.00", FieldForm.Number),
        new("payment_data.payment_currency_code", "HKD"), new("payment_data.payment_status", "PS"),
        new("payment_data.payment_time", "20261120000500"));

    private static LianLianGlobalPayment Payment => new()
    {
        PaymentProcessor = "wechathk",
        PaymentMethod = "applet",
        MerchantTransactionId = "NO-1_a",
        Customer = new()
        {
            OpenId = "o-canary-123",
            FirstName = "Canary Tai",
            LastName = "Canary Chan",
            IdType = "CPF",
            IdNumber = "529.982.247-25",
            Email = "canary@shop.example",
            Phone = "+852-51234567",
            Line1 = "1 Canary Road",
        },
        UserTerminal = new() { OrderIp = "203.0.113.9" },
        AdditionalInfo = new() { MerchantUserLoginName = "canarylogin" },
        Amount = new(1000, Hkd),
        OrderedAt = OrderedAt,
        Country = "HK",
    };

    private static Field[] Told(string state) => Success(
        new("ll_transaction_id", "LL-1"), new("merchant_id", Merchant), new("merchant_transaction_id", "NO-1_a"),
        new("payment_time", "20261120000500"), new("settlement_amount", "1.28"), new("settlement_currency", "USD"),
        new("transaction_amount", "10.00"), new("transaction_currency", "HKD"), new("transaction_status", state));

    private static async Task<Seen> CreateAsync(ContractBench bench, ProviderAccount account)
    {
        var creation = await new LianLianGlobalPayments(bench.Http, bench.Clock)
            .CreateAsync(account, Payment, bench.Keys, bench.Cancel);
        (creation.Ticket is not null).ShouldBe(creation.Outcome is ProviderOutcome.Accepted, "a ticket without a yes");
        var seen = await Seen.Of(Task.FromResult(creation.Outcome));
        return seen with { Said = $"{seen.Said} {creation}" };
    }
}
