using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.AllinpayContract;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Refund and refund query.</summary>
internal static class AllinpayContractRefunds
{
    private const string NotOurs = "a genuine list that does not hold our number";

    private static readonly RefundRequest Request = new()
    {
        RefundNumber = "R_20261120_1",
        Order = new("NO-1_a", OrderedAt, "202611200001"),
        OrderAmount = new(1000, Cny),
        Amount = new(400, Cny),
        RequestedAt = OrderedAt.AddHours(1),
    };

    public static ContractOperation Refund(SignatureMode mode)
    {
        var wire = new AllinpayFormWire(mode);
        Field[] good =
        [
            new("merchantId", Merchant), new("version", "v2.3"), new("signType", SignType(mode)),
            new("orderNo", "NO-1_a"), new("orderAmount", "1000"), new("orderDatetime", "20261120000001"),
            new("refundAmount", "400"), new("refundDatetime", "20261120100001"), new("refundResult", "20"),
            new("mchtRefundOrderNo", "R_20261120_1"), new("errorCode", ""), new("returnDatetime", "20261120100002"),
        ];
        ListedReply Result(string result, string code, ProviderError error) => new(
            $"result {result} {code}",
            wire.WithSignature(Wire.With(Wire.With(good, "refundResult", result), "errorCode", code)),
            Ending.Unknown, error);
        (string, Ending, string)[] asTheDemo = mode == SignatureMode.Rsa
            ?
            [
                ("a signature by the other algorithm", Ending.Accepted,
                    "the official demo still sees MD5 with the right key here; it is never more than accepted"),
            ]
            : [];
        return new("refund", MovesMoney: true)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Refunds!.SendAsync(
                account, Request, bench.Keys, bench.PermitOrNew, bench.Cancel)),
            Account = Account(mode, Cny),
            Wire = wire,
            Good = good,
            GoodEnding = Ending.Accepted,
            Listed =
            [
                // No refusal is final here: the document's own "no" counts only when the refund query agrees.
                Result("30", "ZF10028", ProviderError.NotRefundable), Result("20", "30003", ProviderError.Duplicate),
                Result("2", "", ProviderError.Unlisted), Result("020", "", ProviderError.Unlisted),
                OtherMode(wire, good, Ending.Unknown), Error("ZF10028", Ending.Unknown, ProviderError.NotRefundable),
                Error("10020", Ending.Unknown, ProviderError.OurSignatureRefused),
                Error("10027", Ending.Unknown, ProviderError.OrderNotFound),
                Error("30003", Ending.Unknown, ProviderError.Duplicate),
                Error("003", Ending.Unknown, ProviderError.MerchantNotAllowed),
                Error("TKSUCC0006", Ending.Unknown, ProviderError.Unlisted),
            ],
            Merchant = "merchantId",
            Number = "mchtRefundOrderNo",
            Amount = "refundAmount",
            Free = "errorCode",
            Own = Own(Ending.Accepted, asTheDemo),
        };
    }

    public static ContractOperation Query(SignatureMode mode)
    {
        var wire = new AllinpayRowWire(mode);
        Field[] good =
        [
            new("version", "v2.4"), new("signType", SignType(mode)), new("merchantId", Merchant),
            new("orderNo", "NO-1_a"), new("refundAmount", "400"), new("refundDatetime", "20261120100001"),
            new("mchtRefundOrderNo", "R_20261120_1"), new("refundResult", "TKSUCC0006"),
            new("returnDatetime", "20261120100005"),
        ];
        ListedReply State(string state) => new(
            state, wire.WithSignature(Wire.With(good, "refundResult", state)), Ending.Told);
        var failed = Wire.With(good, "refundResult", "TKSUCC0007");
        return new("refund query", MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Refunds!.QueryAsync(
                account, Request, bench.Keys, bench.Cancel)),
            Account = Account(mode, Cny),
            Wire = wire,
            Good = good,
            GoodEnding = Ending.Told,
            Listed =
            [
                .. Enumerable.Range(1, 8).Select(number => State($"TKSUCC000{number}")),
                new(
                    "TKSUCC0009", wire.WithSignature(Wire.With(good, "refundResult", "TKSUCC0009")), Ending.NoAnswer,
                    ProviderError.Unlisted),
                new("ours among others", wire.Rows(Wire.With(failed, "mchtRefundOrderNo", "R_2"), good), Ending.Told),
                new("ours twice with two states", wire.Rows(good, failed), Ending.NoAnswer,
                    ProviderError.AnswerMismatch),
                new("no line end before the signature", wire.Joined(good), Ending.NoAnswer,
                    ProviderError.AnswerSignatureWrong),
                OtherMode(wire, good, Ending.NoAnswer), Error("005", Ending.NotFound), Error("011", Ending.NotFound),
                Error("001", Ending.NoAnswer, ProviderError.InvalidRequest),
                Error("003", Ending.NoAnswer, ProviderError.MerchantNotAllowed),
                Error("010", Ending.NoAnswer, ProviderError.OurSignatureRefused),
                Error("ZF10027", Ending.NoAnswer, ProviderError.OrderNotFound),
            ],
            Merchant = "merchantId",
            Number = "mchtRefundOrderNo",
            Amount = "refundAmount",
            Free = "refundResult",
            Own = Own(
                Ending.Told, ("another number", Ending.NotFound, NotOurs),
                ("a longer number", Ending.NotFound, NotOurs), ("an empty number", Ending.NotFound, NotOurs)),
        };
    }
}
