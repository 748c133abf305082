namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>Marks the words of transfers.</summary>
public sealed class TransferTexts;
