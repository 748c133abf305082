using MerchantPortal.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Transfers;

/// <summary>
/// What the provider said of a payee, and who looked. Rows are only added. A transfer names one that is fresh, so that
/// somebody has compared the name before money is asked for.
/// </summary>
public sealed class PayeeCheck
{
    /// <summary>How long a check can be asked with; names and accounts change.</summary>
    public static TimeSpan Fresh { get; } = TimeSpan.FromMinutes(15);

    public Guid Id { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>The provider's number of the payee: money goes to this.</summary>
    public string PayeeId { get; init; } = "";

    /// <summary>The name as the provider masks it.</summary>
    public string MaskedName { get; init; } = "";

    /// <summary>The address that was looked for, masked; empty when the number was.</summary>
    public string MaskedEmail { get; init; } = "";

    public DateTimeOffset At { get; init; }
    public Guid PersonId { get; init; }
    public string PersonName { get; init; } = "";

    /// <summary>Somebody's looks that can still be asked with, the newest of each payee.</summary>
    internal static async Task<IReadOnlyDictionary<string, PayeeCheck>> FreshAsync(
        PortalDb db, Guid accountId, Guid personId, DateTimeOffset now)
    {
        var since = now - Fresh;
        var looks = new Dictionary<string, PayeeCheck>();
        foreach (var look in await db.Set<PayeeCheck>().AsNoTracking()
            .Where(row => row.AccountId == accountId && row.PersonId == personId && row.At > since)
            .OrderBy(row => row.At).ThenBy(row => row.Id).ToListAsync())
        {
            looks[look.PayeeId] = look;
        }

        return looks;
    }

    /// <summary>An e-mail address with its first letter and its host alone: "t•••@example.com".</summary>
    public static string Mask(string email)
    {
        var at = email.LastIndexOf('@');
        return at < 1 ? "•••" : $"{char.ConvertFromUtf32(char.ConvertToUtf32(email, 0))}•••{email[at..]}";
    }
}
