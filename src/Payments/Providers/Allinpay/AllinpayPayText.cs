using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// Writes payData as JSON into pinned memory, value by value: the framework's writer would leave copies of card data
/// in shared buffers.
/// </summary>
internal sealed class AllinpayPayText : IDisposable
{
    // A byte becomes six at most, as \u001f does.
    private const int Widest = 6;

    private readonly byte[] buffer;
    private int length;

    private AllinpayPayText(int capacity) =>
        buffer = GC.AllocateUninitializedArray<byte>(capacity, pinned: true);

    /// <summary>The signed fields that are not empty, and behind them what goes along unsigned.</summary>
    public static SecretBytes Write(IReadOnlyList<AllinpayField> fields, AllinpayPayOrder order)
    {
        var capacity = 2 + fields.Sum(field => Room(field.Name, Encoding.UTF8.GetByteCount(field.Value)));
        capacity += order.CardNumber is { } card ? Room("cardNo", card.Length) : 0;
        capacity += AllinpayCardDetails.Names.Sum(name => Room(name, order.Card?.Value(name).Length ?? 0));
        using var text = new AllinpayPayText(capacity);
        text.Put((byte)'{');
        foreach (var (name, value) in fields)
        {
            text.Member(name, Encoding.UTF8.GetBytes(value));
        }

        text.Member("cardNo", order.CardNumber is { } number ? number.Span : default);
        foreach (var name in AllinpayCardDetails.Names)
        {
            text.Member(name, order.Card is { } details ? details.Value(name) : default);
        }

        text.Put((byte)'}');
        return new(text.buffer.AsSpan(0, text.length));
    }

    /// <summary>Wipes the text; the copy that was handed out is its owner's.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(buffer);

    private static int Room(string name, int valueBytes) => name.Length + (valueBytes * Widest) + 6;

    private void Member(string name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        if (length > 1)
        {
            Put((byte)',');
        }

        Put((byte)'"');
        length += Encoding.ASCII.GetBytes(name, buffer.AsSpan(length));
        "\":\""u8.CopyTo(buffer.AsSpan(length));
        length += 3;
        foreach (var letter in value)
        {
            Letter(letter);
        }

        Put((byte)'"');
    }

    private void Letter(byte letter)
    {
        if (letter is (byte)'"' or (byte)'\\')
        {
            Put((byte)'\\');
            Put(letter);
        }
        else if (letter < ' ')
        {
            "\\u00"u8.CopyTo(buffer.AsSpan(length));
            length += 4;
            Put("0123456789abcdef"u8[letter >> 4]);
            Put("0123456789abcdef"u8[letter & 15]);
        }
        else
        {
            Put(letter);
        }
    }

    private void Put(byte letter) => buffer[length++] = letter;
}
