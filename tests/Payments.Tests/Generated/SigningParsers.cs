using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Providers.LianLianMobile;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>The text to sign of every interface of every provider, with both kinds of key.</summary>
internal sealed class SigningParsers : ParserGroup
{
    private static readonly SigningChoices[] Choices = [new(), new(AmpKey: true, UpperHex: true)];

    private readonly SignatureKey[] keys;

    public SigningParsers()
    {
        using var rsa = RSA.Create(1024);
        SignatureKey.TryReadPublic(rsa.ExportSubjectPublicKeyInfo(), out var key, out _).ShouldBeTrue();
        SignatureKey.TryReadShared("1234567890"u8, out var shared, out _).ShouldBeTrue();
        keys = [Own(key!), Own(shared!)];
        var http = Own(ProviderHttp.Create(TimeProvider.System));
        IPaymentProvider[] providers =
        [
            new AllinpayProvider(http, TimeProvider.System), new LianLianGlobalProvider(http, TimeProvider.System),
            new LianLianMobileProvider(http, TimeProvider.System), new BgcPayProvider(http, TimeProvider.System),
        ];
        Parsers = [.. providers.Select(provider => new Parser(
            "signing-" + provider.Descriptor.Key, Samples(provider.Descriptor.Key),
            input => Read(provider.Signing, input)))];
    }

    public override IReadOnlyList<Parser> Parsers { get; }

    public override int Share => 1;

    private static string[] Samples(string provider) => provider switch
    {
        "allinpay" =>
        [
            """{"merchantId":"100020091218001","version":"v1.0","signType":"0","orderNo":"1","orderAmount":"1000"}""",
            "v2.4|0|100020091218001|NO2014|1|20141128031757|2014|TKSUCC0002|20141128151433\r\nABCD\r\n",
        ],
        "lianlian-global" =>
        [
            """{"c":{"m":"11","k":"10"},"a":"100","b":[{"f":"3","e":"2"},{"j":"6","i":5.10}],"signature":"x"}""",
        ],
        "lianlian-mobile" =>
        [
            """{"oid_partner":"201304121000001004","sign_type":"RSA","no_order":"1","money_order":"0.01","sign":""}""",
            """{"ret_code":"0000","bank_name":"x","card_no":"1","memo":"m","agreement_list":[{"no_agree":"1"}]}""",
        ],
        _ =>
        [
            """{"app_id":"2014","method":"a.b","biz_content":"{\"a\":1}","notify_url":"https://a.io/","sign":"x"}""",
            """{"bgcpay_trade_query_response":{"code":"10000","msg":"Success"},"sign":"x"}""",
        ],
    };

    private void Read(IMessageSigning signing, byte[] input)
    {
        foreach (var text in Parser.Texts(input))
        {
            foreach (var name in signing.Interfaces)
            {
                foreach (var key in keys)
                {
                    foreach (var choice in Choices[..(signing is BgcPaySigning ? 2 : 1)])
                    {
                        Judge(signing.Read(name, text, key.Kind, choice), key);
                    }
                }
            }
        }
    }

    private static void Judge(TextReading reading, SignatureKey key)
    {
        if (reading is TextReading.Readable { Texts: var texts })
        {
            MessageSignature.Verify(texts, "x", key).Valid.ShouldBeFalse();
            var isMd5 = key.Kind == SignatureKeyKind.SharedSecret;
            _ = isMd5 ? MessageSignature.Sign(texts, key) : "";
        }
        else
        {
            reading.ShouldBeOfType<TextReading.Unusable>().Why.ShouldNotBeEmpty();
        }
    }
}
