/// <summary>What the machine has to have, and the Debian package that brings it.</summary>
internal static class Needs
{
    private static readonly (string Package, string[] Checks, Func<bool> Present)[] All =
    [
        ("libsqlite3-0", ["portal", "crashes", "simulate", "browser", "kills"],
            () => Found("/usr/lib", "libsqlite3.so.0")),
        ("openssl", ["portal"], () => OnPath("openssl")),
        ("curl", ["portal"], () => OnPath("curl")),
        ("postgresql", ["portal", "crashes", "kills"], () => PostgresServer.Folder() is not null),
        ("chromium-headless-shell", ["browser"],
            () => File.Exists(Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell")),
        ("fonts-noto-cjk", ["browser"], () => Found("/usr/share/fonts", "NotoSansCJK*")),
    ];

    /// <summary>Installs what is missing where that is allowed, and names what stays missing.</summary>
    public static async Task InstallAsync(Checks run, IReadOnlyList<string> chosen)
    {
        var needed = All.Where(need => need.Checks.Intersect(chosen).Any()).ToList();
        var missing = needed.Where(need => !need.Present()).Select(need => need.Package).ToArray();
        if (missing.Length > 0 && Environment.UserName == "root" && OnPath("apt-get"))
        {
            const string quiet = "DEBIAN_FRONTEND=noninteractive";
            _ = await run.RunAsync("env", quiet, "apt-get", "update", "-q")
                && await run.RunAsync(
                    "env", [quiet, "apt-get", "install", "-q", "-y", "--no-install-recommends", .. missing]);
        }

        foreach (var (package, _, _) in needed.Where(need => !need.Present()))
        {
            Console.WriteLine($"missing: {package}");
        }
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Found(string folder, string file) => Directory.Exists(folder)
        && Directory.EnumerateFiles(folder, file, new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true,
        }).Any();
}
