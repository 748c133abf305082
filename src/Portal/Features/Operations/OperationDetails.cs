using System.Text.Json;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What a transfer tells its provider besides number, amount and payee.</summary>
/// <param name="Title">What the payee reads in the bill.</param>
/// <param name="Remark">A remark; empty for none.</param>
/// <param name="Reference">The requester's own reference. It is for the people here: no provider is told.</param>
public sealed record TransferDetails(string Title, string Remark, string Reference = "");

/// <summary>Whose card is taken away.</summary>
/// <param name="PayerId">The shop's number of the payer.</param>
/// <param name="Bank">The bank, as it was shown.</param>
/// <param name="LastFour">The last digits, as they were shown.</param>
public sealed record UnbindDetails(string PayerId, string Bank, string LastFour);

/// <summary>What a capture or void tells besides the order.</summary>
/// <param name="PayerId">The shop's number of the payer; empty where the provider does not want it.</param>
public sealed record HoldDetails(string PayerId);

/// <summary>Writes and reads the details of a row. The text is part of the terms, so it is written once.</summary>
public static class OperationDetails
{
    public static string Write<T>(T details) => JsonSerializer.Serialize(details, EvidenceRows.Json);

    /// <exception cref="InvalidOperationException">The row has none: it was not made by a command.</exception>
    public static T Read<T>(string details) => details.Length > 0
        ? JsonSerializer.Deserialize<T>(details, EvidenceRows.Json)!
        : throw new InvalidOperationException($"An operation without its {typeof(T).Name}.");
}
