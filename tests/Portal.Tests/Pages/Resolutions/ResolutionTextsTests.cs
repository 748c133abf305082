using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Resolutions;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class ResolutionTextsTests
{
    [Fact]
    public void Every_value_that_pages_write_has_its_text() => Spoken.Missing<ResolutionTexts>(
    [
        .. Enum.GetNames<AttentionTab>()
            .SelectMany(name => new[] { $"tab.{name}", $"empty.{name}", $"empty.{name}.why" }),
        .. Enum.GetNames<OperationKind>().Select(name => $"kind.{name}"),
        .. Enum.GetNames<AttentionLevel>().Skip(1).Select(name => $"level.{name}"),
        .. Enum.GetNames<Verdict>().SelectMany(name => new[]
        {
            $"verdict.{name}", $"verdict.{name}.means", $"form.act.{name}",
        }),
        .. Enum.GetNames<SettleBar>().Select(name => $"next.{name}"),
        .. Enum.GetNames<SettleBar>().Skip(1).Select(name => $"bar.{name}"),
        .. Enum.GetNames<Decision>().Select(name => $"decision.{name}"),
    ]).ShouldBeEmpty();

    [Fact]
    public void Only_where_asked_about_do_outcomes_age()
    {
        var now = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
        AttentionLevels.Of(MerchantPortal.Payments.Lifecycles.OperationState.Succeeded, now.AddDays(-40), now)
            .ShouldBe(AttentionLevel.None);
        AttentionLevels.Of(MerchantPortal.Payments.Lifecycles.OperationState.Accepted, now.AddDays(-4), now)
            .ShouldBe(AttentionLevel.None);
        AttentionLevels.Of(MerchantPortal.Payments.Lifecycles.OperationState.Accepted, now.AddDays(-25), now)
            .ShouldBe(AttentionLevel.MustDecide);
        AttentionLevels.Of(MerchantPortal.Payments.Lifecycles.OperationState.Unknown, null, now)
            .ShouldBe(AttentionLevel.None);
    }
}
