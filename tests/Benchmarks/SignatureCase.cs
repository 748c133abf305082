using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Providers.LianLianMobile;
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
            new(new LianLianGlobalProvider(http, time), "notification", LianLianGlobal, HashAlgorithmName.SHA1),
            new(new LianLianMobileProvider(http, time), "notification", LianLianMobile, HashAlgorithmName.MD5),
            new(new AllinpayProvider(http, time), "notification", Allinpay, HashAlgorithmName.SHA1),
            new(new BgcPayProvider(http, time), "notification", BgcPay, null),
        ];
    }

    private const string LianLianGlobal = """
        {"merchant_id":"142019051400181005","merchant_transaction_id":"TEST20201120001","ll_transaction_id":
        "2020112000000001","payment_status":"PS","payment_amount":"100.00","payment_currency_code":"USD",
        "payment_time":"20201120123456","settlement_amount":"99.00","settlement_currency_code":"USD",
        "exchange_rate":"1.00000000","account_date":"20201120"}
        """;

    private const string LianLianMobile = """
        {"oid_partner":"201103171000000000","sign_type":"RSA","dt_order":"20130515094013","no_order":"2013051500001",
        "oid_paybill":"2013051613121201","money_order":"210.97","result_pay":"SUCCESS","settle_date":"20130516",
        "info_order":"用户购买笔记本","pay_type":"2","bank_code":"01020000","no_agree":"2014052100000001"}
        """;

    private const string BgcPay = """
        {"charset":"UTF-8","method":"bgcpay.trade.notify","format":"json","app_id":"2014072300007148","version":"1.0",
        "sign_type":"MD5","timestamp":"2014-07-24 03:07:50","trade_no":"2013112011001004330000121536",
        "out_trade_no":"6823789339978248","currency":"USDT","total_amount":"88.88","subject":"iPhone 6 16G",
        "payer_id":"2088101117955611","trade_status":"TRADE_SUCCESS","trade_date":"2014-11-27 15:45:57"}
        """;

    private const string Allinpay = """
        {"merchantId":"100020091218001","version":"v1.0","language":"1","signType":"1","payType":"0",
        "paymentOrderId":"201803161510323022","orderNo":"PF_20180316151555GFu1","orderDatetime":"20180316031555",
        "orderAmount":"1","payDatetime":"20180316151056","payAmount":"1","ext1":"<USER>201412121123456</USER>",
        "payResult":"1","returnDatetime":"20180316151459"}
        """;
}
