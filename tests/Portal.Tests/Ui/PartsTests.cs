using Bunit;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Ui;

namespace MerchantPortal.Portal.Tests.Ui;

public sealed class PartsTests : UiContext
{
    public static TheoryData<Meaning> Meanings => [.. Enum.GetValues<Meaning>()];

    public static TheoryData<IconName> Icons => [.. Enum.GetValues<IconName>()];

    [Theory]
    [MemberData(nameof(Meanings))]
    public void A_state_is_told_by_icon_and_word_not_by_colour_alone(Meaning meaning)
    {
        var badge = Render<StatusBadge>(p => p
            .Add(x => x.Meaning, meaning).Add(x => x.Text, "Paid").Add(x => x.Raw, "PS"));
        badge.Find($".tag.{meaning.Class()} svg").GetAttribute("aria-hidden").ShouldBe("true");
        badge.Find(".tag").TextContent.ShouldBe("Paid");
        badge.Find(".raw").TextContent.ShouldBe("PS");
    }

    [Fact]
    public void Every_meaning_has_a_class_and_an_icon_of_its_own()
    {
        var meanings = Enum.GetValues<Meaning>();
        meanings.Select(m => m.Class()).Distinct(StringComparer.Ordinal).Count().ShouldBe(meanings.Length);
        meanings.Select(m => m.Icon()).Distinct().Count().ShouldBe(meanings.Length);
    }

    [Theory]
    [MemberData(nameof(Icons))]
    public void Every_icon_has_an_outline(IconName name) => IconPaths.Of(name).ShouldMatch("^[Mm][0-9. -]");

    [Fact]
    public void Ids_are_shown_in_full_with_a_copy_button_that_says_what_it_copied()
    {
        var ids = Render<IdStack>(p => p
            .Add(x => x.Ours, "P261120K7QF3").Add(x => x.OursHref, "/orders/P261120K7QF3")
            .Add(x => x.Shop, "HP-20261120-004718").Add(x => x.Provider, "LL2026112014328870031"));
        ids.FindAll("dt").Select(dt => dt.TextContent).ShouldBe(["Ours", "Shop", "Prov."]);
        ids.FindAll("dd").Select(dd => dd.TextContent.Trim())
            .ShouldBe(["P261120K7QF3", "HP-20261120-004718", "LL2026112014328870031"]);
        var copies = ids.FindAll("button[data-copy]");
        copies.Select(b => b.GetAttribute("data-copy"))
            .ShouldBe(["P261120K7QF3", "HP-20261120-004718", "LL2026112014328870031"]);
        copies[0].GetAttribute("aria-label").ShouldBe("Copy P261120K7QF3");
        copies[0].GetAttribute("data-said").ShouldBe("P261120K7QF3 copied");
    }

    [Fact]
    public void An_id_that_does_not_exist_yet_has_no_line() =>
        Render<IdStack>(p => p.Add(x => x.Ours, "P261120K7QF3")).FindAll("dt").Count.ShouldBe(1);

    [Fact]
    public void A_filter_is_taken_off_by_a_link_and_all_of_them_by_another()
    {
        var bar = Render<FilterBar>(p => p
            .Add(x => x.ClearHref, "/orders")
            .AddChildContent<FilterChip>(c => c
                .Add(x => x.Name, "Account").Add(x => x.Value, "HK store").Add(x => x.RemoveHref, "/orders?from=1"))
            .Add(x => x.AddMenu, "<a href=\"/orders?currency=\">Currency</a>"));
        var remove = bar.Find(".chip a.x");
        remove.GetAttribute("href").ShouldBe("/orders?from=1");
        remove.GetAttribute("aria-label").ShouldBe("Remove the filter Account");
        bar.Find(".chip b").TextContent.ShouldBe("HK store");
        bar.Find("a.btn").GetAttribute("href").ShouldBe("/orders");
        bar.Find("details summary").TextContent.Trim().ShouldBe("Filter");
    }

    [Fact]
    public void A_bar_without_filters_offers_nothing_to_clear() =>
        Render<FilterBar>().FindAll("a").ShouldBeEmpty();

    [Fact]
    public void The_current_tab_is_marked_for_everybody()
    {
        TabLink[] tabs = [new("All", "/orders", "4,812"), new("Unknown", "/orders?unknown", "2", Meaning.Unknown)];
        var nav = Render<Tabs>(p => p.Add(x => x.Items, tabs).Add(x => x.Current, tabs[1]).Add(x => x.Label, "State"));
        nav.FindAll("a").Select(a => a.GetAttribute("aria-current")).ShouldBe([null, "page"]);
        nav.Find("a .n.unknown").TextContent.ShouldBe("2");
    }

    [Fact]
    public void A_meter_says_its_figures_in_words_and_never_overflows()
    {
        var meter = Render<Meter>(p => p
            .Add(x => x.Whole, 48600).Add(x => x.Words, "JPY 8,600 of 48,600")
            .Add(x => x.Parts, [new MeterPart(8600, Meaning.Ended), new MeterPart(long.MaxValue)]));
        meter.Find("[role=img]").GetAttribute("aria-label").ShouldBe("JPY 8,600 of 48,600");
        meter.FindAll("i").Select(i => i.GetAttribute("style")).ShouldBe(["width:17.6%", "width:100.0%"]);
    }

    [Fact]
    public void A_step_says_where_it_lies_without_its_colour()
    {
        var track = Render<Track>(p => p.Add(x => x.Label, "Progress")
            .AddChildContent<TrackStep>(s => s.Add(x => x.State, StepState.Past).Add(x => x.Title, "Sent"))
            .AddChildContent<TrackStep>(s => s
                .Add(x => x.State, StepState.Now).Add(x => x.Title, "Outcome unknown")
                .Add(x => x.Meaning, Meaning.Unknown)));
        track.FindAll("b").Select(b => b.TextContent).ShouldBe(["Sent, done", "Outcome unknown, now"]);
        track.Find("li.on.unknown").GetAttribute("aria-current").ShouldBe("step");
    }

    [Fact]
    public void A_raw_message_colours_names_and_marks_what_differs()
    {
        const string text = """{"amount": 48600, "note": "a \"b\": c"}""";
        var spans = CodeSpan.Split(text, [new CodeMark(text.IndexOf("48600", StringComparison.Ordinal), 5)]);
        string.Concat(spans.Select(s => s.Text)).ShouldBe(text);
        spans.Where(s => s.Css == "k").Select(s => s.Text).ShouldBe(["\"amount\"", "\"note\""]);
        spans.Single(s => s.Marked).Text.ShouldBe("48600");
        spans.ShouldContain(s => s.Css == "s" && s.Text == "\"a \\\"b\\\": c\"");
    }

    [Fact]
    public void A_raw_message_is_text_and_never_markup() =>
        Render<CodeBlock>(p => p.Add(x => x.Text, "<img src=x>").Add(x => x.Label, "Answer"))
            .FindAll("img").ShouldBeEmpty();

    [Theory]
    [InlineData("陈伟 Chen Wei", "CW")]
    [InlineData("Li Jing 李静", "LJ")]
    [InlineData("陈伟", "陈")]
    [InlineData("madonna", "M")]
    [InlineData("", "")]
    public void Initials_are_taken_from_the_Latin_name_where_there_is_one(string name, string initials) =>
        Initials.Of(name).ShouldBe(initials);

    [Fact]
    public void A_menu_line_without_its_right_is_absent_and_so_is_a_group_left_empty()
    {
        NavItem[] items =
        [
            new("", "nav.home", "/", IconName.Home, Key: 'h'),
            new("nav.group.work", "nav.unknown", "/unknown", IconName.Ask, Counter: "unknown") { IsAlarming = true },
            new("nav.group.control", "nav.keys", "/keys", IconName.Key, Permission: "keys.read"),
        ];
        var menu = Render<NavMenu>(p => p
            .Add(x => x.Items, items).Add(x => x.May, right => right != "keys.read")
            .Add(x => x.Counters, new Dictionary<string, int> { ["unknown"] = 2 }));
        menu.FindAll("h2").Select(h => h.TextContent).ShouldBe(["Work"]);
        menu.FindAll("a").Select(a => a.GetAttribute("href")).ShouldBe(["/", "/unknown"]);
        menu.Find(".n.hot").TextContent.ShouldBe("2");
        menu.Find("[data-go=h]").GetAttribute("aria-current").ShouldBe("page");
    }

    [Theory]
    [InlineData("P261120K7QF3", true)]
    [InlineData(" HP-20261120-004718\n", true)]
    [InlineData("two words 2026", false)]
    [InlineData("abcdefghij", false)]
    [InlineData("https://example.test/2026", false)]
    [InlineData(null, false)]
    public void Only_what_looks_like_an_id_is_taken_from_the_clipboard(string? text, bool isId) =>
        CommandPalette.LooksLikeId(text).ShouldBe(isId);
}
