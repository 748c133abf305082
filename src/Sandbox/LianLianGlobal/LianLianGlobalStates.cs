using MerchantPortal.Sandbox.Faults;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>The states of a payment (document 5.1) and the road from creation to its end.</summary>
static class PaymentStates
{
    public const string Initialised = "IN";
    public const string Waiting = "WP";
    public const string Processing = "PP";
    public const string Cancelled = "PC";
    public const string Succeeded = "PS";
    public const string Failed = "PF";
    public const string RefundProcessing = "RP";
    public const string Refunded = "RS";
    public const string PartRefunded = "PR";
    public const string ChargedBack = "CB";

    /// <summary>The states that a payment can be put into; those of refunds follow from its refunds.</summary>
    public static bool CanBeOrdered(string? state) => state is Initialised or Waiting or Processing or Cancelled
        or Succeeded or Failed or ChargedBack;

    /// <summary>The state before refunds are looked at.</summary>
    public static string OwnStateAt(LianLianGlobalPayment payment, DateTimeOffset now) =>
        payment.ForcedState ?? Road.At(RoadTo(payment.End), payment.CreatedAt, payment.Step, now);

    /// <summary>When the payment was made; null when it was not.</summary>
    public static DateTimeOffset? PaidAt(LianLianGlobalPayment payment, DateTimeOffset now) =>
        OwnStateAt(payment, now) is not (Succeeded or ChargedBack) ? null
        : payment.PaidAt ?? payment.CreatedAt + (payment.Step * (RoadTo(Succeeded).Length - 1));

    /// <summary>How long after its creation a payment that pays itself is paid.</summary>
    public static TimeSpan TimeToPay(TimeSpan step) => step * (RoadTo(Succeeded).Length - 1);

    public static string StateAt(
        LianLianGlobalPayment payment, IEnumerable<LianLianGlobalRefund> refunds, DateTimeOffset now)
    {
        var own = OwnStateAt(payment, now);
        if (own != Succeeded) return own;
        var states = refunds.Select(refund => (refund.Amount, State: RefundStates.StateAt(refund, now))).ToList();
        var returned = states.Where(refund => refund.State == RefundStates.Succeeded).Sum(refund => refund.Amount);
        if (states.Exists(refund => RefundStates.IsUnderWay(refund.State))) return RefundProcessing;
        return returned == 0 ? Succeeded : returned == payment.Amount ? Refunded : PartRefunded;
    }

    static string[] RoadTo(string end) => end switch
    {
        Succeeded or Failed => [Initialised, Waiting, Processing, end],
        Cancelled => [Initialised, Waiting, Cancelled],
        _ => [Initialised, Waiting],
    };
}

/// <summary>The states of a refund (document 5.2, and RP of the later documents) and the road to its end.</summary>
static class RefundStates
{
    public const string PendingApproval = "PA";
    public const string Processing = "RP";
    public const string Waiting = "WR";
    public const string Succeeded = "RS";
    public const string Failed = "RF";
    public const string Cancelled = "RC";

    public static bool IsState(string? state) =>
        state is PendingApproval or Processing or Waiting or Succeeded or Failed or Cancelled;

    public static string StateAt(LianLianGlobalRefund refund, DateTimeOffset now) =>
        refund.ForcedState ?? Road.At(RoadTo(refund.End), refund.AcceptedAt, refund.Step, now);

    public static bool IsUnderWay(string state) => state is PendingApproval or Processing or Waiting;

    /// <summary>Whether the amount counts against the payment: all but the refunds that ended without money.</summary>
    public static bool HoldsAmount(string state) => state is not (Failed or Cancelled);

    static string[] RoadTo(string end) => end switch
    {
        PendingApproval => [PendingApproval],
        Waiting or Cancelled => [PendingApproval, end],
        _ => [PendingApproval, Processing, end],
    };
}

/// <summary>One state further each time a step has passed.</summary>
static class Road
{
    public static string At(string[] road, DateTimeOffset start, TimeSpan step, DateTimeOffset now) =>
        road[(int)Math.Clamp((now - start).Ticks / step.Ticks, 0, road.Length - 1)];
}

/// <summary>Amounts whose last two digits order a known outcome; README.md has the table.</summary>
static class LianLianGlobalTriggers
{
    public static Fault? FaultOfRefund(long amount) => (amount % 100) switch
    {
        71 => new Fault(FaultKind.Lost),
        72 => new Fault(FaultKind.Dropped),
        73 => new Fault(FaultKind.Error500Done),
        74 => new Fault(FaultKind.Refuse) { Code = "NON_REFUNDABLE_ORDER" },
        79 => new Fault(FaultKind.WrongSignature),
        80 => new Fault(FaultKind.UnknownDone),
        81 => new Fault(FaultKind.Refuse) { Code = "INSUFFICIENT_BALANCE" },
        _ => null,
    };

    public static string EndOfRefund(long amount) => (amount % 100) switch
    {
        75 => RefundStates.Failed,
        76 => RefundStates.Cancelled,
        77 => RefundStates.Waiting,
        78 => RefundStates.PendingApproval,
        _ => RefundStates.Succeeded,
    };

    public static Fault? FaultOfPayment(long amount) => (amount % 100) switch
    {
        94 => new Fault(FaultKind.Refuse) { Code = "CUSTOMER_HAS_RESTRICTIONS" },
        95 => new Fault(FaultKind.Lost),
        96 => new Fault(FaultKind.Refuse) { Code = "ERROR_DURING_ORDER_PROCESSING" },
        _ => null,
    };

    public static string EndOfPayment(long amount) => (amount % 100) switch
    {
        91 => PaymentStates.Succeeded,
        92 => PaymentStates.Failed,
        93 => PaymentStates.Cancelled,
        _ => PaymentStates.Waiting,
    };
}
