namespace MerchantPortal.Portal.Ui;

/// <summary>What a confirmation restates before anything happens.</summary>
/// <param name="Title">Names the decision: "Cancel the hold of USD 1,400.00".</param>
/// <param name="Act">The button: verb, object and figure. Never OK or Yes.</param>
/// <param name="Consequence">What follows and whether it can be undone.</param>
public sealed record ConfirmQuestion(string Title, string Act, string Consequence)
{
    /// <summary>Order, amount, payee: what the person checks, as name and value.</summary>
    public IReadOnlyList<(string Term, string Value)> Facts { get; init; } = [];

    /// <summary>Refusing or undoing: the act's button is red in outline instead of filled.</summary>
    public bool Undoes { get; init; }

    /// <summary>The label of the reason, which must then be given; null asks for none.</summary>
    public string? ReasonLabel { get; init; }
}

/// <summary>The person did it, with this reason (empty when none was asked for).</summary>
public sealed record ConfirmAnswer(string Reason);
