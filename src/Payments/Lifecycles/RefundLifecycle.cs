using static MerchantPortal.Payments.Lifecycles.RefundEvent;
using static MerchantPortal.Payments.Lifecycles.RefundState;

namespace MerchantPortal.Payments.Lifecycles;

/// <summary>
/// What a provider has told of one refund, in the words of all providers. It only says what the provider sees;
/// our own review is a state of the operation and never appears here.
/// </summary>
public enum RefundState
{
    /// <summary>The provider has not told anything yet.</summary>
    NotTold,

    /// <summary>Applied for and not taken up yet (Allinpay TKSUCC0001, LianLian mobile 0).</summary>
    Applied,

    /// <summary>Waits for the provider's own review (LianLian Global PA, Allinpay TKSUCC0002).</summary>
    InProviderReview,

    /// <summary>Waits for the merchant's balance (LianLian Global WR).</summary>
    WaitingForBalance,

    /// <summary>On its way (LianLian Global RP, LianLian mobile 1, Allinpay TKSUCC0003 and 0005).</summary>
    Processing,

    /// <summary>The payer has the money back (RS, 2, TKSUCC0006).</summary>
    Succeeded,

    /// <summary>It will not happen (RF, RC, 3, TKSUCC0007 and 0008).</summary>
    Failed,

    /// <summary>Reversed after the fact (Allinpay TKSUCC0004): a person looks at it.</summary>
    Reversed,
}

/// <summary>A provider's word about a refund.</summary>
public enum RefundEvent
{
    /// <summary>Applied for.</summary>
    ToldApplied,

    /// <summary>In the provider's review.</summary>
    ToldInReview,

    /// <summary>Waiting for balance.</summary>
    ToldWaitingForBalance,

    /// <summary>On its way.</summary>
    ToldProcessing,

    /// <summary>Done.</summary>
    ToldSucceeded,

    /// <summary>Failed, refused in review or cancelled.</summary>
    ToldFailed,

    /// <summary>Reversed.</summary>
    ToldReversed,
}

/// <summary>
/// The life of a refund as the provider tells it. Answers may come late and out of order, so nothing goes
/// backwards: a later state absorbs an earlier word, and the two ends absorb everything but a reversal.
/// </summary>
public static class RefundLifecycle
{
    /// <summary>The whole table.</summary>
    public static TransitionTable<RefundState, RefundEvent> Table { get; } = new(
        from state in Enum.GetValues<RefundState>()
        from told in Enum.GetValues<RefundEvent>()
        select (state, told, Later(state, Named(told))));

    /// <summary>The state that a word names.</summary>
    public static RefundState Named(RefundEvent told) => told switch
    {
        ToldApplied => Applied,
        ToldInReview => InProviderReview,
        ToldWaitingForBalance => WaitingForBalance,
        ToldProcessing => Processing,
        ToldSucceeded => Succeeded,
        ToldFailed => Failed,
        _ => Reversed,
    };

    /// <summary>What is known after a provider told a state, which may be older news than what is known.</summary>
    public static RefundState After(RefundState known, RefundState told) =>
        told == NotTold ? known : Later(known, told);

    /// <summary>
    /// What the word means for the operation that asked for the refund. A reversal is neither yes nor no.
    /// </summary>
    public static OperationEvent Means(RefundState state) => state switch
    {
        Succeeded => OperationEvent.ProvedDone,
        Failed => OperationEvent.ProvedFailed,
        Reversed or NotTold => OperationEvent.Unclear,
        _ => OperationEvent.ProvedAccepted,
    };

    private static RefundState Later(RefundState now, RefundState told) => (now, told) switch
    {
        (Reversed, _) or (_, Reversed) => Reversed,
        (Succeeded or Failed, _) => now,
        _ => Rank(told) >= Rank(now) ? told : now,
    };

    private static int Rank(RefundState state) => state switch
    {
        NotTold => 0,
        Applied => 1,
        InProviderReview => 2,
        WaitingForBalance or Processing => 3,
        _ => 4,
    };
}
