using System.Globalization;
using System.Text;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>Bytes of a text as people read them: place, sixteen bytes, and what can be printed of them.</summary>
public static class HexDump
{
    private const int Row = 16;

    /// <summary>The text's UTF-8 bytes, a line for every sixteen.</summary>
    public static string Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var dump = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += Row)
        {
            var line = bytes.AsSpan(start, Math.Min(Row, bytes.Length - start));
            dump.Append(CultureInfo.InvariantCulture, $"{start:x6}  ");
            for (var i = 0; i < Row; i++)
            {
                dump.Append(i < line.Length ? line[i].ToString("x2", CultureInfo.InvariantCulture) : "  ")
                    .Append(i == (Row / 2) - 1 ? "  " : " ");
            }

            dump.Append(' ');
            foreach (var one in line)
            {
                dump.Append(one is >= 0x20 and < 0x7f ? (char)one : '.');
            }

            dump.Append('\n');
        }

        return dump.ToString().TrimEnd('\n');
    }
}
