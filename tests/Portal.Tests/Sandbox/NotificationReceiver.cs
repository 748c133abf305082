using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MerchantPortal.Portal.Tests.Sandbox;

/// <summary>
/// A merchant's address for notifications; answers with the statuses or the texts it was given, then with 200.
/// </summary>
sealed class NotificationReceiver : IAsyncDisposable
{
    readonly WebApplication app;

    NotificationReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Received { get; } = new();

    public ConcurrentQueue<int> Statuses { get; } = new();

    public ConcurrentQueue<string> Answers { get; } = new();

    public string Url => app.Urls.First() + "/notify";

    public static async Task<NotificationReceiver> StartAsync(params int[] statuses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new NotificationReceiver(builder.Build());
        foreach (var status in statuses) receiver.Statuses.Enqueue(status);
        receiver.app.MapPost("/notify", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            receiver.Received.Enqueue(await reader.ReadToEndAsync());
            if (receiver.Answers.TryDequeue(out var text)) return Results.Text(text);
            return Results.StatusCode(receiver.Statuses.TryDequeue(out var status) ? status : 200);
        });
        await receiver.app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
