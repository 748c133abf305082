namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>Marks the texts of the signature bench.</summary>
public sealed class SignatureTexts;
