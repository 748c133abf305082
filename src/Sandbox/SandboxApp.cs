using System.Text.Json.Serialization;
using MerchantPortal.Sandbox.Allinpay;
using MerchantPortal.Sandbox.BgcPay;
using MerchantPortal.Sandbox.Callbacks;
using MerchantPortal.Sandbox.Control;
using MerchantPortal.Sandbox.Faults;
using MerchantPortal.Sandbox.Ledger;
using MerchantPortal.Sandbox.LianLianGlobal;
using MerchantPortal.Sandbox.LianLianMobile;

namespace MerchantPortal.Sandbox;

/// <summary>Builds the Sandbox's web host, for its own process and for hosts inside rehearsal and tests.</summary>
public static class SandboxApp
{
    /// <param name="args">The options of README.md; nothing else is read, neither files nor the environment.</param>
    /// <param name="time">The clock to go by, the machine's own when none is given.</param>
    /// <exception cref="SandboxOptionsException">An option is wrong.</exception>
    public static WebApplication Build(string[] args, TimeProvider? time = null)
    {
        var options = SandboxOptions.Parse(args);
        var journal = new Journal(options.LedgerFile);
        var entries = journal.Read();
        var clock = ClockStart.Continue(journal, entries, options, time ?? TimeProvider.System);
        var allinpay = new AllinpayLedger(journal, options.ReviewStep);
        var lianLianGlobal = new LianLianGlobalLedger(journal, options.ReviewStep);
        var lianLianMobile = new MobileLedger(journal, options.ReviewStep);
        var bgcPay = new BgcPayLedger(journal);
        var callbacks = new CallbackQueue(journal, clock);
        var ledger = new SandboxLedger(journal, [allinpay, lianLianGlobal, lianLianMobile, bgcPay, callbacks]);
        ledger.Replay(entries);

        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ConfigureHost(builder, options);
        var services = builder.Services;
        services.AddSingleton(clock);
        // Made by a factory so that the host closes the file when it goes.
        services.AddSingleton(_ => journal);
        services.AddSingleton(ledger);
        services.AddSingleton(callbacks);
        services.AddSingleton(new FaultBoard(options.Hostile ? new HostileWorld(options.Seed) : null));
        services.AddSingleton<CallLog>();
        services.AddSingleton<FaultyExchange>();
        services.AddAllinpay(allinpay);
        services.AddLianLianGlobal(lianLianGlobal);
        services.AddLianLianMobile(lianLianMobile);
        services.AddBgcPay(bgcPay);
        services.AddHostedService<CallbackSender>();

        var app = builder.Build();
        app.Services.GetRequiredService<Journal>();
        app.MapControl(options);
        app.MapAllinpayControl();
        app.MapLianLianMobileControl();
        app.MapBgcPayControl();
        app.Services.GetRequiredService<AllinpayGateway>().Map(app);
        app.MapLianLianGlobalControl();
        app.Services.GetRequiredService<LianLianGlobalGateway>().Map(app);
        app.Services.GetRequiredService<MobileGateway>().Map(app);
        app.Services.GetRequiredService<BgcPayGateway>().Map(app);
        return app;
    }

    static void ConfigureHost(WebApplicationBuilder builder, SandboxOptions options)
    {
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRouting();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A held connection is no reason to keep a stopping host waiting.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
        });
    }
}
