using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.Contract;

/// <summary>
/// What every operation of every provider keeps to, whatever comes back. A provider brings its operations; its own
/// rules stand there as exceptions with their reasons.
/// </summary>
public abstract class ProviderContract<T> where T : ContractCase, new()
{
    private static readonly T Case = new();

    private static readonly IReadOnlyList<ContractOperation> All = Case.Operations;

    public static TheoryData<string> Operations() => [.. All.Select(operation => operation.Name)];

    public static TheoryData<string> PermittedOperations() =>
        [.. All.Where(operation => operation.TakesPermit).Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_good_reply_has_its_meaning_and_every_listed_reply_its_own(string name)
    {
        var operation = Find(name);
        ListedReply[] replies =
        [
            new("the good reply", operation.Wire.WithSignature(operation.Good), operation.GoodEnding),
            .. operation.Listed,
        ];
        foreach (var reply in replies)
        {
            var seen = await CallAsync(operation, reply.Name, gateway => gateway.Answer(reply.Message));
            seen.Ending.ShouldBe(reply.Ending, $"{name}: {reply.Name}: {seen.Error} {seen.Transcript}");
            if (reply.Error is { } error)
            {
                seen.Error.ShouldBe(error, $"{name}: {reply.Name}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task No_wrong_reply_is_believed(string name)
    {
        var operation = Find(name);
        var wrongs = WrongReplies.Of(operation);
        wrongs.Count.ShouldBeGreaterThan(60);
        operation.Own.Keys.Except(wrongs.Select(wrong => wrong.Name)).ShouldBeEmpty("rules about no case");
        List<string> believed = [];
        foreach (var wrong in wrongs)
        {
            var seen = await CallAsync(operation, wrong.Name, wrong.Order);
            if (seen.Ending != operation.Expected(wrong.Name))
            {
                believed.Add($"{wrong.Name}: {seen.Ending} {seen.Error} instead of {operation.Expected(wrong.Name)}");
            }
        }

        believed.ShouldBeEmpty(name);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_did_not_leave_was_not_sent(string name)
    {
        var operation = Find(name);
        foreach (var (how, error) in Unsent)
        {
            using var bench = Case.Open();
            bench.Gateway.Before = how;
            NotSent(operation, await operation.Call(bench, operation.Account), bench, how.Message).ShouldBe(error);
        }

        using var stopping = Case.Open();
        stopping.Cancel = new(canceled: true);
        NotSent(operation, await operation.Call(stopping, operation.Account), stopping, "stopping");
        if (operation.NeedsKeys)
        {
            using var keyless = new ContractBench(Case.Provider, Case.NoKeys());
            NotSent(operation, await operation.Call(keyless, operation.Account), keyless, "no keys")
                .ShouldBe(ProviderError.KeyMissing);
        }

        using var astray = Case.Open();
        var elsewhere = operation.Account with { SandboxAddress = new("http://127.0.0.2:9") };
        NotSent(operation, await operation.Call(astray, elsewhere), astray, "a foreign address")
            .ShouldBe(ProviderError.AddressNotAllowed);
    }

    [Theory]
    [MemberData(nameof(PermittedOperations))]
    public async Task A_permit_that_is_too_old_sends_nothing(string name)
    {
        var operation = Find(name);
        using var bench = Case.Open();
        bench.Gateway.Answer(operation.Wire.WithSignature(operation.Good));
        bench.Permit = SendPermit.Start(bench.Clock);
        bench.Clock.Advance(SendPermit.MaxAge);
        NotSent(operation, await operation.Call(bench, operation.Account), bench, "an old permit")
            .ShouldBe(ProviderError.SentTooLate);
    }

    private static (Exception How, ProviderError Error)[] Unsent =>
    [
        (new HttpRequestException(HttpRequestError.ConnectionError, "refused"), ProviderError.ConnectionFailed),
        (new HttpRequestException(HttpRequestError.NameResolutionError, "no such name"),
            ProviderError.NameNotResolved),
        (new HttpRequestException(HttpRequestError.SecureConnectionError, "certificate"), ProviderError.TlsFailed),
        (new TaskCanceledException("connecting took too long"), ProviderError.TimedOut),
    ];

    private static ContractOperation Find(string name) => All.Single(operation => operation.Name == name);

    private static ProviderError NotSent(ContractOperation operation, Seen seen, ContractBench bench, string how)
    {
        seen.Ending.ShouldBe(
            operation.MovesMoney ? Ending.NotSent : Ending.NoAnswer, $"{operation.Name}: {how}: {seen.Error}");
        seen.Transcript.BodyStarted.ShouldBeFalse(how);
        bench.Gateway.Requests.ShouldBeEmpty(how);
        return seen.Error;
    }

    /// <summary>Calls once; what holds whatever came back: one request, no secret in anything said.</summary>
    private static async Task<Seen> CallAsync(ContractOperation operation, string how, Action<OrderedGateway> order)
    {
        using var bench = Case.Open();
        order(bench.Gateway);
        var seen = await operation.Call(bench, operation.Account);
        bench.Gateway.Requests.Count.ShouldBe(1, $"{operation.Name}: {how}: {seen.Error}");
        var request = bench.Gateway.Requests[0];
        if (request.Body.Length > 0)
        {
            seen.Transcript.BodyStarted.ShouldBeTrue($"{operation.Name}: {how}");
        }

        var signature = Case.SignatureOf(request);
        signature.Length.ShouldBeGreaterThan(30, $"{operation.Name}: where is its signature?");
        string[] hidden =
        [
            .. Case.Secrets, .. operation.Canaries, WrongMembers.Canary, signature,
            operation.Wire.Sign(operation.Good),
        ];
        hidden.Where(secret => seen.Said.Contains(secret, StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty($"{operation.Name}: {how}: {seen.Said}");
        return seen;
    }
}
