using System.Security.Cryptography;

namespace MerchantPortal.Portal.Shell;

/// <summary>
/// Headers on every answer. Styles may be inline because Radzen positions with style attributes (written deviation);
/// scripts may not, but for the import map, which carries the nonce of its request.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>The nonce of this request, for the import map.</summary>
    public static string Nonce(HttpContext http) => (string)http.Items[nameof(SecurityHeaders)]!;

    public Task InvokeAsync(HttpContext http)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Items[nameof(SecurityHeaders)] = nonce;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
            + "form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        if (!http.Request.Path.StartsWithSegments("/_framework", StringComparison.Ordinal)
            && !http.Request.Path.StartsWithSegments("/css", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-cache, no-store";
            headers.Pragma = "no-cache";
        }

        return next(http);
    }
}
