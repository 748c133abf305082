using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>How one run of the signature commands ended. The family is closed.</summary>
internal abstract record SignatureAnswer(int ExitCode)
{
    // Chinese names stay readable: the line goes to a pipe or a terminal, never into a page.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object on one line.</summary>
    public string Json()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Relaxed))
        {
            writer.WriteStartObject();
            Write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    protected abstract void Write(Utf8JsonWriter writer);

    /// <summary>Neither signed nor verified.</summary>
    internal sealed record Unusable(string Why) : SignatureAnswer(2)
    {
        protected override void Write(Utf8JsonWriter writer) => writer.WriteString("error", Why);
    }

    /// <summary>Signed, or verified when there is a verdict.</summary>
    internal sealed record Judged(
        SignedText Text, string Signature, SignatureVerdict? Verdict, IReadOnlyList<string> Warnings)
        : SignatureAnswer(Verdict is { Valid: false } ? 1 : 0)
    {
        protected override void Write(Utf8JsonWriter writer)
        {
            writer.WriteString("canonical", Text.Text);
            writer.WriteString("algorithm", Text.Algorithm.Word);
            writer.WriteString("signature", Signature);
            if (Verdict is not null)
            {
                writer.WriteBoolean("valid", Verdict.Valid);
                if (!Verdict.Valid)
                {
                    writer.WriteString("why", Verdict.Why);
                }

                writer.WriteString("variant", Text.Variant);
            }

            writer.WriteStartArray("warnings");
            foreach (var warning in Warnings)
            {
                writer.WriteStringValue(warning);
            }

            writer.WriteEndArray();
        }
    }
}
