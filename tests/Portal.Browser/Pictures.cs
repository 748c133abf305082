using Microsoft.Playwright;

namespace MerchantPortal.Portal.Browser;

/// <summary>Pictures of pages, for people to look at: artifacts of the run, under no version control.</summary>
internal static class Pictures
{
    private static readonly string Root = FindRoot();

    /// <summary>Keeps a picture of the whole page in .artifacts/screenshots.</summary>
    public static Task TakeAsync(IPage page, string name, Look look) => TakeAsync(
        page, Path.Combine(Root, ".artifacts", "screenshots", $"{name}-{look.Name}.png"), fullPage: true);

    /// <summary>Renews the README's picture, only where UPDATE_README_SCREENSHOT=1 asks for it.</summary>
    public static async Task UpdateReadmeAsync(IPage page)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_README_SCREENSHOT") == "1")
        {
            await TakeAsync(page, Path.Combine(Root, ".github", "order.png"), fullPage: false);
        }
    }

    private static Task<byte[]> TakeAsync(IPage page, string file, bool fullPage) =>
        page.ScreenshotAsync(new() { Path = file, FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MerchantPortal.sln")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException("MerchantPortal.sln lies in no folder above.");
        }

        return folder.FullName;
    }
}
