namespace MerchantPortal.Sandbox;

/// <summary>Entry point of the Sandbox as a process of its own.</summary>
public static class SandboxProgram
{
    public static async Task Main(string[] args) => await SandboxApp.Build(args).RunAsync();
}
