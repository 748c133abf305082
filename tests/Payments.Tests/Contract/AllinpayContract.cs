using System.Text;
using System.Web;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Contract;

public sealed class AllinpayMd5ContractTests : ProviderContract<AllinpayMd5Contract>;

public sealed class AllinpayRsaContractTests : ProviderContract<AllinpayRsaContract>;

/// <summary>An account whose answers are signed with the MD5 key.</summary>
public sealed class AllinpayMd5Contract() : AllinpayContract(SignatureMode.Md5);

/// <summary>An account whose answers are signed with Allinpay's certificate.</summary>
public sealed class AllinpayRsaContract() : AllinpayContract(SignatureMode.Rsa);

/// <summary>Allinpay: two queries, refund and refund query, confirming and cancelling a pre-authorisation.</summary>
public abstract class AllinpayContract(SignatureMode mode) : ContractCase
{
    public const string Merchant = "100020091218001";

    public static readonly Currency Cny = CurrencyTable.Get("CNY");
    public static readonly Currency Usd = CurrencyTable.Get("USD");
    public static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    public override IReadOnlyList<ContractOperation> Operations =>
    [
        AllinpayContractQueries.Order(mode), AllinpayContractQueries.Batch(mode),
        AllinpayContractRefunds.Refund(mode), AllinpayContractRefunds.Query(mode),
        AllinpayContractPreAuths.Confirm(mode), AllinpayContractPreAuths.Cancel(mode),
    ];

    public override IReadOnlyList<string> Secrets { get; } =
    [
        AllinpayContractWires.Secret, Convert.ToHexString(Encoding.ASCII.GetBytes(AllinpayContractWires.Secret)),
        Convert.ToBase64String(Encoding.ASCII.GetBytes(AllinpayContractWires.Secret)),
        Uri.EscapeDataString(AllinpayContractWires.Secret),
    ];

    public override IPaymentProvider Provider(ProviderHttp http, TimeProvider time) =>
        new AllinpayProvider(http, time);

    public override ProviderKeys Keys() => new()
    {
        Version = 1,
        SharedSecret = new(Encoding.ASCII.GetBytes(AllinpayContractWires.Secret)),
        ProviderPublic = TestRsa.Provider.ExportSubjectPublicKeyInfo(),
    };

    public override string SignatureOf(SentRequest request) =>
        HttpUtility.ParseQueryString(request.Body)["signMsg"] ?? "";

    internal static ProviderAccount Account(SignatureMode mode, Currency currency) => new()
    {
        MerchantId = Merchant,
        BaseAddress = new("http://127.0.0.1:9"),
        SandboxAddress = new("http://127.0.0.1:9"),
        AnswerSignature = mode,
        Currencies = [currency],
    };

    internal static string SignType(SignatureMode mode) => mode == SignatureMode.Rsa ? "1" : "0";

    /// <summary>The document's error answer, which is never signed.</summary>
    internal static ListedReply Error(
        string code, Ending ending, ProviderError error = ProviderError.None) => new(
        "ERRORCODE " + code, new(Encoding.UTF8.GetBytes($"ERRORCODE={code}& ERRORMSG=x"), "text/html"), ending, error);

    /// <summary>Good in all but that it calls itself signed in the other mode.</summary>
    internal static ListedReply OtherMode(Wire wire, IReadOnlyList<Field> good, Ending ending) => new(
        "signType of the other mode",
        wire.WithSignature(Wire.With(good, "signType", Wire.Of(good, "signType") == "0" ? "1" : "0")), ending,
        ProviderError.AnswerSignatureWrong);

    /// <summary>What holds for every interface of Allinpay, with more of an operation's own.</summary>
    internal static Dictionary<string, (Ending, string)> Own(
        Ending good, params (string Wrong, Ending Ending, string Why)[] more)
    {
        var own = new Dictionary<string, (Ending, string)>
        {
            ["a good reply as a picture"] = (good, "the document names no content type; the signature proves the text"),
        };
        foreach (var (wrong, ending, why) in more)
        {
            own.Add(wrong, (ending, why));
        }

        return own;
    }
}
