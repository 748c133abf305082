using System.Text.RegularExpressions;

namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>The budgets of size: a file, a method, a line, a page's dependencies.</summary>
public sealed partial class SizeTests
{
    private const int FileLines = 400;
    private const int MethodLines = 70;
    private const int CodeColumns = 120;
    private const int MarkupColumns = 200;
    private const int Injections = 7;

    /// <summary>One method each, but a table all the same: a drawing per name.</summary>
    private static readonly string[] Tables = ["src/Portal/Ui/IconPaths.cs"];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        SourceTree.Written(".cs", ".razor", ".css", ".js")
            .Select(file => (File: file, Lines: SourceTree.Text(file).Count(c => c == '\n')))
            .Where(size => size.Lines > FileLines)
            .Select(size => $"{size.File}: {size.Lines} lines").ShouldBeEmpty();

    [Fact]
    public void No_method_is_longer_than_70_lines()
    {
        var members = (
            from file in SourceTree.Written(".cs", ".razor").Except(Tables)
            from member in SourceTree.Code(file).Members()
            select (File: file, member.Head, member.Lines)).ToList();
        members.Count.ShouldBeGreaterThan(500);
        members.Where(member => member.Lines > MethodLines)
            .Select(member => $"{member.File}: {member.Head} has {member.Lines} lines").ShouldBeEmpty();
    }

    [Fact]
    public void No_line_is_longer_than_its_kind_of_file_allows()
    {
        var tooLong =
            from file in SourceTree.Written(".cs", ".razor", ".css", ".js")
            let limit = file.EndsWith(".cs", StringComparison.Ordinal) ? CodeColumns : MarkupColumns
            from line in SourceTree.Text(file).Split('\n').Select((text, index) => (text.Length, Number: index + 1))
            where line.Length > limit
            select $"{file}:{line.Number} has {line.Length} columns of {limit}";
        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void No_page_asks_for_more_than_7_services()
    {
        var counts = SourceTree.Under("src/Portal/", ".razor")
            .Select(file => (File: file, Count: Asked(file))).ToList();
        counts.ShouldContain(count => count.Count > 0);
        counts.Where(count => count.Count > Injections)
            .Select(count => $"{count.File}: {count.Count} services").ShouldBeEmpty();
    }

    private static int Asked(string file)
    {
        var behind = $"{file}.cs";
        var text = SourceTree.Text(file) + (SourceTree.Files.Contains(behind) ? SourceTree.Text(behind) : "");
        return Injection().Count(text);
    }

    [GeneratedRegex(@"^@inject\s|\[Inject\b", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Injection();
}
