using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// A provider with every kind of interface, whose protocol is a few words over a wire in memory, so that thousands of
/// cases fit into a minute. What it does and says is its side's business.
/// </summary>
internal sealed class ModelProvider(TimeProvider time) : IPaymentProvider
{
    private static readonly TimeSpan Settling = TimeSpan.FromHours(2);

    public ModelWire Wire { get; } = new(time);

    public ProviderDescriptor Descriptor { get; } = new(
        "allinpay", "Model", "MO", "model", "Asia/Shanghai", ["service.allinpay.com"],
        new("https://service.allinpay.com"));

    public ErrorTable Errors { get; } = new([]);

    public IReadOnlyList<KeyPlan> KeyPlans { get; } =
        [new(SignatureMode.Md5, [ProviderKeyKind.SharedSecret])];

    public IMessageSigning Signing { get; } = new NothingSigned();

    public IOrderLookup? Orders => null;

    public IStatements? Statements => null;

    public IRefunds Refunds => field ??= new RefundPart(Wire);

    public IPreAuthorisations PreAuthorisations => field ??= new HoldPart(Wire);

    public ITransfers Transfers => field ??= new TransferPart(Wire, time);

    public ICards Cards => field ??= new CardPart(Wire);

    public INotifications? Notifications => null;

    private static QueryAnswer<T> Answer<T>(Transcript transcript, ProviderError error, T? facts) where T : class =>
        error != ProviderError.None ? new QueryAnswer<T>.NoAnswer(transcript, error)
        : facts is null ? new QueryAnswer<T>.NotFound(transcript)
        : new QueryAnswer<T>.Told(transcript, facts);

    private sealed class RefundPart(ModelWire wire) : IRefunds
    {
        public bool ResendSafe => false;

        public TimeSpan SettleTime => Settling;

        public Task<ProviderOutcome> SendAsync(
            ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel) =>
            wire.SendAsync(
                account,
                new(OperationKind.Refund, refund.RefundNumber, refund.Order.MerchantNumber, refund.Amount.Minor),
                permit,
                cancel);

        public async Task<QueryAnswer<RefundFacts>> QueryAsync(
            ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel)
        {
            var (transcript, word, error) =
                await wire.AskAsync(account, OperationKind.Refund, refund.RefundNumber, cancel);
            RefundState? state = word switch
            {
                nameof(Standing.InReview) => RefundState.InProviderReview,
                nameof(Standing.Done) => RefundState.Succeeded,
                nameof(Standing.Refused) => RefundState.Failed,
                nameof(Standing.Reversed) => RefundState.Reversed,
                _ => null,
            };
            return Answer(transcript, error, state is { } told
                ? new RefundFacts(refund.RefundNumber, refund.Amount, told, word, null)
                : null);
        }
    }

    private sealed class HoldPart(ModelWire wire) : IPreAuthorisations
    {
        public TimeSpan SettleTime => Settling;

        public bool CanQuery => true;

        public Task<ProviderOutcome> ConfirmAsync(
            ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel) => SendAsync(OperationKind.Capture, account, request, permit, cancel);

        public Task<ProviderOutcome> CancelAsync(
            ProviderAccount account, PreAuthRequest request, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel) => SendAsync(OperationKind.Void, account, request, permit, cancel);

        public async Task<QueryAnswer<PreAuthFacts>> QueryAsync(
            ProviderAccount account, PreAuthRequest request, ProviderKeys keys, CancellationToken cancel)
        {
            var (transcript, word, error) =
                await wire.AskAsync(account, OperationKind.Capture, request.Order.MerchantNumber, cancel);
            return Answer(transcript, error, Enum.TryParse<PreAuthState>(word, out var state)
                ? new PreAuthFacts(request.Order.MerchantNumber, request.Amount, state, word)
                : null);
        }

        private Task<ProviderOutcome> SendAsync(
            OperationKind kind, ProviderAccount account, PreAuthRequest request, SendPermit permit,
            CancellationToken cancel)
        {
            var order = request.Order.MerchantNumber;
            return wire.SendAsync(account, new(kind, order, order, request.Amount.Minor), permit, cancel);
        }
    }

    private sealed class TransferPart(ModelWire wire, TimeProvider time) : ITransfers
    {
        public bool ResendSafe => true;

        public TimeSpan SettleTime => Settling;

        public TransferFault Fault(TransferRequest transfer, ProviderAccount account) => TransferFault.None;

        public Task<QueryAnswer<PayeeFacts>> FindPayeeAsync(
            ProviderAccount account, PayeeReference payee, ProviderKeys keys, CancellationToken cancel) =>
            Task.FromResult<QueryAnswer<PayeeFacts>>(new QueryAnswer<PayeeFacts>.Told(
                new()
                {
                    Interface = "model", Address = "", StartedAt = time.GetUtcNow(), Elapsed = TimeSpan.Zero,
                    BodyStarted = true, RequestSha256 = "",
                },
                new(payee.UserId!, "L*")));

        public Task<ProviderOutcome> SendAsync(
            ProviderAccount account, TransferRequest transfer, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel) =>
            wire.SendAsync(
                account,
                new(OperationKind.Transfer, transfer.TransferNumber, transfer.PayeeId, transfer.Amount.Minor),
                permit,
                cancel);

        public async Task<QueryAnswer<TransferFacts>> QueryAsync(
            ProviderAccount account, TransferRequest transfer, ProviderKeys keys, CancellationToken cancel)
        {
            var (transcript, word, error) =
                await wire.AskAsync(account, OperationKind.Transfer, transfer.TransferNumber, cancel);
            return Answer(transcript, error, word == nameof(Standing.Done)
                ? new TransferFacts(
                    transfer.TransferNumber, "model", transfer.Amount, transfer.PayeeId, transcript.StartedAt)
                : null);
        }
    }

    private sealed class CardPart(ModelWire wire) : ICards
    {
        public bool ResendSafe => true;

        public Task<QueryAnswer<CardBinFacts>> FindBankAsync(
            ProviderAccount account, SecretBytes cardNumber, ProviderKeys keys, CancellationToken cancel) =>
            throw new InvalidOperationException("Nobody looks banks up here.");

        /// <summary>A payer of the model has one card, whose agreement has the payer's number.</summary>
        public async Task<QueryAnswer<SignedCardPage>> ListAsync(
            ProviderAccount account, string payerId, int offset, ProviderKeys keys, CancellationToken cancel)
        {
            var (transcript, word, error) = await wire.AskAsync(account, OperationKind.Unbind, payerId, cancel);
            return Answer(transcript, error, new SignedCardPage(
                word == nameof(Standing.Done) ? [] : [new(payerId, "4242", "", "", null, "")], true, null));
        }

        public Task<ProviderOutcome> UnbindAsync(
            ProviderAccount account, CardUnbindRequest request, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel) =>
            wire.SendAsync(
                account, new(OperationKind.Unbind, request.AgreementNumber, request.PayerId, 0), permit, cancel);
    }

    /// <summary>A protocol without signatures.</summary>
    private sealed class NothingSigned : IMessageSigning
    {
        public IReadOnlyList<string> Interfaces => [];

        public TextReading Read(string @interface, string message, SignatureKeyKind key, SigningChoices choices) =>
            new TextReading.Unusable("Nothing is signed here.");
    }
}
