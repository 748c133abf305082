using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>How a call ended, money and questions in one list.</summary>
public enum Ending
{
    Done,
    Accepted,
    Refused,
    Postponed,
    Unknown,
    NotSent,
    Told,
    NotFound,
    NoAnswer,
}

/// <summary>A call's end, with everything that it says about itself.</summary>
/// <param name="Facts">What was told, as text; empty otherwise.</param>
/// <param name="Said">All texts of the outcome, in which no secret may stand.</param>
public sealed record Seen(Ending Ending, ProviderError Error, Transcript Transcript, string Facts, string Said)
{
    public static async Task<Seen> Of(Task<ProviderOutcome> call)
    {
        var outcome = await call;
        var (ending, error) = outcome switch
        {
            ProviderOutcome.Done => (Ending.Done, ProviderError.None),
            ProviderOutcome.Accepted => (Ending.Accepted, ProviderError.None),
            ProviderOutcome.Refused refused => (Ending.Refused, refused.Error),
            ProviderOutcome.Postponed later => (Ending.Postponed, later.Error),
            ProviderOutcome.NotSent unsent => (Ending.NotSent, unsent.Error),
            ProviderOutcome.Unknown unknown => (Ending.Unknown, unknown.Error),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome."),
        };
        return new(ending, error, outcome.Transcript, "", outcome.ToString());
    }

    public static async Task<Seen> Of<T>(Task<QueryAnswer<T>> call)
    {
        var answer = await call;
        return answer switch
        {
            QueryAnswer<T>.Told told => new(
                Ending.Told, ProviderError.None, told.Transcript, FactsText(told.Facts), told.ToString()),
            QueryAnswer<T>.NotFound => new(
                Ending.NotFound, ProviderError.None, answer.Transcript, "", answer.ToString()),
            QueryAnswer<T>.NoAnswer none => new(
                Ending.NoAnswer, none.Error, answer.Transcript, "", answer.ToString()),
            _ => throw new InvalidOperationException($"{answer.GetType().Name} is no answer."),
        };
    }

    private static string FactsText<T>(T facts) => facts switch
    {
        OrderPage page => string.Join('\n', page.Orders.Append<object>(page.HasNext)),
        SignedCardPage page => string.Join('\n', page.Cards.Append<object>(page.NextOffset ?? -1)),
        _ => $"{facts}",
    };
}
