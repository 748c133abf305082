using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using static MerchantPortal.Payments.Tests.Contract.BgcPayContract;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>What creates something: a payment, a transfer.</summary>
internal static class BgcPayContractOrders
{
    /// <summary>Texts of a transfer that are about people.</summary>
    public static IReadOnlyList<string> Personal { get; } = ["201905代发", "wages/May"];

    public static TransferRequest Request(TimeProvider time) => new()
    {
        TransferNumber = "T_20261120_1",
        Amount = new(2300, Usdt),
        PayeeId = Payee,
        Title = Personal[0],
        Remark = Personal[1],
        RequestedAt = time.GetUtcNow(),
    };

    public static IEnumerable<ContractOperation> All(bool wrapped) => [Pay(wrapped), Send(wrapped)];

    private static ContractOperation Pay(bool wrapped)
    {
        var wire = Wire(TradePay, wrapped);
        return new(Name(TradePay, wrapped), MovesMoney: true)
        {
            Call = (bench, account) => Seen.Of(((BgcPayProvider)bench.Provider).Payments.CreateAsync(
                account,
                new()
                {
                    MerchantNumber = "20150320010101001", Amount = new(8888, Usdt), Subject = "Iphone6 16G of Zhang",
                },
                bench.Keys, bench.PermitOrNew, bench.Cancel)),
            Account = Account,
            Wire = wire,
            Good = Fields(
                wrapped, ("code", "10000"), ("msg", "Success"), ("trade_no", "2013112011001004330000121536"),
                ("out_trade_no", "20150320010101001")),
            GoodEnding = Ending.Done,
            Listed =
            [
                .. GatewayRefusals(wire), .. Unclear(wire),
                Coded(wire, "40004", "ACQ.ACCESS_FORBIDDEN", Ending.Refused, ProviderError.MerchantNotAllowed),
                Coded(wire, "40004", "ACQ.CURRENCY_NOT_SUPPORT", Ending.Refused, ProviderError.InvalidRequest),
                Coded(wire, "40004", "ACQ.TOTAL_FEE_EXCEED", Ending.Refused, ProviderError.LimitExceeded),
                Coded(wire, "40004", "ACQ.SYSTEM_ERROR", Ending.Unknown, ProviderError.ProviderFault),
                Coded(wire, "40004", "ACQ.TRADE_HAS_EXIST", Ending.Unknown, ProviderError.Duplicate),
                Coded(wire, "40004", "BALANCE_IS_NOT_ENOUGH", Ending.Unknown, ProviderError.Unlisted),
                Unsigned(wire, "ACQ.ACCESS_FORBIDDEN", Ending.Unknown),
            ],
            Number = "out_trade_no",
            Free = "trade_no",
            Own = Own(Ending.Done),
            Canaries = ["Iphone6 16G of Zhang"],
        };
    }

    private static ContractOperation Send(bool wrapped)
    {
        var wire = Wire(Transfer, wrapped);
        return new(Name(Transfer, wrapped), MovesMoney: true)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Transfers!.SendAsync(
                account, Request(bench.Clock), bench.Keys, bench.PermitOrNew, bench.Cancel)),
            Account = Account,
            Wire = wire,
            Good = Fields(
                wrapped, ("code", "10000"), ("msg", "Success"), ("out_biz_no", "T_20261120_1"),
                ("order_id", "20190801110070000006380000250621"), ("trans_date", "2026-11-20 10:00:01")),
            GoodEnding = Ending.Done,
            Listed =
            [
                .. GatewayRefusals(wire), .. Unclear(wire),
                Coded(wire, "40004", "BALANCE_IS_NOT_ENOUGH", Ending.Refused, ProviderError.BalanceTooLow),
                Coded(wire, "40004", "INVALID_PARAMETER", Ending.Refused, ProviderError.InvalidRequest),
                Coded(wire, "40004", "AUTHOREE_IS_NOT_MATCH", Ending.Refused),
                Coded(wire, "40004", "BLOCK_USER_FORBBIDEN_RECIEVE", Ending.Refused),
                Coded(wire, "40004", "BLOCK_USER_FORBBIDEN_SEND", Ending.Refused, ProviderError.MerchantNotAllowed),
                Coded(wire, "40004", "CURRENCY_NOT_SUPPORT", Ending.Refused, ProviderError.InvalidRequest),
                Coded(wire, "40004", "EXCEED_LIMIT_SM_MIN_AMOUNT", Ending.Refused, ProviderError.LimitExceeded),
                Coded(wire, "40004", "EXCEED_LIMIT_NEW", Ending.Unknown, ProviderError.Unlisted),
                Coded(wire, "40004", "SYSTEM_ERROR", Ending.Unknown, ProviderError.ProviderFault),
                Coded(wire, "40004", "BIZ_UNIQUE_EXCEPTION", Ending.Unknown, ProviderError.Duplicate),
                Unsigned(wire, "BALANCE_IS_NOT_ENOUGH", Ending.Unknown),
            ],
            Number = "out_biz_no",
            Free = "order_id",
            Own = Own(Ending.Done),
            Canaries = [Payee, .. Personal],
        };
    }

    private static IEnumerable<ListedReply> GatewayRefusals(Wire wire) =>
    [
        Coded(wire, "40001", "isv.missing-signature", Ending.Refused, ProviderError.OurSignatureRefused),
        Coded(wire, "40002", "isv.invalid-signature", Ending.Refused, ProviderError.OurSignatureRefused),
        Coded(wire, "40002", "isv.invalid-timestamp", Ending.Refused, ProviderError.InvalidRequest),
        Coded(wire, "40005", "isv.api-call-limited", Ending.Postponed, ProviderError.LimitExceeded),
        Coded(wire, "40006", "isv.insufficient-isv-permissions", Ending.Refused, ProviderError.MerchantNotAllowed),
    ];

    private static IEnumerable<ListedReply> Unclear(Wire wire) =>
    [
        Coded(wire, "20000", "isp.unknow-error", Ending.Unknown, ProviderError.ProviderFault),
        Coded(wire, "20000", "aop.unknow-error", Ending.Unknown, ProviderError.ProviderFault),
        Coded(wire, "40002", "", Ending.Unknown, ProviderError.InvalidRequest),
        Coded(wire, "40004", "", Ending.Unknown, ProviderError.Unlisted),
        Coded(wire, "40003", "BALANCE_IS_NOT_ENOUGH", Ending.Unknown, ProviderError.Unlisted),
    ];
}
