using System.Text.RegularExpressions;

namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>
/// C# read just well enough to measure it: comments and strings are blanked out at the same length, and members are
/// found by their braces. It is no parser: code inside the holes of interpolated strings is blanked out with them.
/// </summary>
internal sealed partial class CSharpText
{
    public CSharpText(string text)
    {
        var code = text.ToCharArray();
        for (var i = 0; i < code.Length;)
        {
            var end = EndOfQuiet(text, i);
            for (var blank = i; blank < end; blank++)
            {
                code[blank] = code[blank] == '\n' ? '\n' : ' ';
            }

            i = Math.Max(end, i + 1);
        }

        Code = new string(code);
    }

    /// <summary>The code alone, each character where it stood.</summary>
    public string Code { get; }

    /// <summary>Methods, constructors, properties, with the lines they take; tables are left out.</summary>
    public IEnumerable<(string Head, int Lines)> Members() => Members(0, Code.Length);

    private IEnumerable<(string Head, int Lines)> Members(int from, int to)
    {
        for (var i = from; i < to;)
        {
            if (char.IsWhiteSpace(Code[i]) || Code[i] is ';' or '}')
            {
                i++;
                continue;
            }

            var (body, end) = Span(i, to);
            var head = Code[i..(body < 0 ? end : body)];
            if (TypeHead().Match(head) is { Success: true } type)
            {
                // The members of an enum are a table too.
                var isTable = type.Groups["kind"].Value == "enum";
                foreach (var member in body < 0 || isTable ? [] : Members(body + 1, end - 1))
                {
                    yield return member;
                }
            }
            else if (!Table().IsMatch(head))
            {
                yield return (Blanks().Replace(head, " ").Trim(), Code[i..end].Count(c => c == '\n') + 1);
            }

            i = end;
        }
    }

    // Where the first block of a member opens, or -1, and where the member ends.
    private (int Body, int End) Span(int from, int to)
    {
        var depth = 0;
        var body = -1;
        for (var i = from; i < to; i++)
        {
            switch (Code[i])
            {
                case '{' when depth == 0 && body < 0:
                    body = i;
                    depth++;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ';' when depth == 0:
                    return (body, i + 1);
                case ')' or ']':
                    depth--;
                    break;
                case '}':
                    depth--;
                    if (depth == 0 && body >= 0 && !Continues(i + 1, to))
                    {
                        return (body, i + 1);
                    }

                    break;
            }
        }

        return (body, to);
    }

    private bool Continues(int from, int to)
    {
        while (from < to && char.IsWhiteSpace(Code[from]))
        {
            from++;
        }

        return from < to && Code[from] is ';' or ',' or ')' or '.' or '=' or '?' or ':' or '!' or '&' or '|' or '+';
    }

    /// <summary>The end of the comment, directive, string or character that begins here, or this place.</summary>
    private static int EndOfQuiet(string text, int at)
    {
        if (StartsAt(text, at, "//") || (text[at] == '#' && OnlyBlanksBefore(text, at)))
        {
            return EndOr(text.IndexOf('\n', at), text);
        }

        if (StartsAt(text, at, "/*"))
        {
            return EndOr(text.IndexOf("*/", at, StringComparison.Ordinal) + 2, text);
        }

        if (text[at] == '\'')
        {
            var letter = text[at + 1] == '\\' ? at + 3 : at + 2;
            return EndOr(text.IndexOf('\'', letter) + 1, text);
        }

        var quote = at;
        while (quote < text.Length && text[quote] is '$' or '@')
        {
            quote++;
        }

        return quote < text.Length && text[quote] == '"' ? EndOfString(text, at, quote) : at;
    }

    private static int EndOfString(string text, int at, int quote)
    {
        var holes = text[at..quote].Count(c => c == '$');
        var verbatim = text[at..quote].Contains('@');
        var quotes = 1;
        while (quote + quotes < text.Length && text[quote + quotes] == '"')
        {
            quotes++;
        }

        if (quotes == 2)
        {
            return quote + 2;
        }

        var raw = quotes >= 3;
        for (var i = quote + quotes; i < text.Length; i++)
        {
            if (!raw && !verbatim && text[i] == '\\')
            {
                i++;
            }
            else if (holes > 0 && text[i] == '{')
            {
                var opened = CountOf(text, i, '{');
                i = opened >= holes && (raw || opened % 2 == 1) ? EndOfHole(text, i + opened) : i + opened - 1;
            }
            else if (text[i] == '"')
            {
                var closed = CountOf(text, i, '"');
                if (raw ? closed >= quotes : !(verbatim && closed % 2 == 0))
                {
                    return i + (raw || verbatim ? closed : 1);
                }

                i += closed - 1;
            }
        }

        return text.Length;
    }

    // The last brace that closes the hole; what stands inside may hold strings of its own.
    private static int EndOfHole(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            var end = EndOfQuiet(text, i);
            if (end > i)
            {
                i = end - 1;
            }
            else if (text[i] is '{' or '(' or '[')
            {
                depth++;
            }
            else if (text[i] is ')' or ']' || (text[i] == '}' && depth > 0))
            {
                depth--;
            }
            else if (text[i] == '}')
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int CountOf(string text, int from, char letter)
    {
        var count = 0;
        while (from + count < text.Length && text[from + count] == letter)
        {
            count++;
        }

        return count;
    }

    private static bool OnlyBlanksBefore(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at == 0 || text[at - 1] == '\n';
    }

    private static bool StartsAt(string text, int at, string what) =>
        string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int EndOr(int end, string text) => end <= 0 ? text.Length : end;

    [GeneratedRegex(
        @"^(\s*\[[^\]]*\])*[\s\w]*\b(?<kind>namespace|class|record|struct|interface|enum)\b", SourceTree.Plain)]
    private static partial Regex TypeHead();

    // A field or a constant with a value: the first = that is neither => nor == comes before any (.
    [GeneratedRegex(@"^(\s*\[[^\]]*\])*[^(=]*=([^>=]|$)", SourceTree.Plain)]
    private static partial Regex Table();

    [GeneratedRegex(@"\s+", SourceTree.Plain)]
    private static partial Regex Blanks();
}
