using MerchantPortal.Portal.Features.Cases;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class CaseTextsTests
{
    [Fact]
    public void Every_value_that_pages_write_has_its_text() => Spoken.Missing<CaseTexts>(
    [
        .. Enum.GetNames<CaseKind>().SelectMany(name => new[] { $"kind.{name}", $"say.{name}", $"say.{name}.next" }),
        .. Enum.GetNames<CaseSource>().Select(name => $"source.{name}"),
        .. Enum.GetNames<CaseState>().SelectMany(name => new[] { $"state.{name}", $"empty.{name}" }),
        .. CaseExplanations.Codes.SelectMany(code => new[] { $"why.{code}", $"why.{code}.more" }),
        .. typeof(CaseClosed).GetNestedTypes().Select(type => type.Name).Except(["Done"])
            .Select(name => $"refused.{name}"),
    ]).ShouldBeEmpty();
}
