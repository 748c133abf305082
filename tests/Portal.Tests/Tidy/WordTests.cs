using System.Text.RegularExpressions;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Sandbox;

namespace MerchantPortal.Portal.Tests.Tidy;

/// <summary>Words that must not stand in the code, each with what goes wrong where they do.</summary>
public sealed partial class WordTests
{
    private static readonly System.Reflection.Assembly[] Assemblies =
        [typeof(Money).Assembly, typeof(PortalApp).Assembly, typeof(SandboxApp).Assembly];

    /// <summary>Files in which a save of their own belongs to a commit around it.</summary>
    private static readonly Dictionary<string, int> Saves = new()
    {
        // Identity reads the new user back by its key before the commit ends.
        ["src/Portal/Features/Team/TeamCommands.cs"] = 1,
        // The answer's row must have its key before the attempt points at it.
        ["src/Portal/Features/Orders/OrderAsker.cs"] = 1,
        ["src/Portal/Features/Orders/StatementReader.cs"] = 1,
        // The same news twice in one instant: the row that says so goes before what it changes.
        ["src/Portal/Features/Notifications/InboundCommands.cs"] = 1,
        ["src/Portal/Features/Orders/OrderLearning.cs"] = 1,
    };

    public static TheoryData<string, string> Banned() => new()
    {
        // Binary fractions lose cents.
        { "src/Payments/", @"\b(float|double)\b|\.Total(Days|Hours|Minutes|Seconds|Milliseconds)\b" },
        // Product time comes from a TimeProvider, or tests and fast clocks see another time than the product.
        { "src/", @"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bStopwatch\.GetTimestamp\b|\bEnvironment\.TickCount" },
        // Outside text would become markup.
        { "src/", @"\bMarkupString\b|\bAddMarkupContent\b" },
        // What is not finished is not there.
        { "src/", @"\bNotImplementedException\b" },
        // A wait is for a condition; looking again after some milliseconds is part of that.
        { "tests/", @"\bNotImplementedException\b|\bSkip\s*=|\bThread\.Sleep\b|\bTask\.Delay\(\s*\d{3}" },
    };

    [Theory]
    [MemberData(nameof(Banned))]
    public void Code_keeps_clear_of_what_breaks_silently(string folder, string pattern) =>
        Hits(folder, new Regex(pattern, SourceTree.Plain)).ShouldBeEmpty();

    [Fact]
    public void Saving_happens_in_commits_alone()
    {
        var found = Hits("src/", SaveCall()).Select(hit => hit.Split(':')[0])
            .Where(file => !file.StartsWith("src/Portal/Data/", StringComparison.Ordinal))
            .GroupBy(file => file).ToDictionary(group => group.Key, group => group.Count());
        found.ShouldBe(Saves, ignoreOrder: true);
        foreach (var file in Saves.Keys)
        {
            SourceTree.Text(file).ShouldContain("Commit", Case.Sensitive, file);
        }
    }

    [Fact]
    public void Nothing_is_left_open_in_a_remark()
    {
        // Put together from halves, or this file would find itself.
        var words = string.Join('|', "TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X");
        var open = new Regex($@"\b({words})\b", SourceTree.Plain);
        SourceTree.Written(".cs", ".razor", ".css", ".js", ".md", ".sh", ".targets", ".props", ".csproj", ".yml")
            .Where(file => open.IsMatch(SourceTree.Text(file))).ShouldBeEmpty();
    }

    [Fact]
    public void Types_and_methods_say_what_they_do()
    {
        var types = Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal)).ToList();
        types.Count.ShouldBeGreaterThan(200);
        types.Where(type => EmptyName().IsMatch(type.Name)).Select(type => type.FullName).ShouldBeEmpty();
        types.SelectMany(type => type.GetMethods((System.Reflection.BindingFlags)62))
            .Where(method => EmptyVerb().IsMatch(method.Name) && !IsOverride(method))
            .Select(method => $"{method.DeclaringType}.{method.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_is_a_drawer_for_everything() =>
        SourceTree.Files.SelectMany(file => file.Split('/')[..^1])
            .Where(folder => folder is "Common" or "Shared" or "Infrastructure" or "docs" or "Helpers" or "Utils")
            .ShouldBeEmpty();

    [Fact]
    public void No_path_leads_out_of_the_repository()
    {
        string[] homes = ["/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "/Us" + "ers/", "C:" + "\\"];
        string[] kinds =
            [".cs", ".razor", ".js", ".md", ".sh", ".targets", ".props", ".csproj", ".yml", "Dockerfile", "/run"];
        SourceTree.Written(kinds)
            .Where(file => homes.Any(home => SourceTree.Text(file).Contains(home, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    private static bool IsOverride(System.Reflection.MethodInfo method) => method.GetBaseDefinition() != method;

    private static IEnumerable<string> Hits(string folder, Regex pattern) =>
        from file in SourceTree.Under(folder, ".cs", ".razor")
        let code = SourceTree.Code(file).Code
        from match in pattern.Matches(code)
        select $"{file}:{code[..match.Index].Count(c => c == '\n') + 1} {match.Value}";

    [GeneratedRegex(@"\bSaveChanges(Async)?\s*\(", SourceTree.Plain)]
    private static partial Regex SaveCall();

    [GeneratedRegex(@"(Manager|Helpers?|Util|Utils|Utility|Base|Impl|Process|Processor)(`\d)?$", SourceTree.Plain)]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^(Handle|Process|Manage|DoWork)([A-Z]|$)", SourceTree.Plain)]
    private static partial Regex EmptyVerb();
}
