using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Work;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>Runs senders, resolvers, the sweep and the expiry of requests side by side.</summary>
public sealed class OperationWorker(
    OperationSender sender, OperationResolver resolver, ApprovalExpiry expiry, ChangeFeed changes, TimeProvider time,
    ILogger<OperationWorker> log) : BackgroundService
{
    private const int Senders = 4;
    private const int Askers = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host is up before the first look, so that a start is never held up by old work.
        await Task.Yield();
        var loop = new Loop(changes, time, log);
        await Task.WhenAll(
        [
            .. Enumerable.Repeat(0, Senders)
                .Select(_ => loop.RunAsync(sender.SendNextAsync, "operation", stoppingToken)),
            .. Enumerable.Repeat(0, Askers)
                .Select(_ => loop.RunAsync(resolver.AskNextAsync, "operation", stoppingToken)),
            loop.RunAsync(_ => sender.SweepAsync(), "operation", stoppingToken),
            loop.RunAsync(_ => expiry.ExpireNextAsync(), "operation", stoppingToken),
        ]);
    }
}
