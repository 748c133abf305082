using System.Collections.Frozen;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.BgcPay;

/// <summary>
/// Messages as they may be shown: numbers, amounts, states and times as they stand, everything that may speak of a
/// person by its length, and neither the signature nor the application's number.
/// </summary>
internal static class BgcPayShown
{
    private static readonly FrozenSet<string> Open = FrozenSet.Create(
        "method", "format", "charset", "sign_type", "timestamp", "version", "lang", "code", "sub_code", "trade_no",
        "out_trade_no", "currency", "total_amount", "trade_status", "trade_date", "pay_date", "timeout", "out_biz_no",
        "order_id", "trans_amount", "trans_date");

    private static readonly FrozenSet<string> Numbers = FrozenSet.Create("user_cid", "payee_did", "payer_id");

    /// <summary>Members one to a line.</summary>
    public static string Text(IEnumerable<(string Name, string Value)> members) => string.Join(
        '\n', members.Where(member => member.Name is not ("sign" or "app_id") && member.Value.Length > 0)
            .Select(member => Line(member.Name, member.Value)));

    /// <summary>The bytes of an answer; never throws.</summary>
    public static string Answer(ReadOnlySpan<byte> body)
    {
        if (StrictJson.Decode(body) is not { } text || MessageMembers.Read(text, out var why) is not { } members)
        {
            return $"({body.Length} bytes that are not an answer)";
        }

        var inner = BgcPayAnswerTexts.Wrapper(members) is { } wrapper
            && MessageMembers.Read(wrapper.Value, out why) is { } wrapped ? wrapped : members;
        var note = members.Any(member => member is { Name: "sign", Value.Length: > 0 }) ? "" : "\n(without sign)";
        return Text(inner.Select(member => (member.Name, member.Value))) + note;
    }

    private static string Line(string name, string value) =>
        Open.Contains(name) && BgcPayShape.IsPlain(value, 64) && !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"{name}={value}"
            : Numbers.Contains(name) && value.Length >= 16 && value.AsSpan(value.Length - 4).IndexOfAnyExcept(Ascii) < 0
                ? $"{name}=…{value[^4..]} ({value.Length} characters)"
                : $"{(BgcPayShape.IsNumber(name) ? name : "?")}=({value.Length} characters)";

    private static readonly System.Buffers.SearchValues<char> Ascii = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
