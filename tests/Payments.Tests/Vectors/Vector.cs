using System.Text.Json;

namespace MerchantPortal.Payments.Tests.Vectors;

/// <summary>A published message with its signature.</summary>
public sealed record Vector(
    string Id, string Purpose, string Input, string? Key, string Algorithm, string Expected, string Source)
{
    public string? Note { get; init; }

    public static IReadOnlyList<Vector> Load(string provider) => JsonSerializer.Deserialize<List<Vector>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", provider + ".json")),
        JsonSerializerOptions.Web)!;

    public override string ToString() => Id;
}
