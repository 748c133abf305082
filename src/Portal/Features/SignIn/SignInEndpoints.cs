using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace MerchantPortal.Portal.Features.SignIn;

/// <summary>The plain form posts around sign-in: cookies cannot be set over a circuit.</summary>
public static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        routes.MapPost("/sign-out", SignOutAsync);
        routes.MapPost("/language", LanguageAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, SignInCommands commands, SignInThrottle throttle, [FromForm] SignInForm form)
    {
        var origin = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var back = PortalUrls.SignIn(PortalUrls.LocalOrHome(form.ReturnUrl), "wrong");
        if (!throttle.Allows(origin))
        {
            return Results.LocalRedirect(PortalUrls.SignIn(PortalUrls.LocalOrHome(form.ReturnUrl), "locked"));
        }

        switch (await commands.SignInAsync(
            form.Email ?? "",
            form.Password ?? "",
            (form.Code ?? "").Replace(" ", "", StringComparison.Ordinal),
            origin))
        {
            case SignedIn.Done done:
                await http.SignInAsync(
                    CookieAuthenticationDefaults.AuthenticationScheme,
                    CurrentActor.ToPrincipal(done.Actor, CookieAuthenticationDefaults.AuthenticationScheme),
                    new AuthenticationProperties { ExpiresUtc = done.ExpiresAt });
                if (Languages.Find(done.Language) is { } language)
                {
                    Speak(http, language);
                }

                return Results.LocalRedirect(PortalUrls.LocalOrHome(form.ReturnUrl));
            case SignedIn.Locked:
                throttle.CountFailure(origin);
                return Results.LocalRedirect(PortalUrls.SignIn(PortalUrls.LocalOrHome(form.ReturnUrl), "locked"));
            default:
                throttle.CountFailure(origin);
                return Results.LocalRedirect(back);
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignInCommands commands, IFormCollection form)
    {
        _ = form;
        await commands.SignOutAsync(CurrentActor.From(http.User));
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect(PortalUrls.SignIn());
    }

    private static async Task<IResult> LanguageAsync(
        HttpContext http, SignInCommands commands, [FromForm] string culture, [FromForm] string? returnUrl)
    {
        if (Languages.Find(culture) is not { } language)
        {
            return Results.BadRequest();
        }

        Speak(http, language);
        if (CurrentActor.From(http.User) is { UserId: not null } actor)
        {
            await commands.ChooseLanguageAsync(actor, language);
        }

        return Results.LocalRedirect(PortalUrls.LocalOrHome(returnUrl));
    }

    private static void Speak(HttpContext http, string language) => http.Response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
        new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Strict,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
        });

    /// <summary>The fields of the sign-in form.</summary>
    public sealed record SignInForm(string? Email, string? Password, string? Code, string? ReturnUrl);
}
