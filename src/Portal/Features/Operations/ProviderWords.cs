using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Says what is wrong with a provider.</summary>
public static class ProviderWords
{
    /// <summary>Whose clock is ahead, and by how much: seconds below two minutes, then minutes.</summary>
    public static string Clock(IStringLocalizer<OperationTexts> texts, string name, TimeSpan off, bool isAhead)
    {
        var unit = off < TimeSpan.FromMinutes(2) ? "seconds" : "minutes";
        var count = (long)Math.Round((decimal)off.Ticks
            / (unit == "seconds" ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute));
        return texts[$"provider.clock.{(isAhead ? "ahead" : "behind")}.{unit}", name, count];
    }
}
