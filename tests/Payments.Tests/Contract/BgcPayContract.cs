using System.Collections.Frozen;
using System.Text;
using System.Web;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Contract;

public sealed class BgcPayContractTests : ProviderContract<BgcPayContract>;

/// <summary>BGCPay: five interfaces, each answering in both printed shapes.</summary>
public sealed class BgcPayContract : ContractCase
{
    public const string TradeQuery = "bgcpay.trade.query";
    public const string TradePay = "bgcpay.trade.pay";
    public const string UserQuery = "bgcpay.user.query";
    public const string Transfer = "bgcpay.fund.trans.uni.transfer";
    public const string TransferQuery = "bgcpay.fund.trans.common.query";

    public const string Payee = "BJGv1jeHA8QxZ5jjwY8wc4PQ2GHg4772L8";
    public const string Payer = "2088102122524333";
    public const string Application = "2014072300007148";

    public static readonly Currency Usdt = CurrencyTable.Get("USDT");

    public static readonly ProviderAccount Account = new()
    {
        MerchantId = Application,
        BaseAddress = new("http://127.0.0.1:9"),
        SandboxAddress = new("http://127.0.0.1:9"),
        AnswerSignature = SignatureMode.Md5,
        Currencies = [Usdt],
        Settings = FrozenDictionary<string, string>.Empty,
    };

    public override IReadOnlyList<ContractOperation> Operations =>
    [
        .. BgcPayContractQuestions.All(wrapped: true), .. BgcPayContractQuestions.All(wrapped: false),
        .. BgcPayContractOrders.All(wrapped: true), .. BgcPayContractOrders.All(wrapped: false),
    ];

    public override IReadOnlyList<string> Secrets { get; } =
    [
        BgcPayContractWires.Secret, Convert.ToHexString(Encoding.ASCII.GetBytes(BgcPayContractWires.Secret)),
        Convert.ToBase64String(Encoding.ASCII.GetBytes(BgcPayContractWires.Secret)),
        Uri.EscapeDataString(BgcPayContractWires.Secret),
    ];

    public override IPaymentProvider Provider(ProviderHttp http, TimeProvider time) => new BgcPayProvider(http, time);

    public override ProviderKeys Keys() => new()
    {
        Version = 1,
        SharedSecret = new(Encoding.ASCII.GetBytes(BgcPayContractWires.Secret)),
    };

    public override string SignatureOf(SentRequest request) =>
        HttpUtility.ParseQueryString(request.Address.Query)["sign"] ?? "";

    /// <summary>The wire of an interface in one of its two shapes.</summary>
    internal static Wire Wire(string method, bool wrapped) =>
        wrapped ? new BgcPayWrappedWire(method) : new BgcPayBareWire();

    /// <summary>The good reply in the order of its shape: what is signed by name stands there by name.</summary>
    internal static Field[] Fields(bool wrapped, params (string Name, string Value)[] members)
    {
        var fields = members.Select(member => new Field(member.Name, member.Value));
        return [.. wrapped ? fields : fields.OrderBy(field => field.Name, StringComparer.Ordinal)];
    }

    internal static string Name(string method, bool wrapped) => method + (wrapped ? ", wrapped" : ", bare");

    /// <summary>A signed answer with the gateway's code and the interface's.</summary>
    internal static ListedReply Coded(
        Wire wire, string code, string subCode, Ending ending, ProviderError? error = null) => new(
        $"{code} {subCode}".Trim(),
        wire.WithSignature(
        [
            new("code", code), new("msg", "x"),
            .. subCode.Length == 0 ? (Field[])[] : [new("sub_code", subCode), new("sub_msg", "y")],
        ]),
        ending, error);

    /// <summary>The same answer without a signature, which proves nothing.</summary>
    internal static ListedReply Unsigned(Wire wire, string subCode, Ending ending) => new(
        $"40004 {subCode} without a signature",
        wire.Write([new("code", "40004"), new("msg", "x"), new("sub_code", subCode)], null), ending);

    /// <summary>What holds for every interface of BGCPay, with more of an operation's own.</summary>
    internal static Dictionary<string, (Ending, string)> Own(Ending good, params (string Wrong, string Why)[] more)
    {
        var own = new Dictionary<string, (Ending, string)>
        {
            ["a good reply as a picture"] = (good, "the document names no content type; the signature proves the text"),
        };
        foreach (var (wrong, why) in more)
        {
            own.Add(wrong, (good, why));
        }

        return own;
    }
}
