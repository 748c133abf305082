using System.Collections.Concurrent;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests;

/// <summary>
/// The transfers of the scripted provider. It knows every payee whose number does not begin with "no".
/// </summary>
public sealed class ScriptedTransfers(TimeProvider time) : ITransfers
{
    private readonly ConcurrentQueue<TransferRequest> sent = new();

    /// <summary>Every transfer that reached the provider, in order.</summary>
    public IReadOnlyCollection<TransferRequest> Sent => sent;

    /// <summary>What the next sends end as; Done when nothing is ordered.</summary>
    public Func<TransferRequest, Transcript, ProviderOutcome> OnSend { get; set; } = (_, transcript) =>
        new ProviderOutcome.Done(transcript)
        {
            ProviderCode = "10000", ProviderNumber = "2026112111000000000000000001",
        };

    /// <summary>What a question about a transfer is answered with.</summary>
    public Func<TransferRequest, Transcript, QueryAnswer<TransferFacts>> OnQuery { get; set; } = (_, transcript) =>
        new QueryAnswer<TransferFacts>.NotFound(transcript) { ProviderCode = "40004 ORDER_NOT_EXIST" };

    /// <summary>What a look for a payee is answered with.</summary>
    public Func<PayeeReference, Transcript, QueryAnswer<PayeeFacts>> OnFind { get; set; } = Known;

    /// <summary>What of a transfer is outside the document; an empty title when nothing is ordered.</summary>
    public Func<TransferRequest, TransferFault> OnFault { get; set; } =
        transfer => transfer.Title.Length == 0 ? TransferFault.Title : TransferFault.None;

    /// <summary>Runs while a send is under way, before its outcome is known.</summary>
    public Func<Task> WhileSending { get; set; } = () => Task.CompletedTask;

    public bool ResendSafe { get; set; } = true;

    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMinutes(30);

    public TransferFault Fault(TransferRequest transfer, ProviderAccount account) => OnFault(transfer);

    public Task<QueryAnswer<PayeeFacts>> FindPayeeAsync(
        ProviderAccount account, PayeeReference payee, ProviderKeys keys, CancellationToken cancel) =>
        Task.FromResult(OnFind(payee, Transcript(bodyStarted: true)));

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, TransferRequest transfer, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        if (!permit.IsOpen)
        {
            return new ProviderOutcome.NotSent(Transcript(bodyStarted: false), ProviderError.SentTooLate);
        }

        await WhileSending();
        var outcome = OnSend(transfer, Transcript(bodyStarted: true));
        if (outcome is not ProviderOutcome.NotSent)
        {
            sent.Enqueue(transfer);
        }

        return outcome;
    }

    public Task<QueryAnswer<TransferFacts>> QueryAsync(
        ProviderAccount account, TransferRequest transfer, ProviderKeys keys, CancellationToken cancel) =>
        Task.FromResult(OnQuery(transfer, Transcript(bodyStarted: true)));

    /// <summary>The answer that the provider knows the transfer just as it was sent.</summary>
    public QueryAnswer<TransferFacts> Told(TransferRequest transfer, Transcript transcript) =>
        new QueryAnswer<TransferFacts>.Told(transcript, new(
            transfer.TransferNumber, "2026112111000000000000000001", transfer.Amount, transfer.PayeeId,
            time.GetUtcNow()))
        {
            ProviderCode = "10000",
        };

    private static QueryAnswer<PayeeFacts> Known(PayeeReference payee, Transcript transcript) =>
        payee.UserId is { } user && !user.StartsWith("no", StringComparison.Ordinal)
            ? new QueryAnswer<PayeeFacts>.Told(transcript, new(user, "T**t"))
            : payee.Email == "test@gmail.com"
                ? new QueryAnswer<PayeeFacts>.Told(transcript, new("BTEST", "T**t"))
                : new QueryAnswer<PayeeFacts>.NotFound(transcript);

    private Transcript Transcript(bool bodyStarted) => new()
    {
        Interface = "scripted transfer",
        Address = "https://service.allinpay.com/",
        StartedAt = time.GetUtcNow(),
        Elapsed = TimeSpan.FromMilliseconds(12),
        BodyStarted = bodyStarted,
        RequestSha256 = new string('0', 64),
    };
}
