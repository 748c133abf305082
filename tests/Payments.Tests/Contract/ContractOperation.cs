using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Tests.Http;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>The account's side of one call: provider behind an ordered gateway, keys, clock.</summary>
public sealed class ContractBench : IDisposable
{
    public ContractBench(Func<ProviderHttp, TimeProvider, IPaymentProvider> provider, ProviderKeys keys)
    {
        Gateway = new(Clock);
        Http = new(Gateway, Clock, ProviderHttpLimits.Default);
        Provider = provider(Http, Clock);
        Keys = keys;
    }

    public FakeClock Clock { get; } = new();

    public OrderedGateway Gateway { get; }

    /// <summary>The sender, for interfaces that are not part of the general contract.</summary>
    public ProviderHttp Http { get; }

    public IPaymentProvider Provider { get; }

    public ProviderKeys Keys { get; }

    public CancellationToken Cancel { get; set; } = CancellationToken.None;

    public SendPermit? Permit { get; set; }

    public SendPermit PermitOrNew => Permit ?? SendPermit.Start(Clock);

    public void Dispose()
    {
        Http.Dispose();
        Gateway.Dispose();
        Keys.Dispose();
    }
}

/// <summary>A reply that the document describes, and what it means.</summary>
public sealed record ListedReply(string Name, WireMessage Message, Ending Ending, ProviderError? Error = null);

/// <summary>
/// One operation of a provider as the contract sees it: how it is called, how a good reply is made, which member
/// says what. Names of members that the reply does not have stay empty; the cases about them fall away.
/// </summary>
public sealed record ContractOperation(string Name, bool MovesMoney)
{
    public required Func<ContractBench, ProviderAccount, Task<Seen>> Call { get; init; }

    public required ProviderAccount Account { get; init; }

    public required Wire Wire { get; init; }

    /// <summary>The good reply's members in the order of the wire.</summary>
    public required IReadOnlyList<Field> Good { get; init; }

    /// <summary>What the good reply means.</summary>
    public required Ending GoodEnding { get; init; }

    /// <summary>Every other reply that has a meaning of its own, each class at least once where it exists.</summary>
    public IReadOnlyList<ListedReply> Listed { get; init; } = [];

    public string Merchant { get; init; } = "";

    public string Number { get; init; } = "";

    public string Amount { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>A member that takes any text, or the one that comes nearest to it.</summary>
    public required string Free { get; init; }

    /// <summary>
    /// Where the operation's own rule gives a wrong reply another end than unknown or no answer, with the reason.
    /// </summary>
    public IReadOnlyDictionary<string, (Ending Ending, string Why)> Own { get; init; } =
        new Dictionary<string, (Ending, string)>();

    /// <summary>Personal data in request or reply, which nothing may show.</summary>
    public IReadOnlyList<string> Canaries { get; init; } = [];

    public bool NeedsKeys { get; init; } = true;

    /// <summary>Whether it is sent under a permit of the caller's, which can be too old.</summary>
    public bool TakesPermit { get; init; } = MovesMoney;

    public Ending Expected(string wrong) =>
        Own.TryGetValue(wrong, out var own) ? own.Ending : MovesMoney ? Ending.Unknown : Ending.NoAnswer;

    public override string ToString() => Name;
}

/// <summary>A provider as the contract sees it.</summary>
public abstract class ContractCase
{
    public abstract IPaymentProvider Provider(ProviderHttp http, TimeProvider time);

    public abstract ProviderKeys Keys();

    /// <summary>Keys of the same version in which nothing is configured.</summary>
    public ProviderKeys NoKeys() => new() { Version = 1 };

    public abstract IReadOnlyList<ContractOperation> Operations { get; }

    /// <summary>Texts that nothing may show: keys in every spelling a text could carry.</summary>
    public abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>The signature in a request.</summary>
    public abstract string SignatureOf(SentRequest request);

    public ContractBench Open() => new(Provider, Keys());
}
