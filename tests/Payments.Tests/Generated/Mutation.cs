using System.Text;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>Makes inputs: genuine messages damaged in many ways, and a few of nothing but noise.</summary>
internal static class Mutation
{
    private const int Longest = 64 * 1024;

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ",", ":", "&", "=", "|", "%", "%%", "%2", "%00", "%FF", "%ED%A0%80", "+", " ",
            "\r", "\n", "\r\n", "\r\n\r\n", "\0", "\t", "\\", "\\u0000", "\\ud800", "\\udfff", "\\ud83d\\ude00",
            "--", "--b0", "--b0--", "\r\n--b0\r\n", "\r\n--b0--\r\n", "\r\n--b0", "Content-Disposition: form-data",
            "; name=\"", "; filename=\"x\"", "name*=utf-8''%ff", "Content-Type: text/plain; charset=utf-8",
            "Content-Type: text/plain; charset=\"", "{}", "[]", "null", "true", "false", "\"\"", "-0", "-1", "1e999",
            "1E-999", "0.1", "00", "9223372036854775807", "9223372036854775808", "79228162514264337593543950336",
            "99999999999999999999999999999999999999", "-", ".", "0x1F", "NaN", "99991231235959", "00000000000000",
            "20260229000000", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "\uFEFF", "\u2028", "\u00a0", "１２３",
            "人民币", "ERRORCODE=", "ERRORMSG=", "signMsg=", "\"sign\":\"\"", "\"sign\":null", "\"sign\":{}",
            "\"sign_type\":\"RSA\"", "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----", "=", "==", "====",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xBA], [0x81, 0x30, 0x81], [0x80],
    ];

    private static readonly byte[][] WrongKinds =
    [
        .. new[]
        {
            "null", "true", "1", "-1", "1.5", "1e400", "0", "\"\"", "\"x\"", "{}", "[]", "[null]", "[[[]]]",
            "[1,\"a\"]",
            "{\"a\":{\"b\":[]}}", "{\"\":\"\"}", "[{}]", "\"\\u0000\"", "\"\\ud800\"", "123456789012345678901234567890",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Make(Dice dice, IReadOnlyList<byte[]> samples)
    {
        var made = dice.Below(200) switch
        {
            < 6 => Noise(dice, dice.Below(400)),
            < 14 => Soup(dice, dice.Below(40)),
            < 16 => Deep(dice),
            < 18 => Repeat(dice, dice.Of(samples)),
            < 24 => dice.Of(samples),
            < 60 => Retyped(dice, dice.Of(samples)),
            _ => dice.Of(samples),
        };
        for (var times = dice.Below(5) * dice.Below(3); times >= 0; times--)
        {
            made = Damage(dice, made, samples);
        }

        return made.Length > Longest ? made[..Longest] : made;
    }

    private static byte[] Damage(Dice dice, byte[] from, IReadOnlyList<byte[]> samples)
    {
        var at = dice.Below(from.Length + 1);
        var end = at + dice.Below(Math.Min(from.Length - at, 1 + dice.Below(64)) + 1);
        return dice.Below(12) switch
        {
            0 => Flipped(dice, from),
            1 => [.. from[..at], dice.Byte(), .. from[at..]],
            2 => [.. from[..at], .. from[end..]],
            3 => [.. from[..at], .. from[at..end], .. from[at..]],
            4 => Moved(dice, from, at, end),
            5 => Spliced(dice, from[..at], dice.Of(samples)),
            6 => from[..at],
            7 => [.. from[..at], .. Enumerable.Repeat(dice.Of(Tokens), dice.Below(20)).SelectMany(t => t),
                .. from[at..]],
            8 => [.. from[..at], .. dice.Of(Tokens), .. from[end..]],
            9 => [.. from[..at], .. Noise(dice, dice.Below(8)), .. from[end..]],
            10 => Retyped(dice, from),
            _ => [.. from[..at], .. dice.Of(Tokens), .. from[at..]],
        };
    }

    private static byte[] Flipped(Dice dice, byte[] from)
    {
        byte[] flipped = [.. from];
        for (var times = 1 + dice.Below(3); times > 0 && flipped.Length > 0; times--)
        {
            flipped[dice.Below(flipped.Length)] ^= (byte)(1 << dice.Below(8));
        }

        return flipped;
    }

    private static byte[] Moved(Dice dice, byte[] from, int at, int end)
    {
        var to = dice.Below(from.Length + 1);
        return [.. from[..to], .. from[at..end], .. from[to..]];
    }

    private static byte[] Spliced(Dice dice, byte[] head, byte[] other) =>
        [.. head, .. other[dice.Below(other.Length)..]];

    /// <summary>Puts a value of another kind behind a colon or an equals sign.</summary>
    private static byte[] Retyped(Dice dice, byte[] from)
    {
        var starts = Places(from, ":=|"u8);
        if (starts.Count == 0)
        {
            return from;
        }

        var start = dice.Of(starts) + 1;
        var length = from.AsSpan(start).IndexOfAny(",}&|"u8);
        return [.. from[..start], .. dice.Of(WrongKinds), .. length < 0 ? [] : from[(start + length)..]];
    }

    private static List<int> Places(byte[] text, ReadOnlySpan<byte> marks)
    {
        List<int> places = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (marks.Contains(text[i]))
            {
                places.Add(i);
            }
        }

        return places;
    }

    private static byte[] Noise(Dice dice, int length)
    {
        var noise = new byte[length];
        for (var i = 0; i < length; i++)
        {
            noise[i] = dice.Byte();
        }

        return noise;
    }

    private static byte[] Soup(Dice dice, int length)
    {
        List<byte> soup = [];
        for (var i = 0; i < length; i++)
        {
            soup.AddRange(dice.Of(Tokens));
        }

        return [.. soup];
    }

    /// <summary>Nested far deeper than any message, or a name or number far longer.</summary>
    private static byte[] Deep(Dice dice)
    {
        var times = 1 << dice.Below(13);
        var text = dice.Below(5) switch
        {
            0 => new string('[', times) + new string(']', times),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", times)) + "1" + new string('}', times),
            2 => $$"""{"{{new string('k', times)}}":"1"}""",
            3 => $$"""{"money_order":{{new string('9', times)}}}""",
            _ => string.Concat(Enumerable.Range(0, times).Select(i => $"k{i}=1&")),
        };
        return Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Repeat(Dice dice, byte[] sample)
    {
        if (sample.Length == 0)
        {
            return sample;
        }

        var at = dice.Below(sample.Length);
        var block = sample[at..(at + 1 + dice.Below(Math.Min(sample.Length - at, 200)))];
        var times = dice.Below((Longest / block.Length) + 1);
        return [.. sample[..at], .. Enumerable.Repeat(block, times).SelectMany(part => part), .. sample[at..]];
    }
}
