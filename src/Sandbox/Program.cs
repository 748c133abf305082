using System.Globalization;

namespace MerchantPortal.Sandbox;

/// <summary>Entry point of the Sandbox as a process of its own.</summary>
public static class SandboxProgram
{
    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        WebApplication app;
        try
        {
            app = SandboxApp.Build(args);
        }
        catch (SandboxOptionsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
        await using (app)
        {
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"address: {app.Urls.First()}");
            await Console.Out.WriteLineAsync("ready");
            await Console.Out.FlushAsync();
            await app.WaitForShutdownAsync();
        }
        return 0;
    }
}
