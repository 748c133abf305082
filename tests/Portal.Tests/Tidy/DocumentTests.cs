using System.Text.RegularExpressions;
using System.Xml.Linq;
using MerchantPortal.Portal.Tests.Ui;

namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>What the documents and the build settings promise.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void The_readme_names_every_package()
    {
        var table = Repository.Read("README.md");
        var packages = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => $"| {(string?)package.Attribute("Include")} | {(string?)package.Attribute("Version")} |")
            .ToList();
        packages.Count.ShouldBeGreaterThan(10);
        packages.Where(row => !table.Contains(row, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var links =
            from file in SourceTree.Written(".md")
            from match in Link().Matches(SourceTree.Text(file))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            select (file, target, Path: Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target));
        links.ToList().ShouldNotBeEmpty();
        links.Where(link => !Path.Exists(link.Path)).Select(link => $"{link.file}: {link.target}").ShouldBeEmpty();
    }

    /// <summary>
    /// The package feed of this project serves no advisories, so here the audit finds nothing whatever is true.
    /// The setting is kept for feeds that do; this test only keeps it from being lost.
    /// </summary>
    [Fact]
    public void Packages_are_audited_wherever_the_feed_serves_advisories()
    {
        var settings = XDocument.Parse(Repository.Read("Directory.Build.props"));
        string Setting(string name) => settings.Descendants(name).Single().Value;
        Setting("NuGetAudit").ShouldBe("true");
        Setting("NuGetAuditMode").ShouldBe("all");
        Setting("NuGetAuditLevel").ShouldBe("low");
        SourceTree.Written(".csproj", ".props", ".targets")
            .Where(file => Silenced().IsMatch(SourceTree.Text(file))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_has_its_lock_file()
    {
        var projects = SourceTree.Written(".csproj").ToList();
        projects.Count.ShouldBeGreaterThan(5);
        projects.Where(project => !SourceTree.Files.Contains($"{Path.GetDirectoryName(project)}/packages.lock.json"))
            .ShouldBeEmpty();
    }

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)", SourceTree.Plain)]
    private static partial Regex Link();

    [GeneratedRegex(@"NU190\d|NuGetAuditSuppress", SourceTree.Plain)]
    private static partial Regex Silenced();
}
