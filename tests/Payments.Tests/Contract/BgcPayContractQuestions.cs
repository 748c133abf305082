using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.BgcPayContract;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>The three questions: a payment, a payee, a transfer.</summary>
internal static class BgcPayContractQuestions
{
    private const string NoAmountAsked =
        "the question names no amount: what is told is compared with the order by whoever books it";

    public static IEnumerable<ContractOperation> All(bool wrapped) =>
        [Trade(wrapped), User(wrapped, byNumber: true), User(wrapped, byNumber: false), Transferred(wrapped)];

    private static ContractOperation Trade(bool wrapped)
    {
        var wire = Wire(TradeQuery, wrapped);
        var good = Fields(
            wrapped, ("code", "10000"), ("msg", "Success"), ("trade_no", "2013112011001004330000121536"),
            ("out_trade_no", "6823789339978248"), ("payer_id", Payer), ("trade_status", "TRADE_SUCCESS"),
            ("currency", "USDT"), ("total_amount", "88.88"), ("trade_date", "2014-11-27 15:45:57"),
            ("pay_date", "2014-11-27 15:48:57"), ("subject", "Iphone6 16G of Zhang"), ("extend_params", ""));
        ListedReply State(string status) => new(
            status, wire.WithSignature(Contract.Wire.With(good, "trade_status", status)), Ending.Told);
        return new(Name(TradeQuery, wrapped), MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Orders!.FindAsync(
                account, new("6823789339978248", bench.Clock.GetUtcNow(), "2013112011001004330000121536"), bench.Keys,
                bench.Cancel)),
            Account = Account,
            Wire = wire,
            Good = good,
            GoodEnding = Ending.Told,
            Listed =
            [
                State("WAIT_BUYER_PAY"), State("WAIT_PAY"), State("TRADE_CLOSED"), State("TRADE_FINISHED"),
                new(
                    "closed and never paid",
                    wire.WithSignature(Contract.Wire.With(
                        Contract.Wire.With(good, "trade_status", "TRADE_CLOSED"), "pay_date", "")),
                    Ending.Told),
                Coded(wire, "40004", "ACQ.TRADE_NOT_EXIST", Ending.NotFound),
                Unsigned(wire, "ACQ.TRADE_NOT_EXIST", Ending.NoAnswer),
                Coded(wire, "40004", "ACQ.SYSTEM_ERROR", Ending.NoAnswer, ProviderError.ProviderFault),
                Coded(wire, "40004", "ORDER_NOT_EXIST", Ending.NoAnswer, ProviderError.Unlisted),
                Coded(wire, "20000", "isp.unknow-error", Ending.NoAnswer, ProviderError.ProviderFault),
                Coded(wire, "40002", "isv.invalid-signature", Ending.NoAnswer, ProviderError.OurSignatureRefused),
            ],
            Number = "out_trade_no",
            Amount = "total_amount",
            Currency = "currency",
            Free = "subject",
            Own = Own(
                Ending.Told, ("a unit more", NoAmountAsked), ("a unit less", NoAmountAsked),
                ("a hundred times the amount", NoAmountAsked)),
            Canaries = [Payer, "Iphone6 16G of Zhang"],
        };
    }

    /// <summary>Asked by an address, the answer names nobody who could be compared: the signature has to do.</summary>
    private static ContractOperation User(bool wrapped, bool byNumber)
    {
        var wire = Wire(UserQuery, wrapped);
        return new(
            Name(UserQuery, wrapped) + (byNumber ? "" : ", by address"), MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Transfers!.FindPayeeAsync(
                account, byNumber ? new(Payee, null) : new(null, "test@gmail.com"), bench.Keys, bench.Cancel)),
            Account = Account,
            Wire = wire,
            Good = Fields(
                wrapped, ("code", "10000"), ("msg", "Success"), ("user_cid", Payee),
                ("display_name", "te*@gmail.com")),
            GoodEnding = Ending.Told,
            Listed =
            [
                Coded(wire, "40004", "ACQ.USER_NOT_EXIST", Ending.NotFound),
                Unsigned(wire, "ACQ.USER_NOT_EXIST", Ending.NoAnswer),
                Coded(wire, "40004", "ORDER_NOT_EXIST", Ending.NoAnswer, ProviderError.Unlisted),
                Coded(wire, "20000", "", Ending.NoAnswer, ProviderError.ProviderFault),
                Coded(wire, "40002", "isv.invalid-signature", Ending.NoAnswer, ProviderError.OurSignatureRefused),
            ],
            Number = byNumber ? "user_cid" : "",
            Free = "display_name",
            Own = Own(Ending.Told),
            Canaries = [Payee, "te*@gmail.com", "test@gmail.com"],
        };
    }

    private static ContractOperation Transferred(bool wrapped)
    {
        var wire = Wire(TransferQuery, wrapped);
        return new(Name(TransferQuery, wrapped), MovesMoney: false)
        {
            Call = (bench, account) => Seen.Of(bench.Provider.Transfers!.QueryAsync(
                account, BgcPayContractOrders.Request(bench.Clock), bench.Keys, bench.Cancel)),
            Account = Account,
            Wire = wire,
            Good = Fields(
                wrapped, ("code", "10000"), ("msg", "Success"), ("order_id", "20190801110070000006380000250621"),
                ("out_biz_no", "T_20261120_1"), ("currency", "USDT"), ("trans_amount", "23.00"),
                ("trans_date", "2026-11-20 10:00:01"), ("payee_did", Payee)),
            GoodEnding = Ending.Told,
            Listed =
            [
                Coded(wire, "40004", "ORDER_NOT_EXIST", Ending.NotFound),
                Unsigned(wire, "ORDER_NOT_EXIST", Ending.NoAnswer),
                Coded(wire, "40004", "SYSTEM_ERROR", Ending.NoAnswer, ProviderError.ProviderFault),
                Coded(wire, "40004", "INVALID_PARAMETER", Ending.NoAnswer, ProviderError.InvalidRequest),
                Coded(wire, "40004", "NO_ORDER_PERMISSION", Ending.NoAnswer, ProviderError.MerchantNotAllowed),
                Coded(wire, "40004", "TRADE_NOT_EXIST", Ending.NoAnswer, ProviderError.Unlisted),
            ],
            Number = "out_biz_no",
            Amount = "trans_amount",
            Currency = "currency",
            Free = "order_id",
            Own = Own(Ending.Told),
            Canaries = [Payee, .. BgcPayContractOrders.Personal],
        };
    }
}
