using MerchantPortal.Portal.Ui;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>One filter in words, and the list without it.</summary>
internal sealed record OrderFilterChip(string Name, string Value, OrderFilter Without);

/// <summary>Says a filter in words.</summary>
internal static class OrderFilterWords
{
    /// <summary>The chips of a filter, in the order of the menu that adds them.</summary>
    public static IReadOnlyList<OrderFilterChip> Of(
        OrderFilter filter, OrderChoices? choices, IStringLocalizer<OrdersTexts> texts)
    {
        var bare = filter with { Cursor = null };
        var account = choices?.Accounts.FirstOrDefault(choice => choice.Id == filter.AccountId)?.Name;
        var provider = choices?.Providers.FirstOrDefault(choice => choice.Key == filter.Provider)?.Name
            ?? filter.Provider;
        (string Key, string? Value, OrderFilter Without)[] all =
        [
            ("search", filter.Search, bare with { Search = null }),
            ("field.created", Days(filter, texts), bare with { From = null, To = null }),
            ("field.account", filter.AccountId is null ? null : account ?? "–", bare with { AccountId = null }),
            ("field.provider", provider, bare with { Provider = null }),
            ("field.state", Word(texts, "state", filter.State), bare with { State = null }),
            ("field.method", filter.Method, bare with { Method = null }),
            ("field.amount", Amounts(filter, texts), bare with { AtLeast = null, AtMost = null }),
            ("field.currency", filter.Currency, bare with { Currency = null }),
            ("field.source", Word(texts, "source", filter.Source), bare with { Source = null }),
        ];
        return [.. all.Where(chip => chip.Value is not null)
            .Select(chip => new OrderFilterChip(texts[chip.Key], chip.Value!, chip.Without))];
    }

    private static string? Word<T>(IStringLocalizer texts, string kind, T? value) where T : struct, Enum =>
        value is { } known ? texts[$"{kind}.{OrderFilter.Word(known)}"].Value : null;

    private static string? Days(OrderFilter filter, IStringLocalizer texts) => (filter.From, filter.To) switch
    {
        (null, null) => null,
        ({ } from, null) => texts["days.from", Day(from)].Value,
        (null, { } to) => texts["days.to", Day(to)].Value,
        ({ } from, { } to) when from == to => Day(from),
        ({ } from, { } to) => $"{Day(from)} – {Day(to)}",
    };

    private static string? Amounts(OrderFilter filter, IStringLocalizer texts) => (filter.AtLeast, filter.AtMost) switch
    {
        (null, null) => null,
        ({ Text: var least }, null) => texts["amount.at-least", least].Value,
        (null, { Text: var most }) => texts["amount.at-most", most].Value,
        ({ Text: var least }, { Text: var most }) => texts["amount.between", least, most].Value,
    };

    private static string Day(DateOnly day) => TimeFormat.Day(day, withYear: true);
}
