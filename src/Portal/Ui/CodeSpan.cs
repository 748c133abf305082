namespace MerchantPortal.Portal.Ui;

/// <summary>A run of characters of a raw message that look alike.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Css">"k" a name, "s" a value, "m" punctuation, null anything else.</param>
/// <param name="Marked">Whether they lie in a marked stretch.</param>
public sealed record CodeSpan(string Text, string? Css, bool Marked)
{
    /// <summary>Splits a message. Only JSON is coloured; anything else is one plain run between its marks.</summary>
    public static IReadOnlyList<CodeSpan> Split(string text, IReadOnlyList<CodeMark> marks)
    {
        var looks = text.AsSpan().TrimStart() is ['{' or '[', ..] ? Colour(text) : new char[text.Length];
        var spans = new List<CodeSpan>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            var same = i < text.Length && looks[i] == looks[start] && IsMarked(i) == IsMarked(start);
            if (same)
                continue;
            var css = looks[start] == '\0' ? null : looks[start].ToString();
            spans.Add(new CodeSpan(text[start..i], css, IsMarked(start)));
            start = i;
        }
        return spans;

        bool IsMarked(int index) => marks.Any(mark => index >= mark.Start && index < mark.Start + mark.Length);
    }

    static char[] Colour(string text)
    {
        var looks = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                looks[i] = text[i] switch
                {
                    '{' or '}' or '[' or ']' or ',' or ':' => 'm',
                    ' ' or '\n' or '\r' or '\t' => '\0',
                    _ => 's',
                };
                continue;
            }
            var end = EndOfString(text, i);
            var after = end;
            while (after < text.Length && char.IsWhiteSpace(text[after]))
                after++;
            looks.AsSpan(i, end - i).Fill(after < text.Length && text[after] == ':' ? 'k' : 's');
            i = end - 1;
        }
        return looks;
    }

    static int EndOfString(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i + 1;
        }
        return text.Length;
    }
}
