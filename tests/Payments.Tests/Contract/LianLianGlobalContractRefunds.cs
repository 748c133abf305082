using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.LianLianGlobalContractCase;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Refund and refund query, with the third version's members.</summary>
internal static class LianLianGlobalContractRefunds
{
    private const string MerchantNeedNot =
        "merchant_id is optional in the answer about a refund; number, order, amount and currency say whose it is.";

    public static ContractOperation[] All => [Send, Query];

    private static ContractOperation Send => new("refund", MovesMoney: true)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.Refunds!.SendAsync(
            account, Refund, bench.Keys, bench.PermitOrNew, bench.Cancel)),
        Account = Account,
        Wire = Ok,
        Good = Told("RP"),
        GoodEnding = Ending.Accepted,
        Listed =
        [
            .. ((string[])["RS", "RP", "WR", "PA"]).Select(
                state => new ListedReply(state, Ok.WithSignature(Told(state)), Ending.Accepted)),
            .. ((string[])["RF", "RC"]).Select(state => new ListedReply(
                state, Ok.WithSignature(Told(state)), Ending.Unknown, ProviderError.Declined)),
            new("no state yet", Ok.WithSignature(Told("")), Ending.Accepted),
            new("a state of no table", Ok.WithSignature(Told("XX")), Ending.Unknown),
            .. Others(Ending.Unknown),
            .. OrderErrors(
            [
                (400, "INVALID_PARAMETER"),
                (401, "INVALID_SIGNATURE"), (401, "INVALID_MERCHANT"), (401, "INVALID_SECONDARY_MERCHANT"),
                (401, "IP_NOT_AUTHORIZED"), (401, "INACTIVE_MERCHANT"), (401, "REFERER_NOT_AUTHORIZED"),
                (404, "OBJECT_NOT_FOUND"),
                (422, "REFUND_AMOUNT_EXCEEDED"), (422, "NON_REFUNDABLE_ORDER"), (422, "INSUFFICIENT_BALANCE"),
            ]),
            new("asked for already", Signed(422, "REFUND_ALREADY_REQUESTED"), Ending.Unknown),
        ],
        Merchant = "order.merchant_id",
        Number = "order.merchant_transaction_id",
        Amount = "order.refund_data.refund_amount",
        Currency = "order.refund_data.refund_currency_code",
        Free = "return_msg",
        Own = new Dictionary<string, (Ending, string)>
        {
            ["no merchant"] = (Ending.Accepted, MerchantNeedNot),
            ["an empty merchant"] = (Ending.Accepted, MerchantNeedNot),
        },
    };

    private static ContractOperation Query => new("refund query", MovesMoney: false)
    {
        Call = (bench, account) => Seen.Of(bench.Provider.Refunds!.QueryAsync(
            account, Refund, bench.Keys, bench.Cancel)),
        Account = Account,
        Wire = Ok,
        Good = Told("RS"),
        GoodEnding = Ending.Told,
        Listed =
        [
            .. ((string[])["PA", "RF", "RS", "WR", "RC", "RP"]).Select(
                state => new ListedReply(state, Ok.WithSignature(Told(state)), Ending.Told)),
            new("no state", Ok.WithSignature(Told("")), Ending.NoAnswer),
            new("a state of no table", Ok.WithSignature(Told("XX")), Ending.NoAnswer),
            .. Others(Ending.NoAnswer),
            .. QueryErrors(),
        ],
        Merchant = "order.merchant_id",
        Number = "order.merchant_transaction_id",
        Amount = "order.refund_data.refund_amount",
        Currency = "order.refund_data.refund_currency_code",
        Free = "return_msg",
        Own = new Dictionary<string, (Ending, string)>
        {
            ["no merchant"] = (Ending.Told, MerchantNeedNot),
            ["an empty merchant"] = (Ending.Told, MerchantNeedNot),
        },
    };

    private static RefundRequest Refund => new()
    {
        RefundNumber = "R_20261120_1",
        Order = new("NO-1_a", OrderedAt, "202611200001"),
        OrderAmount = new(1000, Hkd),
        Amount = new(400, Hkd),
        RequestedAt = OrderedAt.AddHours(1),
    };

    private static IEnumerable<ListedReply> Others(Ending ending)
    {
        yield return new("another order", Ok.WithSignature(
            Wire.With(Told("RS"), "order.original_transaction_id", "NO-1_b")), ending, ProviderError.AnswerMismatch);
        yield return new("nothing about the refund", Ok.WithSignature(
            [.. Told("RS").Where(field => !field.Name.Contains("refund_data", StringComparison.Ordinal))]), ending);
        yield return new("the refund's members one level too high", Ok.WithSignature(
            [.. Told("RS").Select(field => field with
            {
                Name = field.Name.Replace("refund_data.", "", StringComparison.Ordinal),
            })]), ending);
    }

    private static Field[] Told(string state) => Success(
        new("ll_transaction_id", "LL-R-1"), new("merchant_id", Merchant),
        new("merchant_transaction_id", "R_20261120_1"), new("original_transaction_id", "NO-1_a"),
        new("refund_data.account_date", "20261120"), new("refund_data.exchange_rate", "0.12800000"),
        new("refund_data.refund_amount", "4.00"), new("refund_data.refund_currency_code", "HKD"),
        new("refund_data.refund_status", state), new("refund_data.settlement_amount", "0.51"),
        new("refund_data.settlement_currency_code", "USD"));
}
