using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>What somebody asks for, in a dialog or in a row of a file.</summary>
public record TransferTerms
{
    /// <summary>The amount as typed.</summary>
    public required string AmountText { get; init; }

    /// <summary>Code of the currency, one of the account's.</summary>
    public required string Currency { get; init; }

    /// <summary>What the payee reads.</summary>
    public required string Title { get; init; }

    public string Remark { get; init; } = "";

    /// <summary>The requester's own reference, such as an invoice's number; it stays here.</summary>
    public string Reference { get; init; } = "";

    public required string Reason { get; init; }
    public string Comment { get; init; } = "";

    /// <summary>The amount; null when it cannot be read, is not positive or is in no currency of the account.</summary>
    public Money? Amount(Account account) =>
        account.CurrencyList.Any(one => one.Code == Currency)
        && Money.TryParse(AmountText.AsSpan().Trim(), CurrencyOf(account), out var amount) && amount.Minor > 0
            ? amount
            : null;

    /// <summary>The currency that was meant; the account's usual one where it takes no such currency.</summary>
    public Currency CurrencyOf(Account account) =>
        account.CurrencyList.Where(one => one.Code == Currency).DefaultIfEmpty(account.CurrencyList[0]).First();
}

/// <summary>What a requester fills in, and what the page showed while it was filled in.</summary>
public sealed record TransferForm : TransferTerms
{
    /// <summary>Made when the dialog opened; sent twice, it is still one request.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The requester's own look at the payee; it names account and payee.</summary>
    public required Guid CheckId { get; init; }

    /// <summary>The masked name that the requester saw and compared.</summary>
    public required string SeenName { get; init; }

    /// <summary>
    /// Number of the same transfer that the requester was shown and means another one beside; null when none was.
    /// </summary>
    public string? MeansBeside { get; init; }
}

/// <summary>How a request ended. The family is closed.</summary>
public abstract record TransferRequested
{
    public sealed record Asked(Guid Id, string Number) : TransferRequested;

    public sealed record NoRight(string Permission) : TransferRequested;

    /// <summary>There is no such look at a payee, or it is somebody else's.</summary>
    public sealed record NoSuchCheck : TransferRequested;

    /// <summary>The payee was looked at too long ago.</summary>
    public sealed record CheckTooOld(DateTimeOffset At) : TransferRequested;

    /// <summary>The name that the page showed is not the one that was found.</summary>
    public sealed record NameDiffers(string MaskedName) : TransferRequested;

    /// <summary>The provider has no transfers, or this process may not speak to it.</summary>
    public sealed record NotOffered : TransferRequested;

    /// <summary>Not a number, not positive, or more decimals than the currency has.</summary>
    public sealed record AmountUnreadable(Currency Currency) : TransferRequested;

    /// <summary>The provider's document does not allow such a part.</summary>
    public sealed record OutsideDocument(TransferFault Part) : TransferRequested;

    public sealed record ReasonMissing : TransferRequested;

    public sealed record CommentTooLong(int Max) : TransferRequested;

    /// <summary>More than is left of a limit of the day.</summary>
    public sealed record OverLimit(LimitStanding Standing) : TransferRequested;

    /// <summary>The same amount to the same payee waits or just went out.</summary>
    public sealed record TwinFound(string Number, string By, DateTimeOffset At, Money Amount) : TransferRequested;
}
