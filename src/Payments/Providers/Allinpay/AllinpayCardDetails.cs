using System.Security.Cryptography;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// The further fields of a payment by international card (section 2.1, second table) and their digest, which becomes
/// ext1 (section 5.4). Among them are a card's expiry and security code, so the values stay in pinned memory that is
/// wiped when this is disposed; nothing of them is ever text of ours, stored, logged or shown.
/// </summary>
public sealed class AllinpayCardDetails : IDisposable
{
    private readonly Dictionary<string, SecretBytes> values = [];

    /// <summary>The names of the fields in the order of the digest.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. AllinpayFields.Of(AllinpayFields.Ext1).Select(rule => rule.Name)];

    /// <summary>Takes a field's value; the empty value takes it out again. The caller wipes its own copy.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="value">The value as it is to be sent.</param>
    /// <exception cref="ArgumentException">There is no such field, or the value is not well-formed text.</exception>
    public void Set(string name, ReadOnlySpan<char> value)
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException("Section 2.1 has no such field.", nameof(name));
        }

        if (values.Remove(name, out var before))
        {
            before.Dispose();
        }

        if (value.IsEmpty)
        {
            return;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(StrictUtf8.Encoding.GetByteCount(value), pinned: true);
        try
        {
            StrictUtf8.Encoding.GetBytes(value, bytes);
            values.Add(name, new(bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Why the fields cannot be sent, naming one; empty when they can. No value is ever in it.</summary>
    public string Problem() => AllinpayCardRules.Problem(Value);

    /// <summary>MD5 over the values, one behind the other, upper-case hex.</summary>
    public string Digest()
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var name in Names)
        {
            md5.AppendData(Value(name));
        }

        return Convert.ToHexString(md5.GetHashAndReset());
    }

    /// <summary>Tells nothing.</summary>
    public override string ToString() => "(card details)";

    /// <summary>Wipes the values.</summary>
    public void Dispose()
    {
        foreach (var value in values.Values)
        {
            value.Dispose();
        }

        values.Clear();
    }

    internal ReadOnlySpan<byte> Value(string name) => values.TryGetValue(name, out var value) ? value.Span : default;
}
