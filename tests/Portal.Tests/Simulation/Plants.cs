using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>Bugs that others have had, put in from outside.</summary>
internal static class Plants
{
    public static Plant RetryOnTimeout { get; } = new("a request without an answer is sent again")
    {
        Provider = inner => new BentProvider(inner)
        {
            Send = async send =>
            {
                var first = await send();
                return first is ProviderOutcome.Unknown ? await send() : first;
            },
        },
    };

    public static Plant FaultIsFailure { get; } = new("a fault of the provider's own counts as failed")
    {
        Provider = inner => new BentProvider(inner)
        {
            Send = async send => await send() is var outcome && outcome is ProviderOutcome.Unknown
            { Error: ProviderError.ProviderFault } unknown
                ? new ProviderOutcome.Refused(unknown.Transcript, unknown.Error)
                : outcome,
        },
    };

    public static Plant NotFoundIsFailure { get; } = new("not found counts as failed")
    {
        Provider = inner => new BentProvider(inner)
        {
            Query = (refund, answer) => answer is QueryAnswer<RefundFacts>.NotFound
                ? new QueryAnswer<RefundFacts>.Told(
                    answer.Transcript, new(refund.RefundNumber, refund.Amount, RefundState.Failed, "none", null))
                : answer,
        },
    };

    public static Plant AcceptedIsDone { get; } = new("taken on counts as done")
    {
        Provider = inner => new BentProvider(inner)
        {
            Send = async send => await send() is var outcome && outcome is ProviderOutcome.Accepted
                ? new ProviderOutcome.Done(outcome.Transcript)
                : outcome,
        },
    };

    public static Plant LateSend { get; } = new("a claim of any age is sent")
    {
        Provider = inner => new BentProvider(inner) { Permit = () => SendPermit.ForQuestions(TimeProvider.System) },
        From = 620,
    };

    public static Plant LeaseRanOutIsReady { get; } = new("a claim whose lease ran out is ready again")
    {
        Sql = """
            CREATE TRIGGER planted AFTER UPDATE ON operations
            WHEN OLD."State" = 'Sending' AND NEW."State" = 'Unknown' AND NEW."LeaseUntil" IS NOT NULL
            BEGIN UPDATE operations SET "State" = 'Ready' WHERE "Id" = NEW."Id"; END
            """,
    };

    public static Plant NothingReserved { get; } = new("no money is set aside while a request waits")
    {
        Sql = """
            CREATE TRIGGER planted AFTER INSERT ON operations
            BEGIN UPDATE order_balances SET "Reserved" = 0 WHERE "OrderId" = NEW."OrderId"; END
            """,
    };

    public static Plant PolicyForgotten { get; } = new("a large amount needs one person only")
    {
        Sql = "DELETE FROM policy_tiers",
    };

    public static Plant NoCoolingOff { get; } = new("what can be recalled is sent at once")
    {
        Sql = """
            CREATE TRIGGER planted AFTER UPDATE ON operations
            WHEN OLD."State" = 'PendingApproval' AND NEW."State" = 'Ready'
            BEGIN UPDATE operations SET "NotBefore" = 0 WHERE "Id" = NEW."Id"; END
            """,
    };

    public static Plant OneSettles { get; } = new("one person's word settles")
    {
        Sql = """
            CREATE TRIGGER planted AFTER INSERT ON changes WHEN NEW."OperationId" IS NOT NULL
            BEGIN UPDATE operations SET "State" = 'ResolvedFailed', "Version" = "Version" + 1
                WHERE "Id" = NEW."OperationId"; END
            """,
    };

    public static Plant FreedAtOnce { get; } = new("what people found undone is free at once")
    {
        Sql = """
            CREATE TRIGGER planted AFTER UPDATE ON operations
            WHEN OLD."State" = 'NeedsPerson' AND NEW."State" = 'ResolvedFailed'
            BEGIN UPDATE order_balances SET "Reserved" = "Reserved" - NEW."AmountMinor"
                WHERE "OrderId" = NEW."OrderId" AND NEW."Kind" = 'Refund'; END
            """,
    };

    public static Plant OutsideUnseen { get; } = new("a refund that nobody asked for opens no case")
    {
        Sql = "CREATE TRIGGER planted AFTER INSERT ON cases BEGIN DELETE FROM cases WHERE \"Id\" = NEW.\"Id\"; END",
    };

    public static Plant NewsIsProof { get; } = new("a call confirms money that went out")
    {
        Sql = """
            CREATE TRIGGER planted AFTER INSERT ON inbound
            BEGIN UPDATE operations SET "State" = 'Succeeded', "Version" = "Version" + 1
                WHERE "OrderId" = NEW."OrderId" AND "Kind" = 'Refund' AND "State" = 'Unknown'; END
            """,
    };

    public static Plant SealForgotten { get; } = new("a node without its anchor sends") { ForgetsSeal = true };

    public static IReadOnlyList<Plant> All { get; } =
    [
        RetryOnTimeout, FaultIsFailure, NotFoundIsFailure, AcceptedIsDone, LateSend, LeaseRanOutIsReady,
        NothingReserved, PolicyForgotten, NoCoolingOff, OneSettles, FreedAtOnce, OutsideUnseen, NewsIsProof,
        SealForgotten,
    ];

    /// <summary>Stands between the portal and the model, and gets one thing wrong.</summary>
    private sealed class BentProvider(ModelProvider inner) : IPaymentProvider, IRefunds
    {
        public Func<Func<Task<ProviderOutcome>>, Task<ProviderOutcome>> Send { get; init; } = send => send();

        public Func<RefundRequest, QueryAnswer<RefundFacts>, QueryAnswer<RefundFacts>> Query { get; init; } =
            (_, answer) => answer;

        public Func<SendPermit>? Permit { get; init; }

        public ProviderDescriptor Descriptor => inner.Descriptor;

        public ErrorTable Errors => inner.Errors;

        public IReadOnlyList<KeyPlan> KeyPlans => inner.KeyPlans;

        public IMessageSigning Signing => inner.Signing;

        public IOrderLookup? Orders => inner.Orders;

        public IStatements? Statements => inner.Statements;

        public IRefunds Refunds => this;

        public IPreAuthorisations PreAuthorisations => inner.PreAuthorisations;

        public ITransfers Transfers => inner.Transfers;

        public ICards Cards => inner.Cards;

        public INotifications? Notifications => inner.Notifications;

        public bool ResendSafe => inner.Refunds.ResendSafe;

        public TimeSpan SettleTime => inner.Refunds.SettleTime;

        public Task<ProviderOutcome> SendAsync(
            ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit,
            CancellationToken cancel) =>
            Send(() => inner.Refunds.SendAsync(account, refund, keys, Permit?.Invoke() ?? permit, cancel));

        public async Task<QueryAnswer<RefundFacts>> QueryAsync(
            ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel) =>
            Query(refund, await inner.Refunds.QueryAsync(account, refund, keys, cancel));
    }
}
