using System.Text;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>Replies whose bytes are no text, or a text that no member may have; the signature fits what a lenient
/// reader would make of them.</summary>
internal static class WrongBytes
{
    private const string Mark = "MARKMARK";

    public static IEnumerable<WrongReply> Of(ContractOperation operation)
    {
        var good = operation.Wire.WithSignature(operation.Good);
        yield return WrongReply.Of("a byte order mark", Packed(operation, [0xEF, 0xBB, 0xBF]));
        yield return WrongReply.Of(
            "UTF-16", good with { Body = Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(good.Body)) });
        yield return WrongReply.Of("300 KB", good with { Body = [.. good.Body, .. Blanks(300 * 1024)] });
        yield return WrongReply.Of("300 KB of noughts", good with { Body = new byte[300 * 1024] });
        yield return Inside(operation, "GBK called UTF-8", [0xD6, 0xD0, 0xB9, 0xFA]);
        yield return Inside(operation, "overlong UTF-8", [0xC0, 0xAF]);
        yield return Inside(operation, "half a surrogate pair in UTF-8", [0xED, 0xA0, 0x80]);
        yield return Inside(operation, "a byte that UTF-8 does not have", [0xFF]);
        yield return Text(operation, "NUL in a text", "a\0b", "a\\u0000b");
        yield return Text(operation, "CR LF in a text", "a\r\nb", "a\\r\\nb");
        yield return Text(operation, "a reserved character in a text", "a&b=1", "a&b=1");
        if (operation.Wire.IsJson)
        {
            yield return Inside(operation, "half a surrogate pair", Encoding.ASCII.GetBytes("\\ud800"));
            yield return Inside(operation, "a bare control character", [0x01]);
        }
    }

    private static byte[] Blanks(int count)
    {
        var blanks = new byte[count];
        blanks.AsSpan().Fill((byte)' ');
        return blanks;
    }

    private static WireMessage Packed(ContractOperation operation, byte[] before)
    {
        var signature = operation.Wire.Sign(operation.Good);
        return operation.Wire.Pack([.. before, .. operation.Wire.Plain(operation.Good, signature)], signature);
    }

    private static WrongReply Inside(ContractOperation operation, string name, byte[] bytes)
    {
        var lenient = Encoding.UTF8.GetString(bytes);
        var signature = operation.Wire.Sign(Wire.With(operation.Good, operation.Free, lenient));
        var plain = operation.Wire.Plain(Wire.With(operation.Good, operation.Free, Mark), signature);
        return WrongReply.Of(name, operation.Wire.Pack(Wire.Replace(plain, Mark, bytes), signature));
    }

    private static WrongReply Text(ContractOperation operation, string name, string text, string inJson)
    {
        var fields = Wire.With(operation.Good, operation.Free, text);
        var signature = operation.Wire.Sign(fields);
        if (!operation.Wire.IsJson)
        {
            return WrongReply.Of(name, operation.Wire.Write(fields, signature));
        }

        var plain = operation.Wire.Plain(Wire.With(operation.Good, operation.Free, Mark), signature);
        return WrongReply.Of(
            name, operation.Wire.Pack(Wire.Replace(plain, Mark, Encoding.ASCII.GetBytes(inJson)), signature));
    }
}
