using Microsoft.Extensions.Localization;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>
/// The words of captures or of voids: under "capture." or "void." where they differ, else those of both. Shared parts
/// of operation pages take them as any other texts.
/// </summary>
internal sealed class HoldTexts(IStringLocalizer texts, string kind) : IStringLocalizer
{
    public LocalizedString this[string name] =>
        texts[$"{kind}.{name}"] is { ResourceNotFound: false } own ? own : texts[name];

    public LocalizedString this[string name, params object[] arguments] =>
        texts[$"{kind}.{name}", arguments] is { ResourceNotFound: false } own ? own : texts[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        texts.GetAllStrings(includeParentCultures);
}
