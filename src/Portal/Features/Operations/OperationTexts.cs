namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Marks the words for states, problems and unknown outcomes.</summary>
public sealed class OperationTexts;
