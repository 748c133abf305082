using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Contract;

public sealed class LianLianMobileMd5Contract : ProviderContract<LianLianMobileMd5ContractCase>;

public sealed class LianLianMobileRsaContract : ProviderContract<LianLianMobileRsaContractCase>;

public sealed class LianLianMobileMd5ContractCase() : LianLianMobileContractCase(SignatureMode.Md5);

public sealed class LianLianMobileRsaContractCase() : LianLianMobileContractCase(SignatureMode.Rsa);

/// <summary>LianLian mobile: order query, refunds, cards and pre-authorisations; one way to sign.</summary>
public abstract class LianLianMobileContractCase : ContractCase
{
    internal const string Merchant = "201304121000001004";

    private static readonly Currency Cny = CurrencyTable.Get("CNY");

    private static readonly byte[] Ours = TestRsa.Merchant.ExportPkcs8PrivateKey();

    private static readonly byte[] Theirs = TestRsa.Provider.ExportSubjectPublicKeyInfo();

    protected LianLianMobileContractCase(SignatureMode mode)
    {
        var kit = new LianLianMobileContractKit(mode);
        Operations =
        [
            .. LianLianMobileContractOrders.Of(kit), .. LianLianMobileContractRefunds.Of(kit),
            .. LianLianMobileContractCards.Of(kit), .. LianLianMobileContractPreAuths.Of(kit),
        ];
    }

    public override IReadOnlyList<ContractOperation> Operations { get; }

    public override IReadOnlyList<string> Secrets { get; } =
    [
        LianLianMobileContractWire.Secret,
        Convert.ToHexString(Encoding.ASCII.GetBytes(LianLianMobileContractWire.Secret)),
        Convert.ToBase64String(Encoding.ASCII.GetBytes(LianLianMobileContractWire.Secret)),
        Convert.ToBase64String(TestRsa.Merchant.ExportPkcs8PrivateKey())[..48],
        Convert.ToBase64String(TestRsa.Merchant.ExportRSAPrivateKey())[..48],
        Convert.ToBase64String(TestRsa.Merchant.ExportParameters(includePrivateParameters: true).D!)[..48],
    ];

    public override IPaymentProvider Provider(ProviderHttp http, TimeProvider time) =>
        new LianLianMobileProvider(http, time);

    /// <summary>Both kinds of key, so that the pin alone says which of them counts.</summary>
    public override ProviderKeys Keys() => new()
    {
        Version = 1,
        SharedSecret = new(Encoding.ASCII.GetBytes(LianLianMobileContractWire.Secret)),
        SigningPrivate = new(Ours),
        ProviderPublic = Theirs,
    };

    public override string SignatureOf(SentRequest request)
    {
        using var json = JsonDocument.Parse(request.Body);
        return json.RootElement.GetProperty("sign").GetString()!;
    }

    internal static Money Yuan(long minor) => new(minor, Cny);
}

/// <summary>What the operations of one account have in common.</summary>
internal sealed class LianLianMobileContractKit(SignatureMode mode)
{
    /// <summary>Why a picture of a good answer counts.</summary>
    private const string NoContentType =
        "The document names no content type of answers; the signature inside says whose word it is.";

    public LianLianMobileContractWire Wire { get; } = new(mode);

    public ProviderAccount Account { get; } = new()
    {
        MerchantId = LianLianMobileContractCase.Merchant,
        BaseAddress = new("http://127.0.0.1:9"),
        SandboxAddress = new("http://127.0.0.1:9"),
        AnswerSignature = mode,
        Currencies = [CurrencyTable.Get("CNY")],
    };

    /// <summary>The members with those of every answer, in the order of the signed text.</summary>
    public Field[] Answer(string code, params Field[] fields) =>
    [
        .. fields
            .Append(new("ret_code", code)).Append(new("ret_msg", "交易结果"))
            .Append(new("sign_type", mode == SignatureMode.Rsa ? "RSA" : "MD5"))
            .OrderBy(field => field.Name, StringComparer.Ordinal),
    ];

    public WireMessage Signed(string code, params Field[] fields) => Wire.WithSignature(Answer(code, fields));

    public WireMessage Unsigned(string code, params Field[] fields) => Wire.Write(Answer(code, fields), null);

    public WireMessage ByStranger(string code, params Field[] fields)
    {
        var answer = Answer(code, fields);
        return Wire.Write(answer, Wire.Signer.Stranger(Wire.Text(answer)));
    }

    /// <summary>The operation's own rules, and the one of all answers.</summary>
    public static Dictionary<string, (Ending Ending, string Why)> Rules(
        Ending good, string why = "", params string[] alsoGood)
    {
        var rules = alsoGood.ToDictionary(name => name, _ => (good, why));
        rules.Add("a good reply as a picture", (good, NoContentType));
        return rules;
    }

    /// <summary>The refused codes in every way of signing, and the errors that leave an order unknown.</summary>
    public IEnumerable<ListedReply> OrderErrors(string refused, string unknown)
    {
        foreach (var code in refused.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            yield return new(code, Signed(code), Ending.Refused);
            yield return new($"{code} unsigned", Unsigned(code), Ending.Unknown);
            yield return new(
                $"{code} by a stranger", ByStranger(code), Ending.Unknown, ProviderError.AnswerSignatureWrong);
            yield return new($"{code} under 500", Signed(code) with { Status = 500 }, Ending.Unknown);
            yield return new(
                $"{code} of another merchant", Signed(code, new Field("oid_partner", "201304121000001005")),
                Ending.Unknown, ProviderError.AnswerMismatch);
        }

        foreach (var code in unknown.Split(' '))
        {
            yield return new(code, Signed(code), Ending.Unknown);
            yield return new($"{code} unsigned", Unsigned(code), Ending.Unknown);
        }
    }

    /// <summary>The codes of "not found", which only a signature makes so, and errors that tell nothing.</summary>
    public IEnumerable<ListedReply> QueryErrors()
    {
        foreach (var code in (string[])["5002", "8901", "9093"])
        {
            yield return new(code, Signed(code), Ending.NotFound);
            yield return new($"{code} unsigned", Unsigned(code), Ending.NoAnswer, ProviderError.OrderNotFound);
            yield return new(
                $"{code} by a stranger", ByStranger(code), Ending.NoAnswer, ProviderError.AnswerSignatureWrong);
        }

        yield return new("a system error", Signed("9999"), Ending.NoAnswer);
        yield return new("a wrong parameter", Signed("1004"), Ending.NoAnswer);
        yield return new("a code of no table", Signed("7777"), Ending.NoAnswer);
    }
}
