namespace MerchantPortal.Portal.Ui;

/// <summary>Whose calendar a business day is of. A date without its kind says nothing.</summary>
public enum DayKind
{
    /// <summary>The day the provider settles it under.</summary>
    Clearing,

    /// <summary>The day the shop took the order.</summary>
    Order,

    /// <summary>The day the money reaches the account.</summary>
    Arrival,
}
