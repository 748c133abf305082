using System.Text.Json;
using System.Text.Json.Nodes;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>A call with a signature that fits; the body is an object, and empty where the call is a GET.</summary>
sealed record LianLianGlobalRequest(
    LianLianGlobalMerchant Merchant, string TransactionId, JsonElement Body, DateTimeOffset Now)
{
    public TransactionKey Key => new(Merchant.MerchantId, TransactionId);

    /// <summary>A text member of the body, or null when it is missing, of another kind or too long.</summary>
    public string? this[string name, int longest] => LianLianGlobalText.Member(Body, name, longest);
}

/// <summary>What an interface answers: the code, what its text speaks of, and the business members.</summary>
sealed record LianLianGlobalAnswer(string Code, string About = "", JsonObject? Order = null)
{
    public const string Success = "SUCCESS";

    public static LianLianGlobalAnswer Of(JsonObject order) => new(Success, "", order);

    /// <summary>The refusal of a request with a member missing or wrong.</summary>
    public static LianLianGlobalAnswer Invalid(string member) => new("INVALID_PARAMETER", member);
}
