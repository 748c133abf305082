namespace MerchantPortal.Portal.Features.Accounts;

/// <summary>Marks the texts of accounts: AccountTexts.resx and its two Chinese siblings.</summary>
public sealed class AccountTexts;
