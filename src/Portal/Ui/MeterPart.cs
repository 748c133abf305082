namespace MerchantPortal.Portal.Ui;

/// <summary>One stretch of a meter.</summary>
/// <param name="Value">Its length in the meter's own unit, not negative.</param>
/// <param name="Meaning">The state it stands for; none draws it in the accent.</param>
public sealed record MeterPart(long Value, Meaning? Meaning = null);
