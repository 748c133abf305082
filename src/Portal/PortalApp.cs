using System.Threading.RateLimiting;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Radzen;

namespace MerchantPortal.Portal;

/// <summary>The composition root, read from top to bottom. Tests start this one, with their own clock.</summary>
public static class PortalApp
{
    /// <param name="options">How it was started.</param>
    /// <param name="folder">The opened data folder.</param>
    /// <param name="time">The product's clock.</param>
    /// <param name="sandbox">Where this process's Sandbox listens; null in the real thing.</param>
    /// <param name="adjust">What a test puts in the place of a provider; nothing in a real start.</param>
    public static WebApplication Build(
        PortalOptions options, DataFolder folder, TimeProvider time, Uri? sandbox,
        Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(
            options.Urls.Replace("localhost:0", "127.0.0.1:0", StringComparison.Ordinal).Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        LogToStandardError(builder.Logging);

        AddData(builder.Services, options, time);
        AddSecurity(builder.Services, options, folder);
        AddProviders(builder.Services, time, sandbox);
        AddWeb(builder.Services);
        foreach (var feature in FeatureCatalog.All)
        {
            feature.Services(builder.Services);
        }

        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        Use(app);
        return app;
    }

    /// <summary>
    /// The same without pages and without a web server, on a data folder that a portal keeps. All background work goes
    /// on in it: whatever several processes do side by side is claimed row by row.
    /// </summary>
    /// <param name="options">How it was started.</param>
    /// <param name="time">The product's clock, the same in every process of the folder.</param>
    /// <param name="sandbox">The one Sandbox that it may speak to; null in the real thing.</param>
    /// <param name="adjust">What a test puts in the place of a service; nothing in a real start.</param>
    public static IHost BuildWorker(
        PortalOptions options, TimeProvider time, Uri? sandbox, Action<IServiceCollection>? adjust = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = typeof(PortalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        LogToStandardError(builder.Logging);
        AddData(builder.Services, options, time);
        AddProviders(builder.Services, time, sandbox);
        foreach (var feature in FeatureCatalog.All)
        {
            feature.Services(builder.Services);
        }

        adjust?.Invoke(builder.Services);
        return builder.Build();
    }

    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
    }

    private static void AddData(IServiceCollection services, PortalOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton(_ => RootKey.Read(options.RootKeyPath));
        services.AddSingleton<KeyVault>();
        services.AddSingleton(_ => new AuditAnchor(options.AnchorPath, time));
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditWatch>();
        services.AddSingleton(_ => new WriterTurn(isNeeded: options.Database == DatabaseKind.Sqlite));
        services.AddSingleton<PortalDbServices>();
        services.AddSingleton(provider => Dialect.Factory(
            options.Database, options.ConnectionString, provider.GetRequiredService<PortalDbServices>()));
        services.AddSingleton<Schema>();
        services.AddSingleton(Computer.This);

        // The machine's own time on purpose: a lock is not held in product time.
        services.AddSingleton(provider =>
            new HostLock(options, provider.GetRequiredService<Computer>(), TimeProvider.System));
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
    }

    private static void AddSecurity(IServiceCollection services, PortalOptions options, DataFolder folder)
    {
        services.AddDataProtection()
            .SetApplicationName("merchant-portal")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder.Path, "keys", "ring")));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(ring =>
                ring.XmlEncryptor = new RingEncryptor(provider.GetRequiredService<RootKey>())));
        services.AddIdentityCore<PortalUser>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.Password.RequiredLength = 12;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
            identity.Password.RequiredUniqueChars = 6;
        });
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
        services.AddSingleton<UserAccounts>();
        services.AddSingleton<SignInThrottle>();
        services.AddScoped<SessionCookieEvents>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            var https = options.Urls.StartsWith("https", StringComparison.OrdinalIgnoreCase);
            cookie.Cookie.Name = https ? "__Host-portal" : "portal";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = SignInCommands.SessionLength;
            cookie.SlidingExpiration = false;
            cookie.EventsType = typeof(SessionCookieEvents);
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<Microsoft.AspNetCore.Authorization.IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddScoped<Microsoft.AspNetCore.Authorization.IAuthorizationHandler, PermissionCheck>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<Microsoft.AspNetCore.Components.Authorization.AuthenticationStateProvider, SessionState>();
        services.AddScoped<CircuitHandler, SessionActivity>();
    }

    private static void AddProviders(IServiceCollection services, TimeProvider time, Uri? sandbox)
    {
        services.AddSingleton(_ => ProviderHttp.Create(time));
        services.AddSingleton(provider => Providers.Catalog(provider.GetRequiredService<ProviderHttp>(), time));
        services.AddSingleton(new SandboxAddress { Origin = sandbox });
        services.AddSingleton<OperationSeal>();
        services.AddSingleton<RefundPolicy>();
        services.AddSingleton<ForgedSample>();
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(localization =>
        {
            localization.SetDefaultCulture(Languages.All[0])
                .AddSupportedCultures([.. Languages.All])
                .AddSupportedUICultures([.. Languages.All]);
            localization.RequestCultureProviders =
                [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        services.AddHttpContextAccessor();
        services.AddScoped<FrameQueries>();
        services.AddScoped<JumpQueries>();
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limits.AddConcurrencyLimiter(InboundEndpoint.RateLimit, limit =>
            {
                limit.PermitLimit = 64;
                limit.QueueLimit = 256;
                limit.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            });
        });
        services.AddRadzenComponents();
        services.AddRazorComponents().AddInteractiveServerComponents();
    }

    private static void Use(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();
        app.UseWhen(
            http => HttpMethods.IsGet(http.Request.Method),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready").AllowAnonymous();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(server => server.DisableWebSocketCompression = true);
        if (app.Services.GetRequiredService<PortalOptions>().Mode != PortalMode.Rehearse)
        {
            app.MapGet("/kit", NoKit).WithOrder(-1).AllowAnonymous();
        }

        foreach (var feature in FeatureCatalog.All)
        {
            feature.Endpoints(app);
        }
    }

    /// <summary>
    /// The kit page is for rehearsal only; a bare 404, since the portal's own page asks for a sign-in.
    /// </summary>
    private static IResult NoKit(HttpContext http)
    {
        http.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>()!.Enabled = false;
        return Results.NotFound();
    }
}
