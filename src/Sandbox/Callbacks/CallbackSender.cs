using System.Net;
using System.Net.Http.Headers;
using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.Callbacks;

/// <summary>
/// Delivers notifications when they are due. Only HTTP status 200 counts as received, and where the provider asks for
/// an acknowledgement, only with one.
/// </summary>
sealed class CallbackSender(
    CallbackQueue queue, IEnumerable<CallbackRules> rules, FaultBoard faults, TimeProvider clock) : BackgroundService
{
    const int AtOnce = 16;
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LateBy = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, CallbackRules> rules = rules.ToDictionary(rule => rule.Provider);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sender = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        using var http = new HttpClient(sender) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        using var slots = new SemaphoreSlim(AtOnce);
        var underWay = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var (due, next, changed) = queue.Take();
                underWay.AddRange(due.Select(callback => TryAsync(http, slots, callback, stoppingToken)));
                await NextEventAsync(next, [changed, .. underWay], stoppingToken);
                var ended = underWay.Where(task => task.IsCompleted).ToList();
                underWay.RemoveAll(ended.Contains);
                await Task.WhenAll(ended);
            }
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task NextEventAsync(DateTimeOffset? next, Task[] events, CancellationToken stop)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var seen = clock.GetUtcNow();
        var wait = next is { } instant
            ? Task.Delay(Later(instant - seen), clock, wake.Token)
            : Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, wake.Token);
        // A clock that was moved on while the timer was being set would make it ring late: look again instead.
        var moved = clock.GetUtcNow() - seen > TimeSpan.FromMilliseconds(1);
        if (!moved) await Task.WhenAny([wait, .. events]);
        await wake.CancelAsync();
    }

    async Task TryAsync(HttpClient http, SemaphoreSlim slots, Callback callback, CancellationToken stop)
    {
        await slots.WaitAsync(stop);
        try
        {
            await TryAsync(http, callback, stop);
        }
        finally
        {
            slots.Release();
        }
    }

    async Task TryAsync(HttpClient http, Callback callback, CancellationToken stop)
    {
        var rule = rules[callback.Provider];
        var key = $"{callback.MerchantId}/{callback.OrderNo}";
        var fault = faults.Take(callback.Provider, FaultBoard.Notification, callback.OrderNo, key);
        if (fault?.Kind == FaultKind.Late) await Task.Delay(fault.Delay ?? LateBy, clock, stop);

        var (status, problem) = await DeliverAsync(http, rule, callback, fault, stop);
        if (fault?.Kind == FaultKind.Twice)
            (status, problem) = await DeliverAsync(http, rule, callback, fault, stop);
        if (fault?.Kind == FaultKind.Lost) (status, problem) = (0, "the acknowledgement was lost");

        var attempt = callback.Attempts + 1;
        var now = clock.GetUtcNow();
        var isTaken = status == (int)HttpStatusCode.OK && problem is null;
        DateTimeOffset? next = !isTaken && attempt <= rule.Resends.Count
            ? now + rule.Resends[attempt - 1]
            : null;
        queue.Record(callback, new CallbackAttempt(
            callback.Provider, callback.OrderNo, callback.Id, attempt, now, status, problem, next));
    }

    static async Task<(int Status, string? Problem)> DeliverAsync(
        HttpClient http, CallbackRules rule, Callback callback, Fault? fault, CancellationToken stop)
    {
        if (fault?.Kind == FaultKind.Dropped) return (0, "dropped on order");
        // The Sandbox never speaks to anything but this machine, whatever address an order carries.
        if (!Uri.TryCreate(callback.Url, UriKind.Absolute, out var url) || !url.IsLoopback)
            return (0, "the address is not on loopback");
        var shape = AnswerShape.Of(fault);
        if (rule.Compose(callback, shape) is not { } message) return (0, "the order is gone");
        var text = message.Text;
        if (fault?.Kind == FaultKind.Oversized) text += FaultyExchange.Padding(rule.ContentType);

        // Real time, whatever the clock: the receiver's work does not get faster with it.
        using var timeout = new CancellationTokenSource(Timeout);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        using var content = new ByteArrayContent(shape.Charset.GetBytes(text));
        content.Headers.ContentType = message.ContentType is { } type
            ? MediaTypeHeaderValue.Parse(type)
            : new MediaTypeHeaderValue(rule.ContentType, "UTF-8");
        if (message.Query.Length > 0)
            url = new Uri(callback.Url + (url.Query.Length > 0 ? '&' : '?') + message.Query);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        foreach (var (name, value) in message.Headers.Where(header => header.Value.Length > 0))
            request.Headers.Add(name, value);
        try
        {
            using var answer = await http.SendAsync(request, ended.Token);
            var taken = rule.IsAcknowledged(await answer.Content.ReadAsStringAsync(ended.Token));
            return ((int)answer.StatusCode, taken ? null : "the answer does not acknowledge");
        }
        catch (HttpRequestException failed)
        {
            return (0, failed.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (0, "no answer in time");
        }
    }

    static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
}
