using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>
/// What an order has besides when its amount is held on the payer's card instead of paid. Whether it still is held is
/// the order's own state.
/// </summary>
public sealed class Hold
{
    public Guid OrderId { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>The shop's number of the payer, as its file tells it; empty where it does not.</summary>
    public string PayerId { get; set; } = "";

    /// <summary>When the amount was authorised, as the shop or the provider tells it.</summary>
    public DateTimeOffset AuthorisedAt { get; init; }

    /// <summary>Until when it has to be captured, by the account's settings of <see cref="HoldTimes"/>.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>How much the shop means to capture, minor units; null while nobody has planned it.</summary>
    public long? PlannedMinor { get; init; }

    /// <summary>When it means to; null where only the amount is planned.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>Who planned it; empty while nobody has.</summary>
    public string PlannedBy { get; init; } = "";

    /// <summary>Changes with the plan, so that a request on older figures is noticed.</summary>
    public int Version { get; init; }

    public static Hold New(Account account, Order order, DateTimeOffset authorisedAt, string payerId = "") => new()
    {
        OrderId = order.Id,
        AccountId = account.Id,
        PayerId = payerId,
        AuthorisedAt = authorisedAt,
        EndsAt = authorisedAt + HoldTimes.Of(account.SettingList, order.Method),
    };

    /// <summary>What is planned, in the order's currency.</summary>
    public Money? Planned(Currency currency) => PlannedMinor is { } minor ? new Money(minor, currency) : null;
}

/// <summary>Writes down that an amount is held, whoever told of it.</summary>
internal static class HoldRows
{
    /// <summary>Makes sure that the order has its hold. What the shop told before stays.</summary>
    public static async Task HoldAsync(this Commit commit, Account account, Order order, DateTimeOffset? authorisedAt)
    {
        if (await commit.Db.Set<Hold>().FindAsync(order.Id) is null)
        {
            commit.Db.Add(Hold.New(account, order, authorisedAt ?? commit.Now));
        }
    }
}
