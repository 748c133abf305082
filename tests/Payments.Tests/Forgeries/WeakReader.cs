using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>A reader with one rule taken out, around the real one: what the forgeries have to find.</summary>
/// <param name="inner">The real reader.</param>
/// <param name="read">The weaker reading.</param>
internal sealed class WeakReader(
    INotifications inner,
    Func<INotifications, ProviderAccount, InboundMessage, ProviderKeys, NotificationVerdict> read) : INotifications
{
    public Acknowledgement Taken => inner.Taken;

    public RetrySchedule Retries => inner.Retries;

    public NotificationVerdict Read(ProviderAccount account, InboundMessage message, ProviderKeys keys) =>
        read(inner, account, message, keys);

    public string Show(InboundMessage message) => inner.Show(message);
}

/// <summary>The rules that can be taken out, one by one, of LianLian mobile's reader.</summary>
internal static class Weaknesses
{
    private static readonly string[] Known =
    [
        "oid_partner", "dt_order", "no_order", "oid_paybill", "money_order", "result_pay", "settle_date", "info_order",
        "pay_type", "bank_code", "sign_type", "sign",
    ];

    /// <summary>Each by its name; all but one are of an account under MD5.</summary>
    public static IReadOnlyDictionary<string, Func<INotifications, INotifications>> Md5 { get; } =
        new Dictionary<string, Func<INotifications, INotifications>>
        {
            ["accepts any signature"] = OfMembers(Resigned),
            ["accepts a message without a signature"] =
                OfMembers(members => members.Any(m => m.Name == "sign") ? members : Resigned(members)),
            ["skips the check for unknown members"] = OfMembers(
                members => [.. members.Where(member => Known.Contains(member.Name))]),
            ["takes the last of two members"] = OfMembers(
                members => LastOfTwo(members), checkFirst: FirstOfTwo),
            ["takes a value that holds other fields"] = OfMembers(Split),
            ["takes full-width digits"] = OfMembers(members =>
                [.. members.Select(m => (m.Name, m.Value.Normalize(NormalizationForm.FormKC)))]),
            ["trims the names of members"] = OfMembers(members => [.. members.Select(m => (m.Name.Trim(), m.Value))]),
            ["trims the values of members"] = OfMembers(members => [.. members.Select(m => (m.Name, m.Value.Trim()))]),
            ["does not mind the case of names"] = OfMembers(
                members => [.. members.Select(m => (m.Name.ToLowerInvariant(), m.Value))]),
            ["leaves a field out of the text"] = OfMembers(
                members => Resigned(members), checkFirst: members => With(members, "bank_code", "01020000")),
            ["rounds the amount"] = OfMembers(members => [.. members.Select(m => (m.Name, m.Name == "money_order"
                ? m.Value.Replace(" ", "", StringComparison.Ordinal).TrimStart('+').TrimStart('0')
                : m.Value))]),
            ["decodes what is not UTF-8"] = OfBody(body => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(
                Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(body).Replace("\u0000", "", StringComparison.Ordinal)
                    .Replace("\\u0000", "", StringComparison.Ordinal))))),
        };

    /// <summary>The weakness of RSA accounts: the message chooses, and the public key becomes a secret.</summary>
    public static Func<INotifications, INotifications> MessageChooses { get; } = inner => new WeakReader(
        inner, (real, account, message, keys) =>
        {
            using var published = new ProviderKeys
            {
                Version = 1,
                SharedSecret = new(Encoding.ASCII.GetBytes(LianLianMobileOriginals.PublicKeyPem)),
            };
            return Members(message.Body.ToArray())?.LastOrDefault(m => m.Name == "sign_type").Value == "MD5"
                ? real.Read(account with { AnswerSignature = SignatureMode.Md5 }, message, published)
                : real.Read(account, message, keys);
        });

    private static Func<INotifications, INotifications> OfBody(Func<byte[], byte[]> change) => inner => new WeakReader(
        inner, (real, account, message, keys) =>
            real.Read(account, message with { Body = change(message.Body.ToArray()) }, keys));

    private static Func<INotifications, INotifications> OfMembers(
        Func<(string Name, string Value)[], (string Name, string Value)[]> change,
        Func<(string Name, string Value)[], (string Name, string Value)[]>? checkFirst = null) => inner =>
        new WeakReader(inner, (real, account, message, keys) =>
        {
            if (Members(message.Body.ToArray()) is not { } members)
            {
                return real.Read(account, message, keys);
            }

            NotificationVerdict Judge((string Name, string Value)[] changed) =>
                real.Read(account, message with { Body = Json(changed) }, keys);
            return checkFirst is not null && Judge(checkFirst(members)) is not NotificationVerdict.Genuine
                ? Judge(members)
                : Judge(change(members));
        });

    private static (string Name, string Value)[] Resigned((string Name, string Value)[] members)
    {
        var others = members.Where(member => member.Name != "sign").DistinctBy(member => member.Name).ToArray();
        var text = string.Join('&', others.Where(member => member.Value.Length > 0)
            .OrderBy(member => member.Name, StringComparer.Ordinal).Select(m => $"{m.Name}={m.Value}"));
        return [.. others, ("sign", LianLianMobileOriginals.Sign(SignatureMode.Md5)(text))];
    }

    private static (string Name, string Value)[] FirstOfTwo((string Name, string Value)[] members) =>
        [.. members.DistinctBy(member => member.Name)];

    private static (string Name, string Value)[] LastOfTwo((string Name, string Value)[] members) =>
        Resigned([.. members.Reverse().DistinctBy(member => member.Name)]);

    private static (string Name, string Value)[] With(
        (string Name, string Value)[] members, string name, string value) =>
        [.. members.Select(member => member.Name == name ? (name, value) : member)];

    /// <summary>The text as it would be signed, read back into fields.</summary>
    private static (string Name, string Value)[] Split((string Name, string Value)[] members) =>
    [
        .. string.Join('&', members.Select(member => $"{member.Name}={member.Value}")).Split('&')
            .Select(piece => piece.Split('=', 2)).Where(piece => piece.Length == 2).Select(p => (p[0], p[1]))
            .DistinctBy(member => member.Item1),
    ];

    private static byte[] Json((string Name, string Value)[] members) => Encoding.UTF8.GetBytes(
        $"{{{string.Join(',', members.Select(m => $"{JsonWire.Quote(m.Name)}:{JsonWire.Quote(m.Value)}"))}}}");

    private static (string Name, string Value)[]? Members(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
            [
                .. json.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.ValueKind switch
                {
                    JsonValueKind.String => member.Value.GetString()!,
                    JsonValueKind.Null => "",
                    _ => member.Value.GetRawText(),
                })),
            ];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
