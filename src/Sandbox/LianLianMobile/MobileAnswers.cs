using System.Text.Json.Nodes;
using MerchantPortal.Sandbox.Faults;
using MerchantPortal.Sandbox.Ledger;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>A member of an answer.</summary>
readonly record struct MobileField(string Name, string Value, bool IsSigned = true);

/// <summary>A refusal: the code and, for parameters, which one.</summary>
sealed record MobileRefusal(string Code, string Detail = "");

/// <summary>A request's fields; one that is missing reads as empty.</summary>
sealed class MobileRequest(IReadOnlyDictionary<string, string> fields, MobileMerchant merchant)
{
    public string this[string name] => fields.GetValueOrDefault(name, "");

    public MobileMerchant Merchant { get; } = merchant;

    public MobileKey OrderKey => new(Merchant.OidPartner, this["no_order"], this["dt_order"]);
}

/// <summary>Writes answers as JSON, signed in the merchant's way; errors are signed too.</summary>
sealed class MobileAnswers(MobileLedger ledger)
{
    public string Refuse(MobileMerchant merchant, MobileRefusal refusal, AnswerShape shape) => Write(
        merchant,
        [
            new("ret_code", refusal.Code),
            new("ret_msg", MobileCodes.MessageOf(refusal.Code)
                + (refusal.Detail.Length > 0 ? $"({refusal.Detail})" : "")),
            new("oid_partner", merchant.OidPartner),
        ],
        shape);

    /// <summary>What nobody's key can sign: the merchant is not known, or the message is none.</summary>
    public static string Unsigned(string code) =>
        new JsonObject { ["ret_code"] = code, ["ret_msg"] = MobileCodes.MessageOf(code) }
            .ToJsonString(Journal.Json);

    public string Done(
        MobileMerchant merchant, IEnumerable<MobileField> fields, AnswerShape shape, string code = MobileCodes.Done,
        JsonArray? list = null) => Write(
            merchant,
            [new("ret_code", code), new("ret_msg", MobileCodes.MessageOf(code)), .. fields],
            shape,
            list);

    public string Write(
        MobileMerchant merchant, IEnumerable<MobileField> fields, AnswerShape shape, JsonArray? list = null)
    {
        MobileField[] all = [.. fields.Where(field => field.Value.Length > 0), new("sign_type", merchant.SignType)];
        var answer = new JsonObject();
        foreach (var field in all) answer[field.Name] = field.Value;
        if (list is not null) answer["agreement_list"] = list;
        var source = MobileSigning.Source(
            all.Where(field => field.IsSigned).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        if (MobileSigning.Of(source, merchant, ledger.KeyPair(), shape.Signature) is { } sign) answer["sign"] = sign;
        return answer.ToJsonString(Journal.Json);
    }
}
