using System.Text;

namespace MerchantPortal.Payments.Providers.Allinpay;

/// <summary>
/// ERRORCODE=..&amp;ERRORMSG=..: what every interface answers when it refuses. It is not signed, so it proves nothing;
/// its code only says what to tell people.
/// </summary>
internal static class AllinpayErrorAnswer
{
    /// <summary>The code of an error answer, or null when the answer is none.</summary>
    public static string? Code(ReadOnlySpan<byte> body)
    {
        var text = body.Trim(" \r\n\t\""u8);
        if (!text.StartsWith("ERRORCODE="u8) || !AllinpayForm.TryRead(text, out var form, out _))
        {
            return null;
        }

        var code = form["ERRORCODE"].Trim(' ', '"');
        return code.Length is > 0 and <= 20 && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? code : null;
    }

    /// <summary>Our word for the code; never "nothing went wrong".</summary>
    public static ProviderError Meaning(string code) =>
        AllinpayErrors.Table.Meaning(code) is var error and not ProviderError.None ? error : ProviderError.Unlisted;

    /// <summary>The answer as it may be shown.</summary>
    public static string Show(ReadOnlySpan<byte> body) =>
        AllinpayForm.TryRead(body.Trim(" \r\n\t\""u8), out var form, out _)
            ? $"ERRORCODE={form["ERRORCODE"]}\nERRORMSG={Cut(form["ERRORMSG"])}"
            : $"({body.Length} bytes)";

    private static string Cut(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.Take(200))
        {
            shown.Append(char.IsControl(c) ? ' ' : c);
        }

        return shown.ToString();
    }
}
