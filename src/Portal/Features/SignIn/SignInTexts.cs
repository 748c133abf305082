namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>Marks the texts of signing in and setting up.</summary>
public sealed class SignInTexts;
