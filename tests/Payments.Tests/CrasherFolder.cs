using System.Security.Cryptography;

namespace MerchantPortal.Payments.Tests;

/// <summary>What ever broke a parser or got through, one file each, in the repository.</summary>
internal static class CrasherFolder
{
    public static string Place { get; } = Find();

    /// <summary>The inputs that broke a parser.</summary>
    public static IReadOnlyList<FileInfo> Files =>
        [.. new DirectoryInfo(Place).GetFiles("*.bin").OrderBy(f => f.Name)];

    /// <summary>Keeps an input and tells its file.</summary>
    public static string Keep(string parser, byte[] input)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(input))[..8];
        var file = Path.Combine(Place, $"{parser}-{digest}.bin");
        File.WriteAllBytes(file, input);
        return file;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MerchantPortal.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "Payments.Tests", "crashers");
            }
        }

        throw new DirectoryNotFoundException("MerchantPortal.sln lies in no folder above the tests.");
    }
}
