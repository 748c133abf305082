using System.Collections.Frozen;

namespace MerchantPortal.Payments.Lifecycles;

/// <summary>What a lifecycle does with an event.</summary>
public enum TransitionKind
{
    /// <summary>The thing changes to another state.</summary>
    Moves,

    /// <summary>The event is true but changes nothing: it is kept as evidence.</summary>
    Stays,

    /// <summary>The event may not happen in this state: the command is refused.</summary>
    Refused,
}

/// <summary>One cell of a lifecycle's table.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Next">The state afterwards; the old one unless <paramref name="Kind"/> is Moves.</param>
public readonly record struct Transition<TState>(TransitionKind Kind, TState Next) where TState : struct, Enum;

/// <summary>
/// A lifecycle as one table, total over state × event: every pair that no row names is refused, so there is no
/// pair without an answer. Rows may not contradict each other.
/// </summary>
/// <typeparam name="TState">The states.</typeparam>
/// <typeparam name="TEvent">The events.</typeparam>
public sealed class TransitionTable<TState, TEvent>
    where TState : struct, Enum
    where TEvent : struct, Enum
{
    private readonly FrozenDictionary<(TState, TEvent), TState> moves;

    /// <summary>Builds the table from its rows.</summary>
    /// <param name="rows">State, event and next state; the same state as next means that the event stays without
    /// effect.</param>
    /// <exception cref="ArgumentException">Two rows name the same state and event.</exception>
    public TransitionTable(params IEnumerable<(TState State, TEvent Event, TState Next)> rows) =>
        moves = rows.ToFrozenDictionary(row => (row.State, row.Event), row => row.Next);

    /// <summary>The answer for one pair.</summary>
    public Transition<TState> On(TState state, TEvent happened)
    {
        if (!moves.TryGetValue((state, happened), out var next))
        {
            return new(TransitionKind.Refused, state);
        }

        var stays = EqualityComparer<TState>.Default.Equals(state, next);
        return new(stays ? TransitionKind.Stays : TransitionKind.Moves, next);
    }

    /// <summary>Every row, in the order of the enums: what diagrams and exhaustive tests read.</summary>
    public IEnumerable<(TState State, TEvent Event, TState Next)> Rows() =>
        from state in Enum.GetValues<TState>()
        from happened in Enum.GetValues<TEvent>()
        where moves.ContainsKey((state, happened))
        select (state, happened, moves[(state, happened)]);
}
