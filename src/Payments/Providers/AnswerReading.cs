using System.Buffers;
using System.Collections.Frozen;

namespace MerchantPortal.Payments.Providers;

/// <summary>Reads one answer up to the cap, keeping what arrived even when the rest never does.</summary>
internal sealed class AnswerReading(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> bytes = new(4096);

    public int? Status { get; private set; }

    public DateTimeOffset? Date { get; private set; }

    public string ContentType { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Headers { get; private set; } = FrozenDictionary<string, string>.Empty;

    public ReadOnlyMemory<byte> Body => bytes.WrittenMemory;

    public async Task<ProviderError> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        Status = (int)response.StatusCode;
        Date = response.Headers.Date;
        ContentType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "";
        Headers = response.Headers.ToFrozenDictionary(
            header => header.Key.ToLowerInvariant(), header => string.Join(",", header.Value));
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        while (bytes.WrittenCount <= maxBytes)
        {
            var room = bytes.GetMemory(4096);
            var read = await stream.ReadAsync(room[..Math.Min(room.Length, maxBytes + 1 - bytes.WrittenCount)], cancel);
            if (read == 0)
            {
                return ProviderError.None;
            }

            bytes.Advance(read);
            if (bytes.WrittenCount > maxBytes)
            {
                return ProviderError.AnswerUnreadable;
            }
        }

        return ProviderError.AnswerUnreadable;
    }
}
