using System.Collections.Concurrent;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Transfers;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Looks at the payees of a file, each once, a few at a time; each look is kept and audited.</summary>
public sealed class PayeeLooks(PayeeCommands payees)
{
    private const int AtOnce = 4;

    /// <summary>After so many looks without an answer the provider is left alone.</summary>
    private const int MostUnanswered = 5;

    /// <summary>Asks the provider who these payees are.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="accountId">The account that is to pay.</param>
    /// <param name="numbers">The payees' numbers.</param>
    /// <param name="looked">Told after each look how many are done.</param>
    /// <param name="cancel">Stops the rest.</param>
    /// <returns>Why the others are not known, by number; without those that were not asked about.</returns>
    public async Task<IReadOnlyDictionary<string, FileProblem>> LookAsync(
        Actor actor, Guid accountId, IReadOnlyCollection<string> numbers, Func<int, Task> looked,
        CancellationToken cancel = default)
    {
        var unknown = new ConcurrentDictionary<string, FileProblem>();
        var (done, unanswered) = (0, 0);
        var few = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(numbers.Distinct(), few, async (number, stop) =>
        {
            if (Volatile.Read(ref unanswered) >= MostUnanswered)
            {
                return;
            }

            var result = await payees.CheckAsync(actor, accountId, number, stop);
            if (Problem(result) is { } problem)
            {
                unknown[number] = problem;
                if (result is PayeeChecked.NoAnswer)
                {
                    Interlocked.Increment(ref unanswered);
                }
            }

            await looked(Interlocked.Increment(ref done));
        });
        return unknown;
    }

    private static FileProblem? Problem(PayeeChecked result) => result switch
    {
        PayeeChecked.Known => null,
        PayeeChecked.NoAnswer { Setting: { } setting } => new("PayeeSetting", setting),
        PayeeChecked.NoAnswer no => new("PayeeNoAnswer", no.ProviderCode.Length == 0 ? "–" : no.ProviderCode),
        PayeeChecked.NoRight no => new(nameof(PayeeChecked.NoRight), no.Permission),
        _ => new($"Payee{result.GetType().Name}"),
    };
}
