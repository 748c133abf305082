using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>What settings are called.</summary>
internal static class AccountWords
{
    /// <summary>The name of a setting; its key where nobody has named it.</summary>
    public static string Setting(IStringLocalizer<AccountTexts> texts, string key) =>
        texts[$"setting.{key}"] is { ResourceNotFound: false } named ? named.Value : key;
}
