using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// A provider in memory: hostile, slow, forgetful and without idempotency, by the choices of the running seed. It
/// stands in for the protocol code as well, so that thousands of seeds fit into a minute.
/// </summary>
internal sealed class ModelProvider(SeedClock clock) : IPaymentProvider, IRefunds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The seed that is running.</summary>
    public ModelWorld World { get; set; } = null!;

    public TimeSpan SettleTime => TimeSpan.FromHours(2);

    public bool ResendSafe => false;

    public ProviderDescriptor Descriptor { get; } = new(
        "allinpay", "Model", "MO", "model", "Asia/Shanghai", ["service.allinpay.com"],
        new("https://service.allinpay.com"));

    public ErrorTable Errors { get; } = new([]);

    public IReadOnlyList<KeyPlan> KeyPlans { get; } =
        [new(SignatureMode.Md5, [ProviderKeyKind.SharedSecret])];

    public IMessageSigning Signing { get; } = new NothingSigned();

    public IOrderLookup? Orders => null;

    public IStatements? Statements => null;

    public IRefunds Refunds => this;

    public INotifications? Notifications => null;

    public Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) =>
        ReceiveAsync(new(refund.RefundNumber, refund.Order.MerchantNumber, refund.Amount.Minor), permit);

    public async Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel)
    {
        var (standing, error) = await LookAsync(refund.RefundNumber);
        var transcript = Transcript(bodyStarted: true);
        return (standing, error) switch
        {
            (_, not ProviderError.None) => new QueryAnswer<RefundFacts>.NoAnswer(transcript, error),
            (Standing.InReview, _) => ToldState(transcript, refund, RefundState.InProviderReview),
            (Standing.Done, _) => ToldState(transcript, refund, RefundState.Succeeded),
            (Standing.Refused, _) => ToldState(transcript, refund, RefundState.Failed),
            (Standing.Reversed, _) => ToldState(transcript, refund, RefundState.Reversed),
            _ => new QueryAnswer<RefundFacts>.NotFound(transcript),
        };
    }

    /// <summary>A request on its way: before its body, then its effect, then the way back.</summary>
    private async Task<ProviderOutcome> ReceiveAsync(SentMoney sent, SendPermit permit)
    {
        var name = World.Name(sent.Key);
        await Job.Current!.PauseAsync($"send {name}");
        if (!permit.IsOpen)
        {
            return new ProviderOutcome.NotSent(Transcript(bodyStarted: false), ProviderError.SentTooLate);
        }

        var started = clock.GetTimestamp();
        var fate = World.Choose.Weighted(Fate.Hostile);
        World.Receive(sent, fate);
        await Job.Current.PauseAsync($"answer {name}");

        // A suspended process may read a late answer all the same, since its own timer slept too.
        var tooSlow = clock.GetElapsedTime(started) > Patience && World.Choose.Chance(75);
        return fate.Outcome(Transcript(fate.Told != Told.NotLeft), tooSlow);
    }

    /// <summary>What a question finds; before the end of a seed also old news and no answer.</summary>
    private async Task<(Standing?, ProviderError)> LookAsync(string key)
    {
        var name = World.Name(key);
        await Job.Current!.PauseAsync($"ask {name}");
        var found = World.Found(key);
        await Job.Current.PauseAsync($"told {name}");
        return found;
    }

    private static QueryAnswer<RefundFacts>.Told ToldState(
        Transcript transcript, RefundRequest refund, RefundState state) =>
        new(transcript, new(refund.RefundNumber, refund.Amount, state, state.ToString(), null));

    private Transcript Transcript(bool bodyStarted) => new()
    {
        Interface = "model",
        Address = "https://service.allinpay.com/",
        StartedAt = clock.GetUtcNow(),
        Elapsed = TimeSpan.Zero,
        BodyStarted = bodyStarted,
        RequestSha256 = new string('0', 64),
    };

    /// <summary>A protocol without signatures.</summary>
    private sealed class NothingSigned : IMessageSigning
    {
        public IReadOnlyList<string> Interfaces => [];

        public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices) =>
            new TextReading.Unusable("Nothing is signed here.");
    }
}

/// <summary>Money in a request, as the provider reads it.</summary>
/// <param name="Key">What the provider knows the request by.</param>
/// <param name="Order">The order it speaks of; empty for none.</param>
/// <param name="Minor">How much, in minor units.</param>
internal sealed record SentMoney(string Key, string Order, long Minor);
