namespace MerchantPortal.Portal.Features.Home;

/// <summary>Marks the texts of the start page: HomeTexts.resx and its two Chinese siblings.</summary>
public sealed class HomeTexts;
