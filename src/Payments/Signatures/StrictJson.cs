using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace MerchantPortal.Payments.Signatures;

/// <summary>
/// JSON as money messages have to be: strict UTF-8, no member twice, at most 16 levels, nothing behind the end.
/// </summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Decodes bytes as UTF-8 without a byte order mark; null when they are anything else.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? null : StrictUtf8.Decode(bytes);

    /// <summary>Parses a text. Member names and values are checked for half surrogate pairs.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="json">The document; the caller disposes it.</param>
    /// <param name="why">What is wrong, in words for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonDocument? json, out string why)
    {
        json = null;
        try
        {
            var parsed = JsonDocument.Parse(text, Options);

            // Only an escape can say half a surrogate pair: in the text itself the parser refuses it.
            if (!text.Contains("\\u", StringComparison.Ordinal) || IsReadable(parsed.RootElement))
            {
                json = parsed;
                why = "";
                return true;
            }

            parsed.Dispose();
            why = "A text in it has half a surrogate pair.";
        }
        catch (JsonException fault)
        {
            why = fault.Message.Contains("uplicate", StringComparison.Ordinal)
                ? "A member stands there twice."
                : $"It is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).";
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            why = "A text in it has half a surrogate pair.";
        }

        return false;
    }

    private static bool IsReadable(JsonElement element)
    {
        try
        {
            Read(element);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Unescapes every text once: the parser leaves half surrogate pairs for whoever reads them.</summary>
    private static void Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Read(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
        }
    }
}
