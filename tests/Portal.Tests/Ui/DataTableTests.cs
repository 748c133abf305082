using AngleSharp.Dom;
using Bunit;
using MerchantPortal.Portal.Ui;
using Microsoft.AspNetCore.Components;

namespace MerchantPortal.Portal.Tests.Ui;

public sealed class DataTableTests : UiContext
{
    static readonly string[] Rows = ["P1", "P2", "P3"];

    [Fact]
    public void The_first_load_shows_rows_in_outline_and_no_foot()
    {
        var table = RenderTable(null);
        table.FindAll(".sk-row").Count.ShouldBe(8);
        table.FindAll("table, .foot").ShouldBeEmpty();
    }

    [Fact]
    public void An_empty_list_shows_what_the_page_says_about_it()
    {
        var table = RenderTable([], p => p.Add(x => x.Empty, "<p id=\"why\">No order matches</p>"));
        table.Find("#why").TextContent.ShouldBe("No order matches");
        table.FindAll("table, .foot").ShouldBeEmpty();
    }

    [Fact]
    public void Rows_carry_their_key_and_the_mark_of_those_already_opened()
    {
        var table = RenderTable(Rows, p => p.Add(x => x.Visited, row => row == "P2"));
        var rows = table.FindAll("tbody tr[data-row]");
        rows.Select(row => row.GetAttribute("data-row")).ShouldBe(Rows);
        rows.Select(row => row.ClassList.Contains("seen")).ShouldBe([false, true, false]);
        table.Find("tbody td").TextContent.Trim().ShouldBe("P1");
    }

    [Fact]
    public void Headers_have_a_scope_and_only_the_sorted_one_says_how()
    {
        var heads = RenderTable(Rows).FindAll("thead th");
        heads.ShouldAllBe(th => th.GetAttribute("scope") == "col");
        heads.Select(th => th.GetAttribute("aria-sort")).ShouldBe([null, "descending"]);
        heads[1].QuerySelector("a")!.GetAttribute("href").ShouldBe("/orders?sort=gross");
        heads[1].ClassList.ShouldContain("r");
    }

    [Fact]
    public void A_reload_keeps_the_old_rows_and_dims_them()
    {
        var table = RenderTable(Rows, p => p.Add(x => x.Loading, true));
        table.Find(".dimmed").QuerySelectorAll("tbody tr[data-row]").Length.ShouldBe(3);
        table.Find("[data-table]").GetAttribute("aria-busy").ShouldBe("true");
    }

    [Fact]
    public void Newer_and_older_are_links_and_end_where_the_list_ends()
    {
        var table = RenderTable(Rows, p => p
            .Add(x => x.OlderHref, "/orders?after=P3").Add(x => x.CountText, "3 of 10,000+")
            .Add(x => x.Totals, "<b id=\"sum\">CNY 1.00</b>"));
        table.Find("a[rel=next]").GetAttribute("href").ShouldBe("/orders?after=P3");
        table.Find("a[rel=next]").GetAttribute("aria-label").ShouldBe("Older");
        table.Find(".foot button[disabled]").GetAttribute("aria-label").ShouldBe("Newer");
        table.Find(".foot [role=status]").TextContent.ShouldBe("3 of 10,000+");
        table.Find(".totals #sum").TextContent.ShouldBe("CNY 1.00");
    }

    [Fact]
    public void Selecting_hands_out_the_keys_one_by_one_and_the_page_at_once()
    {
        IReadOnlySet<string> keys = new HashSet<string>(["P9"]);
        var table = RenderTable(Rows, p => p
            .Add(x => x.SelectedKeys, keys)
            .Add(x => x.SelectedKeysChanged, EventCallback.Factory.Create<IReadOnlySet<string>>(this, k => keys = k)));
        table.FindAll("[data-select-row]")[1].Change(true);
        keys.ShouldBe(["P9", "P2"], ignoreOrder: true);
        table.Find("[data-select-page]").Change(true);
        keys.ShouldBe(["P9", "P1", "P2", "P3"], ignoreOrder: true);
        table.Find("tbody tr[data-row]").GetAttribute("aria-selected").ShouldBe("false");
    }

    [Fact]
    public void A_hidden_column_is_gone_from_head_and_rows()
    {
        var table = RenderTable(Rows, p => p.Add(x => x.HiddenColumns, new HashSet<string>(["gross"])));
        table.FindAll("thead th").Count.ShouldBe(1);
        table.FindAll("tbody tr[data-row]:first-child td").Count.ShouldBe(1);
    }

    IRenderedComponent<DataTable<string>> RenderTable(IReadOnlyList<string>? rows,
        Action<ComponentParameterCollectionBuilder<DataTable<string>>>? more = null) =>
        Render<DataTable<string>>(p =>
        {
            p.Add(x => x.Items, rows).Add(x => x.KeyOf, row => row).Add(x => x.Label, "Orders");
            p.Add<RenderFragment>(x => x.Columns!, builder =>
            {
                builder.OpenComponent<DataColumn<string>>(0);
                builder.AddAttribute(1, "Key", "ids");
                builder.AddAttribute(2, "Title", "Order");
                builder.AddAttribute(3, "ChildContent", (RenderFragment<string>)(row => b => b.AddContent(0, row)));
                builder.CloseComponent();
                builder.OpenComponent<DataColumn<string>>(4);
                builder.AddAttribute(5, "Key", "gross");
                builder.AddAttribute(6, "Title", "Gross");
                builder.AddAttribute(7, "End", true);
                builder.AddAttribute(8, "SortHref", "/orders?sort=gross");
                builder.AddAttribute(9, "Sorted", SortOrderMark.Descending);
                builder.AddAttribute(10, "ChildContent", (RenderFragment<string>)(row => b => b.AddContent(0, row)));
                builder.CloseComponent();
            });
            more?.Invoke(p);
        });
}
