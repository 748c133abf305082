namespace MerchantPortal.Portal.Ui;

/// <summary>Where a step lies, seen from now.</summary>
public enum StepState
{
    Past,
    Now,
    Ahead,
}
