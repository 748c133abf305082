using System.Diagnostics;
using System.Text.RegularExpressions;
using MerchantPortal.Portal.Tests.Ui;

namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>The files under version control, and those about to be.</summary>
internal static class SourceTree
{
    /// <summary>For patterns over whole files: no backtracking, no groups but named ones.</summary>
    public const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>Paths from the top of the repository, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = List();

    /// <summary>Files with one of the endings, generated ones left out.</summary>
    public static IEnumerable<string> Written(params string[] endings) => Files.Where(file =>
        endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))
        && !file.Contains("/Migrations/", StringComparison.Ordinal));

    /// <summary>Files below a folder, with one of the endings.</summary>
    public static IEnumerable<string> Under(string folder, params string[] endings) =>
        Written(endings).Where(file => file.StartsWith(folder, StringComparison.Ordinal));

    public static string Text(string file) => Repository.Read(file);

    /// <summary>The C# of a file with comments and strings blanked out; of a .razor file its code block.</summary>
    public static CSharpText Code(string file)
    {
        var text = Text(file);
        if (!file.EndsWith(".razor", StringComparison.Ordinal))
        {
            return new(text);
        }

        var start = text.IndexOf("@code", StringComparison.Ordinal);
        return new(start < 0 ? "" : text[text.IndexOf('{', start)..].Trim()[1..^1]);
    }

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(Repository.Root, file))).Order(StringComparer.Ordinal).ToList();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        files.Count.ShouldBeGreaterThan(100);
        return files;
    }
}
