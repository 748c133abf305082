using MerchantPortal.Portal.Work;

namespace MerchantPortal.Portal.Features.Orders;

/// <summary>Asks about single orders, watches their windows and reads statements, side by side.</summary>
public sealed class OrderWorker(
    OrderAsker asker, OrderWindows windows, StatementReader statements,
    ChangeFeed changes, TimeProvider time, ILogger<OrderWorker> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var loop = new Loop(changes, time, log);
        await Task.WhenAll(
            loop.RunAsync(asker.AskNextAsync, "order", stoppingToken),
            loop.RunAsync(windows.LookAsync, "schedule", stoppingToken),
            loop.RunAsync(statements.ReadNextAsync, "schedule", stoppingToken));
    }
}
