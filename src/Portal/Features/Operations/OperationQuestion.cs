using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>What a question about an operation told, whatever its kind.</summary>
/// <param name="Proves">What it proves of the operation.</param>
/// <param name="Told">The provider's state, in the words of refunds; NotTold where nothing was told.</param>
/// <param name="RawState">The provider's own word; null where nothing was told.</param>
/// <param name="Transcript">What is kept of the exchange.</param>
internal sealed record Finding(OperationEvent Proves, RefundState Told, string? RawState, Transcript Transcript)
{
    /// <summary>The provider's short raw answer.</summary>
    public string ProviderCode { get; init; } = "";

    /// <summary>The provider's number for the operation, where it told one.</summary>
    public string? ProviderNumber { get; init; }

    /// <summary>Why there was no usable answer.</summary>
    public ProviderError Error { get; init; }

    /// <summary>
    /// The same in one word, our own where the providers' vocabulary has none; empty when nothing is wrong.
    /// </summary>
    public string Problem
    {
        get => field.Length > 0 || Error == ProviderError.None ? field : Error.ToString();
        init;
    } = "";

    /// <summary>
    /// The provider does not know it (yet), or shows that nothing has happened so far. It is no "no", for a copy may
    /// still be on its way; where the document lets the same number be sent again, it is a reason to.
    /// </summary>
    public bool NothingDone { get; init; }
}

/// <summary>Asks the provider about an operation. Questions move nothing.</summary>
internal static class OperationQuestion
{
    private const int MostPages = 50;

    /// <summary>Asks by the operation's kind.</summary>
    public static Task<Finding> AskAsync(
        IPaymentProvider provider, ProviderAccount address, HeldOperation held, ProviderKeys keys,
        CancellationToken cancel) => held.Operation.Kind switch
        {
            OperationKind.Refund => RefundAsync(provider.Refunds!, address, held, keys, cancel),
            OperationKind.Capture or OperationKind.Void =>
                HoldAsync(provider.PreAuthorisations!, address, held, keys, cancel),
            OperationKind.Transfer => TransferAsync(provider.Transfers!, address, held, keys, cancel),
            OperationKind.Unbind => UnbindAsync(provider.Cards!, address, held, keys, cancel),
            _ => throw new InvalidOperationException($"Nobody can be asked about a {held.Operation.Kind}."),
        };

    private static async Task<Finding> RefundAsync(
        IRefunds refunds, ProviderAccount address, HeldOperation held, ProviderKeys keys, CancellationToken cancel)
    {
        var answer = await refunds.QueryAsync(address, held.Refund, keys, cancel);
        if (answer is not QueryAnswer<RefundFacts>.Told { Facts: var facts })
        {
            return Silent(answer);
        }

        // Answers may come out of order: what was known before counts too.
        var told = RefundLifecycle.After(held.Operation.ProviderState, facts.State);
        return new(RefundLifecycle.Means(told), told, facts.RawState, answer.Transcript)
        {
            ProviderCode = answer.ProviderCode,
        };
    }

    private static async Task<Finding> HoldAsync(
        IPreAuthorisations holds, ProviderAccount address, HeldOperation held, ProviderKeys keys,
        CancellationToken cancel)
    {
        var answer = await holds.QueryAsync(address, held.Hold, keys, cancel);
        if (answer is not QueryAnswer<PreAuthFacts>.Told { Facts: var facts })
        {
            return Silent(answer);
        }

        var told = Told(held.Operation.Kind, facts.State);
        if (told == RefundState.Failed && held.FollowsFailure)
        {
            told = RefundState.NotTold;
        }

        var proves = RefundLifecycle.Means(told);

        // A capture of another amount than ours is somebody else's: people look at it.
        return proves == OperationEvent.ProvedDone && facts.Amount != held.Operation.Amount
            ? new(OperationEvent.Unclear, RefundState.Reversed, facts.RawState, answer.Transcript)
            {
                ProviderCode = answer.ProviderCode, Error = ProviderError.AnswerMismatch,
            }
            : new(proves, told, facts.RawState, answer.Transcript) { ProviderCode = answer.ProviderCode };
    }

    /// <summary>What the state of a hold says of the capture or void that we sent.</summary>
    private static RefundState Told(OperationKind kind, PreAuthState state) => (kind, state) switch
    {
        (OperationKind.Capture, PreAuthState.Captured) or (OperationKind.Void, PreAuthState.Cancelled) =>
            RefundState.Succeeded,
        (OperationKind.Capture, PreAuthState.Capturing) or (OperationKind.Void, PreAuthState.Cancelling) =>
            RefundState.Processing,
        (OperationKind.Capture, PreAuthState.CaptureFailed) or (OperationKind.Void, PreAuthState.CancelFailed) =>
            RefundState.Failed,

        // The hold ended the other way round: our own sending cannot have done that, so people look at it.
        (OperationKind.Capture, PreAuthState.Cancelled) or (OperationKind.Void, PreAuthState.Captured) =>
            RefundState.Reversed,
        _ => RefundState.NotTold,
    };

    private static async Task<Finding> TransferAsync(
        ITransfers transfers, ProviderAccount address, HeldOperation held, ProviderKeys keys, CancellationToken cancel)
    {
        var answer = await transfers.QueryAsync(address, held.Transfer, keys, cancel);
        return answer is QueryAnswer<TransferFacts>.Told { Facts: var facts }
            ? new(OperationEvent.ProvedDone, RefundState.Succeeded, answer.ProviderCode, answer.Transcript)
            {
                ProviderCode = answer.ProviderCode, ProviderNumber = facts.ProviderNumber,
            }
            : answer is QueryAnswer<TransferFacts>.NoAnswer { Error: ProviderError.AnswerMismatch }

                // Our number with another amount or payee: nobody but people can tell how that came about.
                ? Silent(answer) with { Told = RefundState.Reversed }
            : Silent(answer);
    }

    /// <summary>
    /// Reads the payer's cards to the end: the agreement is gone or still there, and that is the whole truth (design,
    /// section 4.5).
    /// </summary>
    private static async Task<Finding> UnbindAsync(
        ICards cards, ProviderAccount address, HeldOperation held, ProviderKeys keys, CancellationToken cancel)
    {
        var offset = 0;
        for (var page = 0; ; page++)
        {
            var answer = await cards.ListAsync(address, held.Unbind.PayerId, offset, keys, cancel);
            if (answer is not QueryAnswer<SignedCardPage>.Told { Facts: var facts })
            {
                // "No record" names no payer, so that it is no proof even where the payer's last card is gone; and for
                // the same reason it is no ground to repeat. Two people settle it.
                return Silent(answer) with
                {
                    NothingDone = false,
                    Problem = answer is QueryAnswer<SignedCardPage>.NotFound ? OperationProblem.PayerNotNamed : "",
                };
            }

            if (facts.Cards.Any(card => card.AgreementNumber == held.Operation.Target))
            {
                return new(OperationEvent.Unclear, RefundState.NotTold, "signed", answer.Transcript)
                {
                    ProviderCode = answer.ProviderCode, NothingDone = true,
                };
            }

            if (facts.NextOffset is not { } next || next <= offset || page == MostPages)
            {
                return facts.NextOffset is null
                    ? new(OperationEvent.ProvedDone, RefundState.Succeeded, "absent", answer.Transcript)
                    {
                        ProviderCode = answer.ProviderCode,
                    }
                    : new(OperationEvent.Unclear, RefundState.NotTold, null, answer.Transcript)
                    {
                        Error = ProviderError.AnswerUnreadable,
                    };
            }

            offset = next;
        }
    }

    private static Finding Silent<T>(QueryAnswer<T> answer) =>
        new(OperationEvent.Unclear, RefundState.NotTold, null, answer.Transcript)
        {
            ProviderCode = answer.ProviderCode,
            Error = answer is QueryAnswer<T>.NoAnswer no ? no.Error : ProviderError.None,
            NothingDone = answer is QueryAnswer<T>.NotFound,
        };
}
