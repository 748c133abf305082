using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>
/// A one-time-code seed on its way to the browser and back, sealed: it belongs to one link, lasts half an hour, and
/// nobody can send one of their own choice.
/// </summary>
public sealed class SetUpSeeds(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <summary>A new seed, in Base32.</summary>
    public static string New()
    {
        var seed = UserAccounts.NewSeed();
        var text = Totp.ToBase32(seed);
        CryptographicOperations.ZeroMemory(seed);
        return text;
    }

    /// <summary>The seed as a hidden field may carry it.</summary>
    public string Seal(string seed, string token) => For(token).Protect(
        string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() + Life).ToUnixTimeSeconds()} {seed}"));

    /// <summary>The seed of a posted field; null when it is too old, altered or of another link.</summary>
    public string? Open(string? sealedSeed, string token)
    {
        if (string.IsNullOrEmpty(sealedSeed))
        {
            return null;
        }

        try
        {
            var parts = For(token).Unprotect(sealedSeed).Split(' ');
            var until = long.Parse(parts[0], CultureInfo.InvariantCulture);
            return until > time.GetUtcNow().ToUnixTimeSeconds() ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(string token) => protection.CreateProtector("set-up seed", token);
}
