namespace MerchantPortal.Portal.Ui;

/// <summary>How much of an instant is shown.</summary>
public enum TimeForm
{
    /// <summary>20 Nov 14:32:08</summary>
    List,

    /// <summary>20 Nov 14:32:08.431</summary>
    Timeline,

    /// <summary>14:32:08, where the day is plain from the place.</summary>
    Clock,

    /// <summary>20 Nov 14:32, for deadlines.</summary>
    Minute,

    /// <summary>20 Nov over 14:32:08, for a table cell.</summary>
    Stacked,
}
