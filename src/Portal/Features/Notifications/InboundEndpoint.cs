using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Features.Notifications;

/// <summary>The addresses that providers call: one for each account, with an unguessable part.</summary>
public static class InboundEndpoint
{
    public const int MaxBytes = 64 * 1024;
    private static readonly TimeSpan ReadTime = TimeSpan.FromSeconds(5);

    /// <summary>Path of an account's notification address.</summary>
    public static string Path(string provider, string inboundKey) => $"/inbound/{provider}/{inboundKey}";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbound/{provider}/{inboundKey}", TakeAsync)
        .AllowAnonymous()
        .DisableAntiforgery()
        .RequireRateLimiting(RateLimit);

    /// <summary>Name of the limit on calls that are read at the same time.</summary>
    public const string RateLimit = "inbound";

    private static async Task<IResult> TakeAsync(
        HttpContext http, string provider, string inboundKey, IDbContextFactory<PortalDb> factory,
        AccountDirectory accounts, InboundCommands commands, TimeProvider time)
    {
        await using var db = await factory.CreateDbContextAsync();
        var account = await db.Set<Account>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.InboundKey == inboundKey && row.Provider == provider);
        if (account is null || accounts.Provider(account).Notifications is not { } protocol)
        {
            return Results.NotFound();
        }

        // Nothing is ever unpacked: a small body that grows large is not read at all.
        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        if (await ReadAsync(http, time) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var message = new InboundMessage(
            body,
            http.Request.ContentType ?? "",
            InboundHeaders.Of(http.Request.Headers),
            http.Request.QueryString.Value?.TrimStart('?') ?? "");
        var remote = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var answer = await commands.TakeAsync(account, protocol, message, remote);
        return Results.Text(answer.Body, answer.ContentType, statusCode: answer.Status);
    }

    /// <summary>The whole body, or null when it is too large or too slow.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext http, TimeProvider time)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }

        if (http.Request.ContentLength > MaxBytes)
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(ReadTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
        using var bytes = new MemoryStream();
        try
        {
            var buffer = new byte[8192];
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer, either.Token)) > 0)
            {
                if (bytes.Length + read > MaxBytes)
                {
                    return null;
                }

                bytes.Write(buffer, 0, read);
            }

            return bytes.ToArray();
        }
        catch (Exception fault) when (fault is OperationCanceledException or BadHttpRequestException)
        {
            return null;
        }
    }
}
