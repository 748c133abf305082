using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Benchmarks;

/// <summary>A provider's notification of a payment, in the size that really comes.</summary>
/// <param name="Provider">The rules.</param>
/// <param name="Interface">Whose text is signed.</param>
/// <param name="Message">The message.</param>
/// <param name="Hash">The hash under RSA-2048; null for MD5 with a shared key.</param>
public sealed record SignatureCase(
    IPaymentProvider Provider, string Interface, string Message, HashAlgorithmName? Hash)
{
    /// <summary>One for each provider; RSA where it has RSA.</summary>
    public static IReadOnlyList<SignatureCase> All { get; } = Make();

    public string Name => Provider.Descriptor.Key;

    public SignatureKeyKind Kind => Hash is null ? SignatureKeyKind.SharedSecret : SignatureKeyKind.Rsa;

    public MessageTexts Read() =>
        ((TextReading.Readable)Provider.Signing.Read(Interface, Message, Kind, new())).Texts;

    public override string ToString() => Name;

    private static SignatureCase[] Make()
    {
        var time = TimeProvider.System;
        var http = ProviderHttp.Create(time);
        return
        [
            new(new AllinpayProvider(http, time), "notification", Allinpay, HashAlgorithmName.SHA1),
        ];
    }

    private const string Allinpay = """
        {"merchantId":"100020091218001","version":"v1.0","language":"1","signType":"1","payType":"0",
        "paymentOrderId":"201803161510323022","orderNo":"PF_20180316151555GFu1","orderDatetime":"20180316031555",
        "orderAmount":"1","payDatetime":"20180316151056","payAmount":"1","ext1":"<USER>201412121123456</USER>",
        "payResult":"1","returnDatetime":"20180316151459"}
        """;
}
