namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Where the managed reasons of a kind have their words: under "reason." and the code.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Texts">The feature's class that marks its texts.</param>
public sealed record ReasonTexts(OperationKind Kind, Type Texts);
