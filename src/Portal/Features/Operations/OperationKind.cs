using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What an operation does at its provider.</summary>
public enum OperationKind
{
    /// <summary>Money of a paid order goes back to its payer.</summary>
    Refund,

    /// <summary>A held amount is taken, wholly or in part: the confirmation of a pre-authorisation.</summary>
    Capture,

    /// <summary>A held amount is let go: the cancellation of a pre-authorisation.</summary>
    Void,

    /// <summary>Money of the account goes to a payee.</summary>
    Transfer,

    /// <summary>A payer's signed card is taken away. It moves no money and cannot be undone by the payer.</summary>
    Unbind,
}

/// <summary>In what the kinds differ, in one table; everything else about operations is the same for all.</summary>
public static class OperationKinds
{
    /// <summary>First letter of the kind's numbers.</summary>
    public static char Letter(this OperationKind kind) => kind switch
    {
        OperationKind.Refund => 'R',
        OperationKind.Capture => 'C',
        OperationKind.Void => 'V',
        OperationKind.Transfer => 'T',
        _ => 'U',
    };

    /// <summary>The word for the audit's subjects and for texts' keys: "refund".</summary>
    public static string Word(this OperationKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The right to ask for one.</summary>
    public static string RequestRight(this OperationKind kind) => kind switch
    {
        OperationKind.Refund => Permission.RefundsRequest,
        OperationKind.Capture or OperationKind.Void => Permission.PreAuthsRequest,
        OperationKind.Transfer => Permission.TransfersRequest,
        _ => Permission.CardsUnbind,
    };

    /// <summary>It sets money of its order aside until it ends.</summary>
    public static bool Reserves(this OperationKind kind) => kind == OperationKind.Refund;

    /// <summary>It decides what becomes of a held amount: one alone may be open or done per order.</summary>
    public static bool EndsHold(this OperationKind kind) => kind is OperationKind.Capture or OperationKind.Void;

    /// <summary>Whether the provider's document has such an interface.</summary>
    public static bool IsOffered(this OperationKind kind, IPaymentProvider provider) => kind switch
    {
        OperationKind.Refund => provider.Refunds is not null,
        OperationKind.Capture or OperationKind.Void => provider.PreAuthorisations is not null,
        OperationKind.Transfer => provider.Transfers is not null,
        _ => provider.Cards is not null,
    };

    /// <summary>Whether the account may use it: off where no evidence confirms it and nobody switched it on.</summary>
    public static bool IsOn(this OperationKind kind, Account account, IPaymentProvider provider) => kind switch
    {
        OperationKind.Refund => account.IsOn(provider, ProviderInterface.Refunds),
        OperationKind.Capture or OperationKind.Void => account.IsOn(provider, ProviderInterface.PreAuthorisations),
        _ => true,
    };

    /// <summary>How long questions go on before two people have to settle an unknown outcome.</summary>
    public static TimeSpan SettleTime(this OperationKind kind, IPaymentProvider provider) => kind switch
    {
        OperationKind.Refund => provider.Refunds!.SettleTime,
        OperationKind.Capture or OperationKind.Void => provider.PreAuthorisations!.SettleTime,
        OperationKind.Transfer => provider.Transfers!.SettleTime,
        _ => OperationTimes.CardSettleTime,
    };

    /// <summary>Whether the provider answers questions about it at all.</summary>
    public static bool CanAsk(this OperationKind kind, IPaymentProvider provider) =>
        !kind.EndsHold() || provider.PreAuthorisations!.CanQuery;

    /// <summary>Whether the document allows the same number to be sent again after an unknown outcome.</summary>
    public static bool ResendSafe(this OperationKind kind, IPaymentProvider provider) => kind switch
    {
        OperationKind.Refund => provider.Refunds!.ResendSafe,
        OperationKind.Transfer => provider.Transfers!.ResendSafe,
        OperationKind.Unbind => provider.Cards!.ResendSafe,
        _ => false,
    };
}
