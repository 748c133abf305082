using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Payments.Providers.LianLianMobile;

/// <summary>One line of a trade or payout file (section 5.2).</summary>
public sealed record LianLianMobileStatementRow
{
    /// <summary>Field 1: the shop's order number; of a refund, the refund's.</summary>
    public required string Number { get; init; }

    /// <summary>Field 2.</summary>
    public required string MerchantId { get; init; }

    /// <summary>Field 3, UTC: the order's time; of a refund, the refund's.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Field 4, six digits, by <see cref="LianLianMobileData.Businesses"/>.</summary>
    public required string Business { get; init; }

    /// <summary>Field 5: LianLian's number; of a refund, the shop's number of the refunded order.</summary>
    public required string Reference { get; init; }

    /// <summary>Field 6: LianLian's clearing day.</summary>
    public required DateOnly ClearedOn { get; init; }

    /// <summary>Field 7, yuan; negative in refunds.</summary>
    public required Money Amount { get; init; }

    /// <summary>Field 8: false is "0", received; true is "1", paid out.</summary>
    public required bool IsOut { get; init; }

    /// <summary>Field 9: "5", refunded; else "0". The payment of a refunded order can have it too.</summary>
    public required bool IsMarkedRefunded { get; init; }

    /// <summary>Field 10, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Field 11, yuan; not positive in refunds.</summary>
    public required Money Fee { get; init; }

    /// <summary>Field 12, one of <see cref="LianLianMobileData.Products"/>.</summary>
    public required string Product { get; init; }

    /// <summary>Field 13, one of <see cref="LianLianMobileData.Methods"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Field 14: the order's text, commas and all. It may name people.</summary>
    public required string Description { get; init; }

    /// <summary>Of payouts: the payee's bank.</summary>
    public string PayeeBank { get; init; } = "";

    /// <summary>Of payouts: the last four characters of the payee's account.</summary>
    public string PayeeAccountEnd { get; init; } = "";

    /// <summary>Of payouts: the payee's name.</summary>
    public string PayeeName { get; init; } = "";

    /// <summary>Money that went back to a payer.</summary>
    public bool IsRefund => IsMarkedRefunded && Amount.Minor < 0;

    /// <summary>
    /// Whether this line proves a refund: its number, its order, and its amount with the sign turned. Anything less
    /// proves nothing.
    /// </summary>
    public bool Proves(RefundRequest refund) =>
        IsRefund && Number == refund.RefundNumber && Reference == refund.Order.MerchantNumber
        && Amount.Currency == refund.Amount.Currency && Amount.Minor == -refund.Amount.Minor;

    /// <summary>Tells nobody's name.</summary>
    public override string ToString() => $"{Number} {Amount}";
}

/// <summary>The sums of a day (section 5.6); an amount that is left empty is nothing.</summary>
/// <param name="Count">All lines.</param>
/// <param name="SucceededCount">Payments that succeeded.</param>
/// <param name="Succeeded">Their sum, yuan.</param>
/// <param name="RefundedCount">Refunds.</param>
/// <param name="Refunded">Their sum, not positive.</param>
/// <param name="CancelledCount">Cancellations.</param>
/// <param name="Cancelled">Their sum, not positive.</param>
public sealed record LianLianMobileSummary(
    int Count, int SucceededCount, Money Succeeded, int RefundedCount, Money Refunded, int CancelledCount,
    Money Cancelled);

/// <summary>What a line of a file turned out to be. The family is closed.</summary>
/// <param name="Line">Its number in the file, from 1, empty lines counted.</param>
public abstract record LianLianMobileStatementLine(int Line)
{
    /// <summary>A trade or a payout.</summary>
    /// <param name="Line">Its number in the file.</param>
    /// <param name="Value">The line's fields.</param>
    public sealed record Row(int Line, LianLianMobileStatementRow Value) : LianLianMobileStatementLine(Line);

    /// <summary>The line of a summary.</summary>
    /// <param name="Line">Its number in the file.</param>
    /// <param name="Value">The sums.</param>
    public sealed record Sums(int Line, LianLianMobileSummary Value) : LianLianMobileStatementLine(Line);

    /// <summary>The title row that may stand first.</summary>
    /// <param name="Line">Its number in the file.</param>
    public sealed record Title(int Line) : LianLianMobileStatementLine(Line);

    /// <summary>
    /// A line that cannot be read for certain. A file with one is not booked before a person has looked.
    /// </summary>
    /// <param name="Line">Its number in the file.</param>
    /// <param name="Why">What is wrong, in words for people; no values.</param>
    public sealed record Fault(int Line, string Why) : LianLianMobileStatementLine(Line);
}
