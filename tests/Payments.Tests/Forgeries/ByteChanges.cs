using System.Text;

namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>Changes of bytes, wherever they fall.</summary>
internal static class ByteChanges
{
    private static readonly byte[] Separators = [.. "&=|%+\"\\{}[],:\r\n\0 ;"u8];

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    public static IReadOnlyList<Change> All { get; } =
    [
        new("one bit of the body", 16, (original, _, dice) => original.Letter with
        {
            Body = Bit(original.Letter.Body, dice),
        }),
        new("one bit of the signature header", 6, (original, _, dice) => original.Letter is { Header: { } header }
            ? original.Letter with { Header = Bit(header, dice) }
            : null),
        new("one bit of the query", 6, (original, _, dice) => original.Letter is { Query.Length: > 0 } letter
            ? letter with { Query = Bit(letter.Query, dice) }
            : null),
        new("one bit of the content type", 1, (original, _, dice) => original.Letter with
        {
            ContentType = Bit(original.Letter.ContentType, dice),
        }),
        Of("a byte replaced", 4, (body, dice) =>
        {
            body[dice.Below(body.Count)] = (byte)dice.Below(256);
            return body;
        }),
        Of("a byte taken out", 3, (body, dice) =>
        {
            body.RemoveAt(dice.Below(body.Count));
            return body;
        }),
        Of("a byte put in", 3, (body, dice) =>
        {
            body.Insert(dice.Below(body.Count + 1), (byte)(dice.OneIn(2) ? dice.Below(256) : dice.Of(Separators)));
            return body;
        }),
        Of("neighbouring bytes swapped", 3, (body, dice) =>
        {
            var place = dice.Below(body.Count - 1);
            (body[place], body[place + 1]) = (body[place + 1], body[place]);
            return body;
        }),
        Of("cut short", 2, (body, dice) => body[..dice.Below(body.Count)]),
        Of("a stretch taken out", 2, (body, dice) =>
        {
            var from = dice.Below(body.Count);
            body.RemoveRange(from, 1 + dice.Below(Math.Min(40, body.Count - from)));
            return body;
        }),
        Of("a stretch doubled", 2, (body, dice) =>
        {
            var from = dice.Below(body.Count);
            body.InsertRange(dice.Below(body.Count), body.GetRange(from, Math.Min(40, body.Count - from)));
            return body;
        }),
        Of("sent twice in one", 1, (body, dice) => dice.OneIn(2) ? [.. body, .. body] : [.. body, (byte)'&', .. body]),
        Of("a byte order mark", 1, (body, _) => [.. Encoding.UTF8.Preamble, .. body]),
        Of("in UTF-16", 1, (body, dice) =>
        {
            var text = Encoding.UTF8.GetString([.. body]);
            return [.. (dice.OneIn(2) ? Encoding.Unicode : Encoding.BigEndianUnicode).GetBytes(text)];
        }),
        Of("in GBK", 1, (body, _) => [.. Gbk.GetBytes(Encoding.UTF8.GetString([.. body]))]),
    ];

    private static Change Of(string kind, int weight, Func<List<byte>, Dice, List<byte>> make) => new(
        kind, weight, (original, _, dice) => original.Letter with
        {
            Body = [.. make([.. original.Letter.Body], dice)],
        });

    private static byte[] Bit(byte[] bytes, Dice dice)
    {
        byte[] changed = [.. bytes];
        changed[dice.Below(changed.Length)] ^= (byte)(1 << dice.Below(8));
        return changed;
    }

    private static string Bit(string text, Dice dice) =>
        Encoding.Latin1.GetString(Bit(Encoding.Latin1.GetBytes(text), dice));
}
