using System.Text.Json;

namespace MerchantPortal.Portal.Tests.Features.Signatures;

/// <summary>A message that was published with its signature, and the file that the commands take it from.</summary>
public sealed record PublishedMessage(
    string Id,
    string Provider,
    string Interface,
    string Canonical,
    string? Message,
    string? Key,
    string Algorithm,
    string Expected)
{
    public static IReadOnlyList<PublishedMessage> All { get; } = JsonSerializer.Deserialize<List<PublishedMessage>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Features", "Signatures", "published.json")),
        JsonSerializerOptions.Web)!;

    /// <summary>Our half makes it; where only a public key is known, it can be verified alone.</summary>
    public bool CanBeSigned => Algorithm.StartsWith("md5", StringComparison.Ordinal);

    /// <summary>The algorithm as the commands name it.</summary>
    public string Word => Algorithm.Replace("rsa-verify:", "rsa:", StringComparison.Ordinal);

    /// <summary>The message as it is, or its canonical text taken apart at &amp; and the first =.</summary>
    public string FileText() => Message ?? JsonSerializer.Serialize(Canonical.Split('&')
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));

    public override string ToString() => Id;
}
