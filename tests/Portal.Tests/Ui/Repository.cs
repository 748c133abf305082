namespace MerchantPortal.Portal.Tests.Ui;

/// <summary>Finds the files of the repository that the tests were built from.</summary>
static class Repository
{
    public static readonly string Root = FindRoot();

    public static string Read(params ReadOnlySpan<string> path) => File.ReadAllText(Path.Combine([Root, .. path]));

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MerchantPortal.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("MerchantPortal.sln lies in no folder above the tests.");
    }
}
