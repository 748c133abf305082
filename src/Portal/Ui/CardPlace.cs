namespace MerchantPortal.Portal.Ui;

/// <summary>Where a column's cell goes when a narrow screen turns the row into a card.</summary>
public enum CardPlace
{
    /// <summary>Not shown.</summary>
    Off,

    /// <summary>The card's head, at the left.</summary>
    Head,

    /// <summary>First line, at the right: the amount.</summary>
    Right,

    /// <summary>Second line, at the right: the state.</summary>
    RightSecond,

    /// <summary>Second line, at the left.</summary>
    LeftSecond,

    /// <summary>A line of its own.</summary>
    Wide,
}
