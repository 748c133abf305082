namespace MerchantPortal.Portal.Ui;

/// <summary>Whether the list is sorted by a column, and which way.</summary>
public enum SortOrderMark
{
    None,
    Ascending,
    Descending,
}
