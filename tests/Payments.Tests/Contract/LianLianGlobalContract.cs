using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Contract;

public sealed class LianLianGlobalContract : ProviderContract<LianLianGlobalContractCase>;

/// <summary>LianLian Global: payment, payment query, refund and refund query.</summary>
public sealed class LianLianGlobalContractCase : ContractCase
{
    internal const string Merchant = "142021010800006001";

    internal static readonly Currency Hkd = CurrencyTable.Get("HKD");

    internal static readonly LianLianGlobalContractWire Ok = new();

    internal static readonly DateTimeOffset OrderedAt = new(2026, 11, 19, 16, 0, 1, TimeSpan.Zero);

    private static readonly byte[] Ours = TestRsa.Merchant.ExportPkcs8PrivateKey();

    private static readonly byte[] Theirs = TestRsa.Provider.ExportSubjectPublicKeyInfo();

    internal static ProviderAccount Account { get; } = new()
    {
        MerchantId = Merchant,
        BaseAddress = new("http://127.0.0.1:9"),
        SandboxAddress = new("http://127.0.0.1:9"),
        AnswerSignature = SignatureMode.Rsa,
        Currencies = [Hkd],
    };

    public override IReadOnlyList<ContractOperation> Operations { get; } =
        [.. LianLianGlobalContractPayments.All, .. LianLianGlobalContractRefunds.All];

    public override IReadOnlyList<string> Secrets { get; } =
    [
        Convert.ToBase64String(TestRsa.Merchant.ExportPkcs8PrivateKey())[..48],
        Convert.ToBase64String(TestRsa.Merchant.ExportRSAPrivateKey())[..48],
        Convert.ToBase64String(TestRsa.Merchant.ExportParameters(includePrivateParameters: true).D!)[..48],
        Convert.ToHexString(TestRsa.Merchant.ExportParameters(includePrivateParameters: true).D!)[..48],
    ];

    public override IPaymentProvider Provider(ProviderHttp http, TimeProvider time) =>
        new LianLianGlobalProvider(http, time);

    public override ProviderKeys Keys() => new()
    {
        Version = 1,
        SigningPrivate = new(Ours),
        ProviderPublic = Theirs,
    };

    public override string SignatureOf(SentRequest request) => request.Headers.Split('\n')
        .Single(line => line.StartsWith("signature:", StringComparison.OrdinalIgnoreCase))["signature:".Length..]
        .Trim();

    /// <summary>The general members, as in the document's example of an error.</summary>
    internal static Field[] Error(string code) =>
    [
        new("return_code", code), new("return_msg", code == "SUCCESS" ? "Success" : " merchant_id is empty "),
        new("trace_id", "9f01943bd3044fc29ec55290c22f2ffd"),
    ];

    /// <summary>A success around an order's members.</summary>
    internal static Field[] Success(params Field[] order) =>
        [.. order.Select(field => field with { Name = "order." + field.Name }), .. Error("SUCCESS")];

    /// <summary>The order's members beside the general ones.</summary>
    internal static Field[] Flat(IEnumerable<Field> success) =>
        [.. success.Select(field => field with { Name = field.Name.Replace("order.", "", StringComparison.Ordinal) })];

    internal static WireMessage Signed(int status, string code) =>
        new LianLianGlobalContractWire(status).WithSignature(Error(code));

    internal static WireMessage Unsigned(int status, string code) =>
        new LianLianGlobalContractWire(status).Write(Error(code), null);

    internal static WireMessage ByStranger(int status, string code)
    {
        var wire = new LianLianGlobalContractWire(status);
        return wire.Write(Error(code), wire.Signer.Stranger(wire.Text(Error(code))));
    }

    /// <summary>What either order refuses and what it leaves unknown, under every status and signature.</summary>
    internal static IEnumerable<ListedReply> OrderErrors(IEnumerable<(int Status, string Code)> refusals)
    {
        foreach (var (status, code) in refusals)
        {
            yield return new($"{code} under {status}", Signed(status, code), Ending.Refused);
            yield return new($"{code} under 200", Signed(200, code), Ending.Unknown);
            yield return new($"{code} under 500", Signed(500, code), Ending.Unknown);
            yield return new($"{code} unsigned", Unsigned(status, code), Ending.Unknown);
            yield return new(
                $"{code} by a stranger", ByStranger(status, code), Ending.Unknown, ProviderError.AnswerSignatureWrong);
        }

        foreach (var (status, code, error) in Faults)
        {
            yield return new(code, Signed(status, code), Ending.Unknown, error);
        }
    }

    /// <summary>What tells a question nothing, and what says that there is no such number.</summary>
    internal static IEnumerable<ListedReply> QueryErrors()
    {
        yield return new("not found", Signed(404, "OBJECT_NOT_FOUND"), Ending.NotFound);
        yield return new("not found, unsigned", Unsigned(404, "OBJECT_NOT_FOUND"), Ending.NotFound);
        yield return new("not found, by a stranger", ByStranger(404, "OBJECT_NOT_FOUND"), Ending.NoAnswer);
        yield return new("not found under 200", Signed(200, "OBJECT_NOT_FOUND"), Ending.NoAnswer);
        yield return new("a wrong path", Signed(404, "HTTP_NOT_FOUND"), Ending.NoAnswer);
        yield return new("a wrong parameter", Signed(400, "INVALID_PARAMETER"), Ending.NoAnswer);
        foreach (var (status, code, error) in Faults)
        {
            yield return new(code, Signed(status, code), Ending.NoAnswer, error);
        }
    }

    private static (int Status, string Code, ProviderError Error)[] Faults =>
    [
        (422, "SYSTEM_BUSY", ProviderError.ProviderFault),
        (422, "INTERNAL_SERVER_ERROR", ProviderError.ProviderFault),
        (422, "ERROR_DURING_ORDER_PROCESSING", ProviderError.ProviderFault),
        (409, "EXISTING_OBJECT", ProviderError.Duplicate),
        (400, "SOMETHING_NEW", ProviderError.Unlisted),
    ];
}
