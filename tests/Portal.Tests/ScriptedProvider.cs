using System.Collections.Concurrent;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Tests;

/// <summary>
/// A provider that answers by script: an ordinary class, so that a test can order any outcome at any moment. It keeps
/// what reached it, as the provider's own ledger would.
/// </summary>
public sealed class ScriptedProvider(TimeProvider time)
    : IPaymentProvider, IRefunds, IOrderLookup, IPreAuthorisations
{
    private readonly ConcurrentQueue<RefundRequest> sent = new();
    private readonly ConcurrentQueue<(bool IsVoid, PreAuthRequest Request)> ended = new();

    /// <summary>Every refund that reached the provider, in order.</summary>
    public IReadOnlyCollection<RefundRequest> Sent => sent;

    /// <summary>Every capture and void that reached the provider, in order.</summary>
    public IReadOnlyCollection<(bool IsVoid, PreAuthRequest Request)> Ended => ended;

    /// <summary>What captures and voids end as; done when nothing is ordered.</summary>
    public Func<PreAuthRequest, Transcript, ProviderOutcome> OnEnd { get; set; } =
        (_, transcript) => new ProviderOutcome.Done(transcript) { ProviderCode = "0000" };

    /// <summary>What a question about a hold is answered with.</summary>
    public Func<PreAuthRequest, Transcript, QueryAnswer<PreAuthFacts>> OnHoldQuery { get; set; } =
        (_, transcript) => new QueryAnswer<PreAuthFacts>.NotFound(transcript);

    public bool CanQuery { get; set; } = true;

    public bool NeedsPayer { get; set; }

    /// <summary>What the next sends end as; Accepted when nothing is ordered.</summary>
    public Func<RefundRequest, Transcript, ProviderOutcome> OnSend { get; set; } =
        (_, transcript) => new ProviderOutcome.Accepted(transcript) { ProviderCode = "refundResult 20" };

    /// <summary>What a question about a refund is answered with.</summary>
    public Func<RefundRequest, Transcript, QueryAnswer<RefundFacts>> OnQuery { get; set; } =
        (_, transcript) => new QueryAnswer<RefundFacts>.NotFound(transcript);

    /// <summary>What a question about an order is answered with.</summary>
    public Func<OrderReference, Transcript, QueryAnswer<OrderFacts>> OnFind { get; set; } =
        (_, transcript) => new QueryAnswer<OrderFacts>.NoAnswer(transcript, ProviderError.OrderNotFound);

    /// <summary>Runs while a send is under way, before its outcome is known.</summary>
    public Func<Task> WhileSending { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs while a question is under way.</summary>
    public Func<Task> WhileAsking { get; set; } = () => Task.CompletedTask;

    /// <summary>How far the provider's clock is ahead of ours; null when its answers carry no Date.</summary>
    public TimeSpan? ClockAhead { get; set; }

    public TimeSpan? ClockTolerance { get; set; }

    public TimeSpan SettleTime { get; set; } = TimeSpan.FromHours(2);

    public bool ResendSafe { get; set; }

    public ProviderDescriptor Descriptor { get; } = new(
        "allinpay",
        "Allinpay",
        "AP",
        "scripted",
        "Asia/Shanghai",
        ["service.allinpay.com"],
        new("https://service.allinpay.com"));

    public ErrorTable Errors { get; } = new([]);

    public IReadOnlyList<ProviderSetting> Settings { get; init; } = [];

    public IReadOnlyList<ProviderInterface> Unconfirmed { get; init; } = [];

    public IReadOnlyList<KeyPlan> KeyPlans { get; init; } =
    [
        new(SignatureMode.Rsa, [ProviderKeyKind.SharedSecret, ProviderKeyKind.ProviderPublic]),
        new(SignatureMode.Md5, [ProviderKeyKind.SharedSecret]) { Also = [ProviderKeyKind.ProviderPublic] },
    ];

    public IMessageSigning Signing { get; } = new NothingSigned();

    public IOrderLookup Orders => this;

    public IStatements? Statements => null;

    public IRefunds Refunds => this;

    /// <summary>Its transfers, with a script of their own.</summary>
    public ScriptedTransfers Paying { get; } = new(time);

    public ITransfers Transfers => Paying;

    public IPreAuthorisations PreAuthorisations => this;

    public INotifications? Notifications { get; init; }

    /// <summary>Payers' cards, where a test is about them.</summary>
    public ICards? Cards { get; init; }

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit, CancellationToken cancel)
    {
        if (!permit.IsOpen)
        {
            return new ProviderOutcome.NotSent(Transcript(bodyStarted: false), ProviderError.SentTooLate);
        }

        await WhileSending();
        var outcome = OnSend(refund, Transcript(bodyStarted: true));
        if (outcome is not ProviderOutcome.NotSent)
        {
            sent.Enqueue(refund);
        }

        return outcome;
    }

    public async Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel)
    {
        await WhileAsking();
        return OnQuery(refund, Transcript(bodyStarted: true));
    }

    public Task<ProviderOutcome> ConfirmAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) => EndAsync(request, isVoid: false, permit);

    public Task<ProviderOutcome> CancelAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) => EndAsync(request, isVoid: true, permit);

    public Task<QueryAnswer<PreAuthFacts>> QueryAsync(
        ProviderAccount account, PreAuthRequest request, ProviderKeys keys, CancellationToken cancel) =>
        Task.FromResult(OnHoldQuery(request, Transcript(bodyStarted: true)));

    public Task<QueryAnswer<OrderFacts>> FindAsync(
        ProviderAccount account, OrderReference order, ProviderKeys keys, CancellationToken cancel) =>
        Task.FromResult(OnFind(order, Transcript(bodyStarted: true)));

    /// <summary>An answer about a hold in a state.</summary>
    public static QueryAnswer<PreAuthFacts> Told(
        PreAuthRequest request, Transcript transcript, PreAuthState state, string raw) =>
        new QueryAnswer<PreAuthFacts>.Told(
            transcript, new(request.Order.MerchantNumber, request.Amount, state, raw))
        { ProviderCode = raw };

    /// <summary>An answer about a refund in a state.</summary>
    public static QueryAnswer<RefundFacts> Told(
        RefundRequest refund, Transcript transcript, RefundState state, string raw) =>
        new QueryAnswer<RefundFacts>.Told(transcript, new(refund.RefundNumber, refund.Amount, state, raw, null))
        {
            ProviderCode = raw,
        };

    /// <summary>A transcript whose body did not start, for outcomes that never left.</summary>
    public Transcript Transcript(bool bodyStarted) => new()
    {
        Interface = "scripted",
        Address = "https://service.allinpay.com/",
        StartedAt = time.GetUtcNow(),
        Elapsed = TimeSpan.FromMilliseconds(12),
        BodyStarted = bodyStarted,
        RequestSha256 = new string('0', 64),
        ProviderDate = time.GetUtcNow() + ClockAhead,
    };

    private async Task<ProviderOutcome> EndAsync(PreAuthRequest request, bool isVoid, SendPermit permit)
    {
        if (!permit.IsOpen)
        {
            return new ProviderOutcome.NotSent(Transcript(bodyStarted: false), ProviderError.SentTooLate);
        }

        await WhileSending();
        var outcome = OnEnd(request, Transcript(bodyStarted: true));
        if (outcome is not ProviderOutcome.NotSent)
        {
            ended.Enqueue((isVoid, request));
        }

        return outcome;
    }

    /// <summary>A protocol without signatures: every message is unfit for it.</summary>
    private sealed class NothingSigned : IMessageSigning
    {
        public IReadOnlyList<string> Interfaces => [];

        public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices) =>
            new TextReading.Unusable("Nothing is signed here.");
    }
}
