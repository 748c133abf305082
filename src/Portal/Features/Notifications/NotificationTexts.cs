namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>Marks the texts of notifications: NotificationTexts.resx and its two Chinese siblings.</summary>
public sealed class NotificationTexts;
