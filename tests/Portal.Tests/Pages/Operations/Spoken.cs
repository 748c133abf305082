using System.Globalization;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.PreAuths;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Tests.Pages;

/// <summary>The portal's words in each of its languages, outside a page.</summary>
internal static class Spoken
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Names of the standings of kinds that end no hold.</summary>
    public static IEnumerable<string> StandingsWithoutHold { get; } =
        Enum.GetNames<OperationStanding>().Except([nameof(OperationStanding.HoldEnded)]);

    /// <summary>Runs once in every language.</summary>
    public static void InEveryLanguage(Action<IServiceProvider> test)
    {
        var before = CultureInfo.CurrentUICulture;
        using var services = Services();
        try
        {
            foreach (var language in Languages.All)
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                test(services);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Texts of these keys that are not there, in any language.</summary>
    public static IReadOnlyList<string> Missing<TTexts>(IEnumerable<string> keys)
    {
        var missing = new List<string>();
        var all = keys.ToList();
        all.ShouldNotBeEmpty();
        InEveryLanguage(services =>
        {
            var texts = services.GetRequiredService<IStringLocalizer<TTexts>>();
            missing.AddRange(all.Where(key => texts[key].ResourceNotFound)
                .Select(key => $"{CultureInfo.CurrentUICulture.Name} {key}"));
        });
        return missing;
    }

    /// <summary>A sentence that was written, with every place filled.</summary>
    public static void ShouldBeASentence(this string text)
    {
        text.Trim().ShouldNotBeEmpty();
        text.ShouldNotContain("{");
        text.ShouldMatch("[.。！)）”]$");
        text.ShouldNotMatch(@"^(asked|decided|note|bar|why|next|money)\.");
    }

    /// <summary>What a request would meet where one of these people has to approve it within six hours.</summary>
    public static ApprovalOutlook Outlook(params string[] approvers) => new((_, _) =>
        new(ApprovalRule.Usual, approvers, approvers.Length, Noon.AddHours(6)));

    private static ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddLocalization()
        .AddSingleton<TimeProvider>(new StandingClock(Noon))
        .AddSingleton<OperationWords>()
        .AddSingleton<RefundWords>()
        .AddSingleton<TransferWords>()
        .AddSingleton<ApprovalWords>()
        .AddSingleton<PreAuthWords>()
        .BuildServiceProvider();
}
