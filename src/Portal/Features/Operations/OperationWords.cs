using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Ui;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Writes amounts, times and names inside sentences.</summary>
public sealed class OperationWords(IStringLocalizer<OperationTexts> texts, TimeProvider time)
{
    private const int MostNames = 3;

    /// <summary>An amount as plain text, as on a button: "CNY 12.40".</summary>
    public static string Money(Money money) =>
        AmountFormat.Text(money.Minor, money.Currency.Code, money.Currency.Exponent);

    /// <summary>A text that every kind has in common.</summary>
    public string this[string key] => texts[key];

    /// <summary>The time it is.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A deadline: the time alone when it is today, else with its day.</summary>
    public string Minute(DateTimeOffset at, TimeZoneInfo? zone)
    {
        var there = zone ?? TimeZoneInfo.Utc;
        var now = time.GetUtcNow();
        return TimeZoneInfo.ConvertTime(at, there).Date == TimeZoneInfo.ConvertTime(now, there).Date
            ? TimeFormat.Clock(TimeZoneInfo.ConvertTime(at, there), TimeForm.Minute)
            : TimeFormat.Text(at, there, TimeForm.Minute, now);
    }

    /// <summary>An instant to the second: the time alone when it is today, else with its day.</summary>
    public string Second(DateTimeOffset at, TimeZoneInfo? zone)
    {
        var there = zone ?? TimeZoneInfo.Utc;
        var now = time.GetUtcNow();
        var isToday = TimeZoneInfo.ConvertTime(at, there).Date == TimeZoneInfo.ConvertTime(now, there).Date;
        return TimeFormat.Text(at, there, isToday ? TimeForm.Clock : TimeForm.List, now);
    }

    /// <summary>"Li Jing or Zhou Min"; the rest as a count where there are many.</summary>
    public string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => texts["names.none"],
        1 => names[0],
        <= MostNames => texts["names.or", string.Join(texts["names.comma"], names.SkipLast(1)), names[^1]],
        _ => texts[
            "names.more", string.Join(texts["names.comma"], names.Take(MostNames - 1)), names.Count - MostNames + 1],
    };

    /// <summary>How a decision was proven to come from its person.</summary>
    public string Factors(string factors)
    {
        var known = texts[$"factors.{factors}"];
        return known.ResourceNotFound ? factors : known;
    }
}
