using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>The document's MD5 rule: what is signed, and how the key is joined to it.</summary>
static class BgcPaySigning
{
    /// <summary>All parameters but sign and the empty ones, by the code of their letters, as k=v with &amp;.</summary>
    public static string Source(IEnumerable<(string Name, string Value)> parameters) => string.Join(
        '&',
        parameters.Where(parameter => parameter.Name != "sign" && parameter.Value.Length > 0)
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => $"{parameter.Name}={parameter.Value}"));

    public static string Digest(string text, BgcPayApp app)
    {
        var glue = app.KeyPlacement == BgcPayApp.AmpKey ? "&key=" : "";
        var digest = MD5.HashData(Encoding.UTF8.GetBytes(text + glue + app.Md5Key));
        return app.HexCase == BgcPayApp.Upper ? Convert.ToHexString(digest) : Convert.ToHexStringLower(digest);
    }

    public static bool Matches(string text, string signature, BgcPayApp app) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Digest(text, app)), Encoding.UTF8.GetBytes(signature));

    /// <summary>The signature in the mode that a fault asks for; null for none.</summary>
    public static string? Of(string text, BgcPayApp app, SignatureMode mode) => mode switch
    {
        SignatureMode.Missing => null,
        SignatureMode.Wrong => Digest(text + "?", app),
        _ => Digest(text, app),
    };
}
