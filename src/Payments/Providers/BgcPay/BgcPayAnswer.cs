using System.Collections.Frozen;
using System.Globalization;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// An answer of the gateway, verified first and read then. Both printed shapes are taken: wrapped in
/// <c>…_response</c> beside its sign, and bare.
/// </summary>
internal sealed record BgcPayAnswer
{
    private const string GatewayError = "error_response";

    private static readonly FrozenDictionary<string, int> Common = Longest("code 16 msg 512 sub_code 64 sub_msg 2048");

    private static readonly FrozenDictionary<string, FrozenDictionary<string, int>> Business =
        new Dictionary<string, FrozenDictionary<string, int>>
        {
            [BgcPayErrors.UserQuery] = Longest("user_cid 64 display_name 64"),
            [BgcPayErrors.TradePay] = Longest("trade_no 64 out_trade_no 64"),
            [BgcPayErrors.TradeQuery] = Longest(
                "trade_no 64 out_trade_no 64 currency 64 total_amount 20 payer_id 100 trade_status 32 subject 256 "
                + "extend_params 8192 trade_date 32 pay_date 32"),
            [BgcPayErrors.Transfer] = Longest("out_biz_no 64 order_id 32 trans_date 30"),
            [BgcPayErrors.TransferQuery] = Longest(
                "order_id 32 out_biz_no 64 currency 64 trans_amount 20 trans_date 20 payee_did 128"),
        }.ToFrozenDictionary();

    private FrozenDictionary<string, string> members = FrozenDictionary<string, string>.Empty;

    private BgcPayAnswer(ProviderError error) => Error = error;

    /// <summary>Why nothing can be read of it, or None.</summary>
    public ProviderError Error { get; }

    /// <summary>It carries a signature of BGCPay's, and the signature fits.</summary>
    public bool IsSigned { get; private init; }

    /// <summary>The gateway's code.</summary>
    public string Code => this["code"];

    /// <summary>The code of the interface; empty when there is none.</summary>
    public string SubCode => this["sub_code"];

    /// <summary>The gateway's code and the interface's, as they are kept: "40004 ORDER_NOT_EXIST".</summary>
    public string Told => $"{Code} {SubCode}".Trim();

    /// <summary>The interface did what was asked; the business members are there.</summary>
    public bool IsSuccess => Error == ProviderError.None && Code == "10000" && SubCode.Length == 0;

    /// <summary>A member's value; empty when it is missing or null.</summary>
    public string this[string name] => members.GetValueOrDefault(name, "");

    /// <summary>An answer of which nothing can be read.</summary>
    public static BgcPayAnswer None(ProviderError error) => new(error);

    /// <summary>Verifies and reads an answer to a method.</summary>
    public static BgcPayAnswer Read(
        ReadOnlySpan<byte> body, string method, IMessageSigning signing, SignatureKey key, SigningChoices choices)
    {
        if (StrictJson.Decode(body) is not { } text || MessageMembers.Read(text, out _) is not { } outer
            || signing.Read(BgcPaySigning.Answer, text, key.Kind, choices) is not TextReading.Readable readable)
        {
            return new(ProviderError.AnswerUnreadable);
        }

        var signature = outer.FirstOrDefault(member => member.Name == "sign");
        var isSigned = signature.Value is { Length: > 0 };
        if (isSigned && !MessageSignature.Verify(readable.Texts, signature.Value, key).Valid)
        {
            return new(ProviderError.AnswerSignatureWrong);
        }

        var inner = outer.Where(member => member.Name != "sign").ToArray();
        if (BgcPayAnswerTexts.Wrapper(outer) is { } wrapper)
        {
            if (inner.Length != 1)
            {
                return new(ProviderError.AnswerUnreadable);
            }

            if (wrapper.Name != method.Replace('.', '_') + "_response" && wrapper.Name != GatewayError)
            {
                return new(ProviderError.AnswerMismatch);
            }

            inner = [.. MessageMembers.Read(wrapper.Value, out _) ?? []];
        }

        return inner.All(member => Fits(member, method)) && inner.Any(m => m is { Name: "code", Value: not "" })
            ? new(ProviderError.None)
            {
                IsSigned = isSigned,
                members = inner.ToFrozenDictionary(member => member.Name, member => member.Value),
            }
            : new(ProviderError.AnswerUnreadable);
    }

    private static bool Fits(MessageMember member, string method)
    {
        var isCommon = Common.TryGetValue(member.Name, out var longest);
        return !member.IsNested && (isCommon || Business[method].TryGetValue(member.Name, out longest))
            && (member.Name is "msg" or "sub_msg"
                ? member.Value.Length <= longest
                : BgcPayShape.IsPlain(member.Value, longest));
    }

    private static FrozenDictionary<string, int> Longest(string members) => members.Split(' ').Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
}
