using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Portal.Tests.Features;

/// <summary>A provider's book of payers' cards: what is taken away is gone, unless the test orders otherwise.</summary>
public sealed class ScriptedCards(Func<Transcript> transcript) : ICards
{
    private readonly List<(string Payer, SignedCard Card)> signed = [];

    /// <summary>Every removal that reached the provider, in order.</summary>
    public List<CardUnbindRequest> Sent { get; } = [];

    /// <summary>What reached us as a number to look up, to show that nothing else did.</summary>
    public List<int> LookedUp { get; } = [];

    /// <summary>Whether the next removals take effect.</summary>
    public bool Removes { get; set; } = true;

    /// <summary>What the next removals are answered with.</summary>
    public Func<Transcript, ProviderOutcome> OnUnbind { get; set; } = sent => new ProviderOutcome.Accepted(sent);

    /// <summary>Ordered instead of the list; null answers with the list.</summary>
    public Func<Transcript, QueryAnswer<SignedCardPage>>? OnList { get; set; }

    public bool ResendSafe => true;

    /// <summary>Cards on one page of the list.</summary>
    public int PageSize { get; set; } = 2;

    public void Sign(string payer, string agreement, string lastFour) => signed.Add(
        (payer, new SignedCard(agreement, lastFour, "01020000", "ICBC", CardKind.Debit, "138****0000")));

    public Task<QueryAnswer<CardBinFacts>> FindBankAsync(
        ProviderAccount account, SecretBytes cardNumber, ProviderKeys keys, CancellationToken cancel)
    {
        LookedUp.Add(cardNumber.Length);
        return Task.FromResult<QueryAnswer<CardBinFacts>>(
            new QueryAnswer<CardBinFacts>.Told(transcript(), new("01020000", "ICBC", CardKind.Debit)));
    }

    public Task<QueryAnswer<SignedCardPage>> ListAsync(
        ProviderAccount account, string payerId, int offset, ProviderKeys keys, CancellationToken cancel)
    {
        var all = signed.Where(one => one.Payer == payerId).Select(one => one.Card).ToList();
        var page = all.Skip(offset).Take(PageSize).ToList();
        int? next = offset + page.Count < all.Count ? offset + page.Count : null;
        return Task.FromResult(OnList?.Invoke(transcript()) ?? new QueryAnswer<SignedCardPage>.Told(
            transcript(), new(page, Authenticated: all.Count == 0, next)));
    }

    public Task<ProviderOutcome> UnbindAsync(
        ProviderAccount account, CardUnbindRequest request, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel)
    {
        Sent.Add(request);
        if (Removes)
        {
            signed.RemoveAll(one => one.Card.AgreementNumber == request.AgreementNumber);
        }

        return Task.FromResult(OnUnbind(transcript()));
    }
}
