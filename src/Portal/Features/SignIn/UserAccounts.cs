using System.Security.Cryptography;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>
/// Identity over the context of one command: its store saves nothing by itself, so that sign-ins and their counters
/// are written in the same transaction as their audit entry.
/// </summary>
public sealed class UserAccounts(IServiceProvider services, KeyVault vault)
{
    public UserManager<PortalUser> For(PortalDb db) => new(
        new UserOnlyStore<PortalUser, PortalDb, Guid>(db) { AutoSaveChanges = false },
        services.GetRequiredService<IOptions<IdentityOptions>>(),
        services.GetRequiredService<IPasswordHasher<PortalUser>>(),
        services.GetServices<IUserValidator<PortalUser>>(),
        services.GetServices<IPasswordValidator<PortalUser>>(),
        services.GetRequiredService<ILookupNormalizer>(),
        services.GetRequiredService<IdentityErrorDescriber>(),
        services,
        services.GetRequiredService<ILogger<UserManager<PortalUser>>>());

    /// <summary>Opens a user's one-time-code seed; null when none is enrolled. The caller disposes it.</summary>
    public SecretBytes? OpenSeed(PortalUser user) =>
        user.TotpSeed is { } content ? vault.Open(content, Label(user)) : null;

    /// <summary>Gives the user a seed, inside its envelope.</summary>
    public void EnrolSeed(PortalUser user, ReadOnlySpan<byte> seed)
    {
        user.TotpSeed = vault.Seal(seed, Label(user));
        user.TwoFactorEnabled = true;
    }

    /// <summary>A new seed: 20 random bytes.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(20);

    private static KeyLabel Label(PortalUser user) =>
        new("portal", user.Id.ToString("N"), KeyUsage.TotpSeed, user.Id, 1, "");
}
