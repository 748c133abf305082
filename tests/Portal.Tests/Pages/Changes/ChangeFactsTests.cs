using Bunit;
using MerchantPortal.Portal.Features.Changes;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Tests.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class ChangeFactsTests : UiContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    public ChangeFactsTests()
    {
        Services.AddScoped<OperationWords>();
        Services.AddScoped<ChangeWords>();
    }

    [Fact]
    public void What_changes_stands_beside_what_was_and_the_rest_stands_once()
    {
        var page = Show(Sheet());
        page.Find("s").TextContent.ShouldBe("off");
        page.Markup.ShouldContain("→ on");
        page.FindAll("dd").Select(dd => dd.TextContent.Trim()).ShouldContain("Refunds");
        page.Markup.ShouldContain("One other person who holds changes.confirm confirms.");
    }

    [Fact]
    public void A_third_person_a_hindrance_and_a_document_are_said()
    {
        var page = Show(Sheet() with
        {
            Needed = 2,
            Hindrance = "AskFirst",
            DocumentText = "Ticket 4711",
            DocumentSha256 = new string('a', 64),
        });
        page.Markup.ShouldContain("Two other people who hold changes.confirm confirm.");
        page.Find(".note").TextContent.ShouldContain("The provider has to be asked once more first");
        page.Markup.ShouldContain("Ticket 4711");
        page.FindAll("a[href]").ShouldBeEmpty();
    }

    [Fact]
    public void A_file_is_a_link_to_a_download()
    {
        var page = Show(Sheet() with
        {
            DocumentName = "<b>proof.pdf",
            DocumentSize = 12_345,
            DocumentSha256 = new string('a', 64),
        });
        var link = page.Find("a[href]");
        link.GetAttribute("href").ShouldBe("/changes/G261120K7QF3/document");
        link.TextContent.ShouldBe("<b>proof.pdf");
        page.Markup.ShouldContain("12,345 bytes");
    }

    [Fact]
    public void Every_word_that_pages_write_has_its_text()
    {
        var kinds = new[]
        {
            "account.switch", "role.grant", "operation.resolve", "order.early-request", "policy.tier",
            "approval.delegate", "transfer.limit", "policy.third-person",
        };
        Spoken.Missing<ChangeTexts>(
        [
            .. kinds.Select(kind => $"kind.{kind}"),
            .. Enum.GetNames<ChangeState>().Select(name => $"state.{name}"),
            .. Enum.GetNames<ChangeTab>()
                .SelectMany(name => new[] { $"tab.{name}", $"empty.{name}", $"empty.{name}.why" }),
            .. Enum.GetNames<ChangeAnswer>().Select(name => $"answer.{name}"),
            .. Enum.GetNames<ChangeBar>().Where(name => name != nameof(ChangeBar.None)).Select(name => $"bar.{name}"),
            .. Enum.GetNames<MerchantPortal.Portal.Security.Role>().Select(name => $"value.{name}"),
            .. typeof(Answered).GetNestedTypes().Where(type => type != typeof(Answered.Done))
                .Select(type => $"answered.{type.Name}"),
            .. typeof(Proposed).GetNestedTypes().Select(type => $"proposed.{type.Name}"),
        ]).ShouldBeEmpty();
    }

    private IRenderedComponent<ChangeFacts> Show(ChangeSheet sheet) =>
        Render<ChangeFacts>(parameters => parameters.Add(x => x.Sheet, sheet));

    private static ChangeSheet Sheet() => new()
    {
        Line = new()
        {
            Id = Guid.CreateVersion7(), Number = "G261120K7QF3", Kind = "account.switch", Subject = "account 1000",
            ProposerName = "王磊 Wang Lei", ProposedAt = Noon, ExpiresAt = Noon.AddDays(1),
            State = ChangeState.Waiting, StateAt = Noon, Bar = ChangeBar.None, Version = 0,
        },
        Facts = [new("interface", "Refunds", "Refunds"), new("switch", "off", "on")],
        Comment = "Confirmed by mail.",
        TermsHash = new string('0', 64),
        Needed = 1,
        ConfirmRight = "changes.confirm",
        Votes = [],
        Hindrance = null,
        IsProven = false,
        IsOwn = false,
        OperationNumber = null,
        DocumentName = "",
        DocumentText = "",
        DocumentSize = 0,
        DocumentSha256 = "",
    };
}
