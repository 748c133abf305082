using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Payments.Tests.Lifecycles;

public sealed class LifecycleTests
{
    [Fact]
    public void Every_pair_of_operation_state_and_event_has_an_answer() => Total(OperationLifecycle.Table);

    [Fact]
    public void Every_pair_of_order_state_and_event_has_an_answer() => Total(OrderLifecycle.Table);

    [Fact]
    public void Every_pair_of_refund_state_and_word_has_an_answer_and_none_is_refused()
    {
        Total(RefundLifecycle.Table);
        RefundLifecycle.Table.Rows().Count().ShouldBe(
            Enum.GetValues<RefundState>().Length * Enum.GetValues<RefundEvent>().Length);
    }

    [Fact]
    public void Two_rows_for_the_same_pair_are_a_fault() => Should.Throw<ArgumentException>(
        () => new TransitionTable<OrderState, OrderEvent>(
            (OrderState.Paid, OrderEvent.PaymentFailed, OrderState.Paid),
            (OrderState.Paid, OrderEvent.PaymentFailed, OrderState.Declined)));

    [Fact]
    public void Final_operation_states_are_never_left()
    {
        foreach (var state in Enum.GetValues<OperationState>().Where(state => state.IsFinal()))
        {
            foreach (var happened in Enum.GetValues<OperationEvent>())
            {
                OperationLifecycle.Table.On(state, happened).Next.ShouldBe(state);
            }
        }
    }

    [Fact]
    public void Every_operation_state_that_is_not_final_can_be_left()
    {
        foreach (var state in Enum.GetValues<OperationState>().Where(state => !state.IsFinal()))
        {
            OperationLifecycle.Table.Rows().ShouldContain(row => row.State == state && row.Next != state);
        }
    }

    [Fact]
    public void What_may_have_been_sent_becomes_ready_again_only_by_proof_or_where_the_interface_allows_it()
    {
        var ways = OperationLifecycle.Table.Rows().Where(row => row.Next == OperationState.Ready);
        ways.Select(row => (row.State, row.Event)).ShouldBe(
        [
            (OperationState.PendingApproval, OperationEvent.Approve),
            (OperationState.Sending, OperationEvent.ProvedNotSent),
            (OperationState.Unknown, OperationEvent.ResendSame),
            (OperationState.NeedsPerson, OperationEvent.ResendSame),
        ], ignoreOrder: true);
    }

    [Fact]
    public void Only_proof_or_two_people_make_an_operation_fail_or_succeed()
    {
        OperationLifecycle.Table.Rows()
            .Where(row => row.Next != row.State && row.Next is OperationState.Succeeded or OperationState.Failed)
            .ShouldAllBe(row => row.Event == OperationEvent.ProvedDone || row.Event == OperationEvent.ProvedFailed);
    }

    [Fact]
    public void Money_stays_reserved_until_the_end_and_not_after()
    {
        foreach (var state in Enum.GetValues<OperationState>().Where(state => state != OperationState.Draft))
        {
            state.KeepsReservation().ShouldBe(!state.IsFinal(), state.ToString());
        }
    }

    [Fact]
    public void A_paid_order_ignores_a_later_failure_and_a_failed_order_may_still_be_paid()
    {
        OrderLifecycle.Table.On(OrderState.Paid, OrderEvent.PaymentFailed)
            .ShouldBe(new(TransitionKind.Stays, OrderState.Paid));
        OrderLifecycle.Table.On(OrderState.Declined, OrderEvent.PaymentSucceeded)
            .ShouldBe(new(TransitionKind.Moves, OrderState.Paid));
        OrderLifecycle.Table.On(OrderState.Closed, OrderEvent.PaymentSucceeded)
            .ShouldBe(new(TransitionKind.Moves, OrderState.Paid));
    }

    [Fact]
    public void Once_paid_no_payment_word_takes_the_money_out_of_an_order()
    {
        OrderState[] withMoney =
            [OrderState.Paid, OrderState.PartRefunded, OrderState.Refunded, OrderState.ChargedBack];
        foreach (var row in OrderLifecycle.Table.Rows().Where(row => withMoney.Contains(row.State)))
        {
            withMoney.ShouldContain(row.Next);
        }
    }

    [Fact]
    public void Every_order_of_success_and_failure_words_ends_with_paid()
    {
        OrderEvent[] words =
        [
            OrderEvent.PaymentProcessing, OrderEvent.PaymentFailed, OrderEvent.PaymentSucceeded,
            OrderEvent.PaymentFailed, OrderEvent.PaymentSucceeded,
        ];
        foreach (var history in Permutations(words))
        {
            history.Aggregate(OrderState.AwaitingPayment, (state, word) => OrderLifecycle.Table.On(state, word).Next)
                .ShouldBe(OrderState.Paid);
        }
    }

    [Fact]
    public void Every_permutation_with_repeats_of_a_refund_history_ends_equal()
    {
        RefundEvent[] ends = [RefundEvent.ToldSucceeded, RefundEvent.ToldFailed, RefundEvent.ToldReversed];
        foreach (var end in ends)
        {
            RefundEvent[] words =
                [RefundEvent.ToldApplied, RefundEvent.ToldInReview, RefundEvent.ToldProcessing, end, end];
            foreach (var history in Permutations(words))
            {
                Tell(history).ShouldBe(RefundLifecycle.Named(end), string.Join(' ', history));
            }
        }
    }

    [Fact]
    public void Every_permutation_of_an_unfinished_refund_history_ends_with_its_latest_word()
    {
        RefundEvent[] words = [RefundEvent.ToldApplied, RefundEvent.ToldInReview, RefundEvent.ToldProcessing];
        foreach (var history in Permutations(words))
        {
            Tell(history).ShouldBe(RefundState.Processing);
        }
    }

    [Theory]
    [InlineData(RefundState.Succeeded)]
    [InlineData(RefundState.Failed)]
    public void The_first_end_of_a_refund_is_kept_against_every_word_but_a_reversal(RefundState end)
    {
        foreach (var told in Enum.GetValues<RefundEvent>().Where(told => told != RefundEvent.ToldReversed))
        {
            RefundLifecycle.Table.On(end, told).ShouldBe(new(TransitionKind.Stays, end));
        }
    }

    [Fact]
    public void A_reversal_after_any_word_goes_to_a_person()
    {
        foreach (var state in Enum.GetValues<RefundState>())
        {
            var now = RefundLifecycle.Table.On(state, RefundEvent.ToldReversed).Next;
            now.ShouldBe(RefundState.Reversed);
            RefundLifecycle.Means(now).ShouldBe(OperationEvent.Unclear);
        }
    }

    [Fact]
    public void No_provider_refund_state_leads_to_our_own_review_or_back_to_sending()
    {
        foreach (var told in Enum.GetValues<RefundState>())
        {
            foreach (var state in Enum.GetValues<OperationState>().Where(state => state.IsAskedAbout()))
            {
                var next = OperationLifecycle.Table.On(state, RefundLifecycle.Means(told)).Next;
                next.ShouldNotBeOneOf(
                    OperationState.Draft, OperationState.PendingApproval, OperationState.Ready, OperationState.Sending);
            }
        }
    }

    [Fact]
    public void A_refund_that_waits_at_the_provider_is_accepted_and_neither_done_nor_failed()
    {
        RefundState[] waiting =
        [
            RefundState.Applied, RefundState.InProviderReview, RefundState.WaitingForBalance, RefundState.Processing,
        ];
        waiting.ShouldAllBe(state => RefundLifecycle.Means(state) == OperationEvent.ProvedAccepted);
        RefundLifecycle.Means(RefundState.Succeeded).ShouldBe(OperationEvent.ProvedDone);
        RefundLifecycle.Means(RefundState.Failed).ShouldBe(OperationEvent.ProvedFailed);
        RefundLifecycle.Means(RefundState.NotTold).ShouldBe(OperationEvent.Unclear);
    }

    private static RefundState Tell(IEnumerable<RefundEvent> history) =>
        history.Aggregate(RefundState.NotTold, (state, told) => RefundLifecycle.Table.On(state, told).Next);

    private static void Total<TState, TEvent>(TransitionTable<TState, TEvent> table)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var happened in Enum.GetValues<TEvent>())
            {
                var answer = table.On(state, happened);
                (answer.Kind == TransitionKind.Moves).ShouldBe(!answer.Next.Equals(state));
            }
        }

        table.Rows().Select(row => (row.State, row.Event)).Distinct().Count().ShouldBe(table.Rows().Count());
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length < 2
        ? [items]
        : items.SelectMany((head, at) => Permutations<T>([.. items[..at], .. items[(at + 1)..]])
            .Select(tail => (T[])[head, .. tail]));
}
