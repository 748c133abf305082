using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers;

/// <summary>How a payee is looked for: the provider's number of the user or an e-mail address.</summary>
/// <param name="UserId">The provider's number of the user; null when the address is used.</param>
/// <param name="Email">The user's e-mail address; null when the number is used.</param>
public sealed record PayeeReference(string? UserId, string? Email)
{
    /// <summary>A person is named by neither, so that one may stand in any text.</summary>
    public override string ToString() => "(payee)";
}

/// <summary>A payee as the provider shows it, for people to compare before anybody confirms.</summary>
/// <param name="UserId">The provider's number of the user; money goes to this.</param>
/// <param name="MaskedName">The name, masked by the provider.</param>
public sealed record PayeeFacts(string UserId, string MaskedName)
{
    /// <summary>Neither number nor name, so that the facts may stand in any text.</summary>
    public override string ToString() => "(payee)";
}

/// <summary>A transfer as it goes to the provider. Every member is fixed before the first byte leaves.</summary>
public sealed record TransferRequest
{
    /// <summary>Our number of the transfer; the same in every repeat.</summary>
    public required string TransferNumber { get; init; }

    /// <summary>What is paid out; positive.</summary>
    public required Money Amount { get; init; }

    /// <summary>The provider's number of the payee.</summary>
    public required string PayeeId { get; init; }

    /// <summary>What the payee reads in the bill.</summary>
    public required string Title { get; init; }

    /// <summary>A remark; empty for none.</summary>
    public string Remark { get; init; } = "";

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Number and amount, without payee, title and remark.</summary>
    public override string ToString() => $"{TransferNumber} {Amount}";
}

/// <summary>A transfer that the provider knows. There is no state: being known is the only sign.</summary>
/// <param name="TransferNumber">Our number, as the provider echoes it.</param>
/// <param name="ProviderNumber">The provider's number.</param>
/// <param name="Amount">The amount it names.</param>
/// <param name="PayeeId">The payee it names.</param>
/// <param name="At">When it was done, UTC.</param>
public sealed record TransferFacts(
    string TransferNumber, string ProviderNumber, Money Amount, string PayeeId, DateTimeOffset At)
{
    /// <summary>Numbers and amount, without the payee.</summary>
    public override string ToString() => $"{TransferNumber} {ProviderNumber} {Amount}";
}

/// <summary>Which part of a transfer is outside the provider's document.</summary>
public enum TransferFault
{
    /// <summary>None is: it may be sent.</summary>
    None,

    /// <summary>Our number.</summary>
    Number,

    /// <summary>The amount or its currency.</summary>
    Amount,

    /// <summary>The payee's number.</summary>
    Payee,

    /// <summary>The title.</summary>
    Title,

    /// <summary>The remark.</summary>
    Remark,
}

/// <summary>Looks payees up, sends transfers and asks about them.</summary>
public interface ITransfers
{
    /// <summary>Whether the document allows the same number to be sent again after an unknown outcome.</summary>
    bool ResendSafe { get; }

    /// <summary>How long questions go on before two people have to settle an unknown outcome.</summary>
    TimeSpan SettleTime { get; }

    /// <summary>
    /// What of a transfer the document does not allow, the first of it; said before anybody is asked, for such a
    /// transfer is never sent.
    /// </summary>
    TransferFault Fault(TransferRequest transfer, ProviderAccount account);

    /// <summary>Asks who a payee is.</summary>
    Task<QueryAnswer<PayeeFacts>> FindPayeeAsync(
        ProviderAccount account, PayeeReference payee, ProviderKeys keys, CancellationToken cancel);

    /// <summary>Sends the transfer, once, and says what its own answer proves.</summary>
    Task<ProviderOutcome> SendAsync(
        ProviderAccount account, TransferRequest transfer, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel);

    /// <summary>
    /// Asks whether the provider knows the transfer. Told only when amount, currency and payee equal ours; not found
    /// is no proof that it will not appear.
    /// </summary>
    Task<QueryAnswer<TransferFacts>> QueryAsync(
        ProviderAccount account, TransferRequest transfer, ProviderKeys keys, CancellationToken cancel);
}
