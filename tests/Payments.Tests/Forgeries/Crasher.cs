using System.Globalization;
using System.Text.Json;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>A forgery that got through, as it lies in the folder crashers.</summary>
internal sealed record Crasher(
    string Provider, string Original, string Kind, ulong Seed, ulong Number, string ContentType, string? Header,
    string Query, byte[] Body)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public Letter Letter => new(Body, ContentType, Header, Query);

    /// <summary>Writes the file.</summary>
    /// <returns>Where it lies.</returns>
    public static string Write(string provider, ulong seed, Forgery forgery)
    {
        var (letter, name) = (forgery.Letter, forgery.Original.Name);
        var crasher = new Crasher(
            provider, name, forgery.Kind, seed, forgery.Number, letter.ContentType, letter.Header, letter.Query,
            letter.Body);
        var file = Path.Combine(
            CrasherFolder.Place,
            string.Create(CultureInfo.InvariantCulture, $"{provider}-{seed}-{forgery.Number}.json"));
        File.WriteAllText(file, JsonSerializer.Serialize(crasher, Readable) + "\n");
        return file;
    }

    public static Crasher Read(string file) => JsonSerializer.Deserialize<Crasher>(File.ReadAllText(file))!;
}
