using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>A request's fields; a field that is missing reads as empty, as the gateway treats the two alike.</summary>
sealed class AllinpayRequest(
    IReadOnlyDictionary<string, string> fields, IReadOnlyList<string> signedOrder, AllinpayMerchant? merchant)
{
    public string this[string name] => fields.GetValueOrDefault(name, "");

    public AllinpayMerchant? Merchant { get; } = merchant;

    public bool SignatureValid { get; } = merchant is not null && AllinpaySigning.RequestMatches(
        AllinpaySigning.Source(signedOrder.Select(name => (name, fields.GetValueOrDefault(name, "")))),
        merchant.Md5Key,
        fields.GetValueOrDefault("signMsg", ""));

    public OrderKey OrderKey => new(this["merchantId"], this["orderNo"], this["orderDatetime"]);
}

/// <summary>One interface of the document: where it is, what it signs, and how it answers.</summary>
sealed record AllinpayInterface(
    string Name,
    string Path,
    string Version,
    IReadOnlyList<string> SignedOrder,
    Func<AllinpayRequest, AnswerShape, string> Answer);
