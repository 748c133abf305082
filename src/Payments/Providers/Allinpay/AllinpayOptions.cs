namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Paths and versions of the interfaces, as sections 2.1 to 4.3 print them. Only a later document changes them.
/// </summary>
public sealed record AllinpayOptions
{
    /// <summary>Single query, refund and pre-authorisations (sections 3.1, 3.5, 4.1 and 4.3).</summary>
    public string GatewayPath { get; init; } = "/gateway/index.do";

    /// <summary>Batch query (section 3.3).</summary>
    public string BatchPath { get; init; } = "/mchtoq/index.do";

    /// <summary>Refund query (section 3.7).</summary>
    public string RefundQueryPath { get; init; } = "/mchtoq/refundQuery";

    /// <summary>Version of the app's order (section 2.1).</summary>
    public string PayDataVersion { get; init; } = "v1.0";

    /// <summary>Version of cancelling a pre-authorisation (section 4.1).</summary>
    public string PreAuthCancelVersion { get; init; } = "v1.8";

    /// <summary>Version of confirming a pre-authorisation (section 4.3).</summary>
    public string PreAuthConfirmVersion { get; init; } = "v1.9";

    /// <summary>Version of the single query (section 3.1).</summary>
    public string QueryVersion { get; init; } = "v1.5";

    /// <summary>Version of the batch query (section 3.3).</summary>
    public string BatchVersion { get; init; } = "v1.6";

    /// <summary>Version of the refund (section 3.5).</summary>
    public string RefundVersion { get; init; } = "v2.3";

    /// <summary>Version of the refund query (section 3.7).</summary>
    public string RefundQueryVersion { get; init; } = "v2.4";

    /// <summary>
    /// The hosts of a live account: production and test of the document, and the host of later public clients.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } =
        ["service.allinpay.com", "cashier.allinpay.com", "ceshi.allinpay.com"];

    /// <summary>
    /// The signType of an account: it says how Allinpay signs towards us; our own requests carry MD5 either way.
    /// </summary>
    public static string SignType(SignatureMode mode) => mode == SignatureMode.Rsa ? "1" : "0";
}
