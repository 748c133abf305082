namespace MerchantPortal.Portal.Ui;

/// <summary>How loud an amount is: in running text, as a column's own value, or as the title of its page.</summary>
public enum MoneySize
{
    Normal,
    Strong,
    Big,
}
