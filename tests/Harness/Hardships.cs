namespace MerchantPortal.Harness;

/// <summary>
/// What a run suffers besides kills, so that bugs come out which kills alone leave in the dark: processes that stand
/// still for longer than their claims last, and a gateway that now and then points elsewhere.
/// </summary>
internal sealed class Hardships(Bench bench)
{
    private const int ShortestPause = 6;
    private const int LongestPause = 180;

    private static readonly (string Provider, string Interface)[] Interfaces =
    [
        ("allinpay", "refund"), ("lianlian-global", "refund"), ("lianlian-mobile", "refund"),
        ("lianlian-mobile", "preauth-complete"), ("lianlian-mobile", "unbind"), ("bgcpay", "transfer"),
    ];

    /// <summary>The next request to one of the interfaces is answered 307.</summary>
    public Task RedirectAsync(Random random)
    {
        var (provider, @interface) = Interfaces[random.Next(Interfaces.Length)];
        return bench.Sandbox.SendAsync(
            HttpMethod.Post, "/control/faults", new { provider, @interface, kind = "redirect-307", times = 1 });
    }

    /// <summary>Lets a worker stand still in the middle of whatever it does.</summary>
    public async Task PauseAsync(Child worker, Random random, CancellationToken cancel)
    {
        await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 15)), bench.Time, cancel);
        await worker.StopForNowAsync();
        await Task.Delay(TimeSpan.FromSeconds(random.Next(ShortestPause, LongestPause)), bench.Time, cancel);
        await worker.GoOnAsync();
    }

    /// <summary>Requests that followed such a pointer, by the other side's own log.</summary>
    public static async Task<IReadOnlyList<string>> FollowedAsync(HttpClient sandbox) =>
    [
        .. Enumerable.Repeat(
            "HTTP rules: a money request went where an answer pointed",
            (await Kinds.Feed.ReadAsync(sandbox, "/control/calls?interface=redirect-target")).GetArrayLength()),
    ];
}
