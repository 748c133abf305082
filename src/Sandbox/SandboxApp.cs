namespace MerchantPortal.Sandbox;

/// <summary>Builds the Sandbox's web host, for its own process and for hosts inside rehearsal and tests.</summary>
public static class SandboxApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var app = builder.Build();
        app.MapGet("/control/health", () => "ok");
        return app;
    }
}
