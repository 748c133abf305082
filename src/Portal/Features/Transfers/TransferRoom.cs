using MerchantPortal.Payments.Amounts;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>
/// What an account's day has used of its limits. What is about to be asked for is taken off as it is judged, so that
/// many transfers at once get no further than the same ones one by one.
/// </summary>
public sealed class TransferRoom(IReadOnlyList<TransferLimit> limits)
{
    private readonly Dictionary<(LimitScope Scope, string Currency, string PayeeId), long> used = [];

    /// <summary>The limits for a payee in a currency with what is used of each.</summary>
    public IReadOnlyList<LimitStanding> Standing(string payeeId, Currency currency) =>
    [
        .. Enum.GetValues<LimitScope>().Select(scope => new LimitStanding(
            scope, Limit(scope, currency), new(used.GetValueOrDefault(Key(scope, currency, payeeId)), currency))),
    ];

    /// <summary>The first limit that the amount would break; null when it fits under all.</summary>
    public LimitStanding? Broken(string payeeId, Money amount) =>
        Standing(payeeId, amount.Currency).FirstOrDefault(limit => amount.Minor > limit.Left.Minor);

    /// <summary>Counts an amount as used.</summary>
    /// <param name="payeeId">To whom.</param>
    /// <param name="amount">How much.</param>
    /// <param name="isOwn">The requester whose limit this room is read for asked for it.</param>
    public void Take(string payeeId, Money amount, bool isOwn = true)
    {
        foreach (var scope in Enum.GetValues<LimitScope>().Where(scope => isOwn || scope != LimitScope.Requester))
        {
            var key = Key(scope, amount.Currency, payeeId);
            used[key] = used.GetValueOrDefault(key) + amount.Minor;
        }
    }

    private static (LimitScope, string, string) Key(LimitScope scope, Currency currency, string payeeId) =>
        (scope, currency.Code, scope == LimitScope.Payee ? payeeId : "");

    private Money Limit(LimitScope scope, Currency currency) =>
        limits.FirstOrDefault(row => row.Scope == scope && row.Currency == currency.Code) is { } set
            ? new(set.Minor, currency)
            : TransferLimit.Usual(scope, currency);
}
