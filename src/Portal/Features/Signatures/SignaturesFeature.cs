using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>
/// Signatures looked at by hand: the bench, and the commands that integrators run. Neither opens a key of an account.
/// </summary>
public static class SignaturesFeature
{
    public static Feature Contents { get; } = new()
    {
        Name = "Signatures",
        Nav =
        [
            new(
                "nav.group.control",
                "nav.signatures",
                PortalUrls.Signatures,
                IconName.Fingerprint,
                Permission.AccountsRead),
        ],
    };
}
