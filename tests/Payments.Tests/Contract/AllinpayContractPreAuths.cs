using MerchantPortal.Payments.Providers;
using static MerchantPortal.Payments.Tests.Contract.AllinpayContract;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Confirming and cancelling a pre-authorisation.</summary>
internal static class AllinpayContractPreAuths
{
    private static readonly PreAuthRequest Whole = new()
    {
        Order = new("NO-1_a", OrderedAt, "P1"),
        Authorised = new(1000, Usd),
        Amount = new(1000, Usd),
        RequestedAt = OrderedAt.AddHours(1),
    };

    public static ContractOperation Confirm(SignatureMode mode) => Operation(
        mode, "pre-authorisation confirm", "v1.9",
        (bench, account) => Seen.Of(bench.Provider.PreAuthorisations!.ConfirmAsync(
            account, Whole with { Amount = new(800, Usd) }, bench.Keys, bench.PermitOrNew, bench.Cancel)),
        // What else a failed confirmation may say is nowhere listed.
        Ending.Unknown);

    public static ContractOperation Cancel(SignatureMode mode) => Operation(
        mode, "pre-authorisation cancel", "v1.8",
        (bench, account) => Seen.Of(bench.Provider.PreAuthorisations!.CancelAsync(
            account, Whole, bench.Keys, bench.PermitOrNew, bench.Cancel)),
        Ending.Refused);

    private static ContractOperation Operation(
        SignatureMode mode, string name, string version, Func<ContractBench, ProviderAccount, Task<Seen>> call,
        Ending onFailedCancel)
    {
        var wire = new AllinpayRowWire(mode);
        Field[] good =
        [
            new("retCode", "0000"), new("retMsg", "成功"), new("version", version), new("signType", SignType(mode)),
            new("merchantId", Merchant), new("orderNo", "NO-1_a"), new("orderDatetime", "20261120000001"),
            new("orderAmount", "1000"), new("currency", "840"), new("preAuthId", "P1"),
            new("returnDatetime", "20261120100002"),
        ];
        ListedReply Code(string code, Ending ending, ProviderError error) => new(
            "code " + code, wire.WithSignature(Wire.With(good, "retCode", code)), ending, error);
        return new(name, MovesMoney: true)
        {
            Call = call,
            Account = Account(mode, Usd),
            Wire = wire,
            Good = good,
            GoodEnding = Ending.Done,
            Listed =
            [
                Code("FC0003_000008", onFailedCancel, ProviderError.Declined),
                Code("ZF10014", Ending.Refused, ProviderError.InvalidRequest),
                Code("ZF10020", Ending.Refused, ProviderError.OurSignatureRefused),
                Code("ZF10027", Ending.Refused, ProviderError.OrderNotFound),
                Code("10028", Ending.Refused, ProviderError.NotRefundable),
                Code("ZF30003", Ending.Unknown, ProviderError.Duplicate),
                Code("FC0003_000009", Ending.Unknown, ProviderError.Unlisted),
                Code("000", Ending.Unknown, ProviderError.Unlisted),
                new("no line end before the signature", wire.Joined(good), Ending.Unknown,
                    ProviderError.AnswerSignatureWrong),
                OtherMode(wire, good, Ending.Unknown), Error("ZF10014", Ending.Unknown, ProviderError.InvalidRequest),
                Error("10020", Ending.Unknown, ProviderError.OurSignatureRefused),
                Error("FC0003_000008", Ending.Unknown, ProviderError.Declined),
                Error("0000", Ending.Unknown, ProviderError.Unlisted),
            ],
            Merchant = "merchantId",
            Number = "orderNo",
            Amount = "orderAmount",
            Currency = "currency",
            Free = "retMsg",
            Own = Own(
                Ending.Done,
                ("a reserved character in a text", Ending.Done,
                    "retMsg is the gateway's free text, and & and = separate nothing in a line")),
        };
    }
}
