using System.Text;
using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.AllinpayContract;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>The single query and the batch query.</summary>
internal static class AllinpayContractQueries
{
    private const string NoAmountAsked =
        "the question names no amount: what is told is compared with the order by whoever books it";

    private const string NoOrderAsked = "a page is asked for by its hours and tells whatever was paid in them";

    private static readonly DateTime From = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Unspecified);

    public static ContractOperation Order(SignatureMode mode)
    {
        var wire = new AllinpayFormWire(mode);
        Field[] good =
        [
            new("merchantId", Merchant), new("version", "v1.0"), new("language", ""),
            new("signType", SignType(mode)), new("payType", "27"), new("issuerId", "visa"),
            new("paymentOrderId", "202611200001"), new("orderNo", "NO-1_a"), new("orderDatetime", "20261120000001"),
            new("orderAmount", "1000"), new("payDatetime", "20261120000500"), new("payAmount", "990"),
            new("ext1", "<USER>Zhang San</USER>"), new("ext2", "blue of Zhang"), new("payResult", "1"),
            new("errorCode", ""), new("returnDatetime", "20261120000501"),
        ];
        return new("order query", MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Orders!.FindAsync(
                account, new("NO-1_a", OrderedAt, null), bench.Keys, bench.Cancel)),
            Account = Account(mode, Cny),
            Wire = wire,
            Good = good,
            GoodEnding = Ending.Told,
            Listed =
            [
                new("not paid", wire.WithSignature(Wire.With(good, "payResult", "0")), Ending.Told),
                new(
                    "payResult 2", wire.WithSignature(Wire.With(good, "payResult", "2")), Ending.NoAnswer,
                    ProviderError.AnswerUnreadable),
                OtherMode(wire, good, Ending.NoAnswer),
                Error("10027", Ending.NotFound), Error("ZF10027", Ending.NotFound),
                Error("10023", Ending.NoAnswer, ProviderError.ClockOff),
                Error("30005", Ending.NoAnswer, ProviderError.MerchantNotAllowed),
                Error("10020", Ending.NoAnswer, ProviderError.OurSignatureRefused),
                Error("99999", Ending.NoAnswer, ProviderError.Unlisted),
            ],
            Merchant = "merchantId",
            Number = "orderNo",
            Amount = "orderAmount",
            Free = "ext1",
            Own = Own(
                Ending.Told, ("a unit more", Ending.Told, NoAmountAsked), ("a unit less", Ending.Told, NoAmountAsked),
                ("a hundred times the amount", Ending.Told, NoAmountAsked)),
            Canaries = ["Zhang San", "blue of Zhang"],
        };
    }

    public static ContractOperation Batch(SignatureMode mode)
    {
        var wire = new AllinpayPageWire();
        Field[] good =
        [
            new("page.merchant", Merchant), new("page.count", "1"), new("page.number", "1"), new("page.more", "N"),
            new("row.merchant", Merchant), new("row.paymentOrderId", "202611200001"), new("row.orderNo", "NO-1"),
            new("row.orderDatetime", "20261120000001"), new("row.orderAmount", "1000"),
            new("row.payDatetime", "20261120000500"), new("row.payAmount", "990"),
            new("row.ext1", "<USER>Zhang San</USER>"), new("row.ext2", ""), new("row.payResult", "1"),
        ];
        WireMessage Empty(string page) => wire.WithSignature(
            [.. Wire.With(Wire.With(good, "page.count", "0"), "page.number", page).Take(4)]);
        return new("batch query", MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Statements!.ReadPageAsync(
                account, From, From.AddHours(23), 1, bench.Keys, bench.Cancel)),
            Account = Account(mode, Cny),
            Wire = wire,
            Good = good,
            GoodEnding = Ending.Told,
            Listed =
            [
                new("nothing found", Empty("0"), Ending.Told), new("an empty page 1", Empty("1"), Ending.Told),
                new("an empty page 2", Empty("2"), Ending.NoAnswer, ProviderError.AnswerMismatch),
                new("more follows", wire.WithSignature(Wire.With(good, "page.more", "Y")), Ending.Told),
                new("not paid", wire.WithSignature(Wire.With(good, "row.payResult", "0")), Ending.Told),
                new(
                    "another page", wire.WithSignature(Wire.With(good, "page.number", "2")), Ending.NoAnswer,
                    ProviderError.AnswerMismatch),
                new(
                    "a row too few", wire.WithSignature(Wire.With(good, "page.count", "2")), Ending.NoAnswer,
                    ProviderError.AnswerUnreadable),
                new(
                    "another merchant's row", wire.WithSignature(Wire.With(good, "row.merchant", Merchant + "2")),
                    Ending.NoAnswer, ProviderError.AnswerMismatch),
                Error("10025", Ending.NoAnswer, ProviderError.InvalidRequest),
                new(
                    "ERRORCODE in Base64", wire.Pack(Encoding.UTF8.GetBytes("ERRORCODE=10020&ERRORMSG=x"), null),
                    Ending.NoAnswer, ProviderError.OurSignatureRefused),
                new(
                    "no line end before the signature",
                    wire.Pack(Encoding.UTF8.GetBytes(wire.Text(good).TrimEnd() + wire.Sign(good)), null),
                    Ending.NoAnswer, ProviderError.AnswerSignatureWrong),
            ],
            Merchant = "page.merchant",
            Number = "row.orderNo",
            Amount = "row.orderAmount",
            Free = "row.ext1",
            Own = Own(
                Ending.Told, ("a unit more", Ending.Told, NoAmountAsked), ("a unit less", Ending.Told, NoAmountAsked),
                ("a hundred times the amount", Ending.Told, NoAmountAsked),
                ("another number", Ending.Told, NoOrderAsked), ("a longer number", Ending.Told, NoOrderAsked),
                ("a reserved character in a text", Ending.Told,
                    "what the shop put into ext1 comes back, and & and = separate nothing in a row")),
            Canaries = ["Zhang San"],
        };
    }
}
