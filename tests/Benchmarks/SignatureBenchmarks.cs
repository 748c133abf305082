using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Benchmarks;

/// <summary>
/// Signing and verifying a whole message, from its JSON to the verdict, beside the bare primitive over the same bytes.
/// </summary>
public class SignatureBenchmarks : IDisposable
{
    private static readonly RSASignaturePadding Padding = RSASignaturePadding.Pkcs1;

    private readonly RSA pair = RSA.Create(2048);
    private SignatureKey ours = SignatureKey.None;
    private SignatureKey theirs = SignatureKey.None;
    private RSA bare = RSA.Create();
    private byte[] text = [];
    private byte[] signed = [];
    private string signature = "";

    [ParamsSource(nameof(Cases))]
    public SignatureCase Case { get; set; } = SignatureCase.All[0];

    public static IEnumerable<SignatureCase> Cases => SignatureCase.All;

    [GlobalSetup]
    public void Prepare()
    {
        var secret = Encoding.ASCII.GetBytes("201408071000001543test_20140812");
        var isRsa = Case.Hash is not null;
        _ = isRsa
            ? SignatureKey.TryReadPrivate(pair.ExportPkcs8PrivateKey(), out var key, out _)
            : SignatureKey.TryReadShared(secret, out key, out _);
        ours = key!;
        _ = isRsa && SignatureKey.TryReadPublic(pair.ExportSubjectPublicKeyInfo(), out key, out _);
        theirs = key!;
        bare.ImportSubjectPublicKeyInfo(pair.ExportSubjectPublicKeyInfo(), out _);

        var texts = Case.Read();
        text = Encoding.UTF8.GetBytes(texts.ToSign.Text);
        text = isRsa ? text : [.. text, .. secret];
        signature = MessageSignature.Sign(texts, ours);
        signed = isRsa ? Convert.FromBase64String(signature) : MD5.HashData(text);
        if (!Verify() || !BareVerify())
        {
            throw new InvalidOperationException($"{Case} does not verify what it signed.");
        }
    }

    [Benchmark]
    public string Sign() => MessageSignature.Sign(Case.Read(), ours);

    [Benchmark]
    public byte[] BareSign() =>
        Case.Hash is { } hash ? pair.SignData(text, hash, Padding) : MD5.HashData(text);

    [Benchmark]
    public bool Verify() => MessageSignature.Verify(Case.Read(), signature, theirs).Valid;

    [Benchmark]
    public bool BareVerify() => Case.Hash is { } hash
        ? bare.VerifyData(text, signed, hash, Padding)
        : CryptographicOperations.FixedTimeEquals(MD5.HashData(text), signed);

    [GlobalCleanup]
    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
        pair.Dispose();
        bare.Dispose();
        GC.SuppressFinalize(this);
    }
}
