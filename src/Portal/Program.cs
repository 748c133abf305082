namespace MerchantPortal.Portal;

/// <summary>Entry point of the portal.</summary>
public static class PortalProgram
{
    public static async Task<int> Main(string[] args)
    {
        await PortalApp.Build(args).RunAsync();
        return 0;
    }
}
