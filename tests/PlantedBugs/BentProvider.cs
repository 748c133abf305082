using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness.PlantedBugs;

/// <summary>Stands between the portal and a provider, and gets one thing about refunds wrong.</summary>
internal sealed class BentProvider(IPaymentProvider inner) : IPaymentProvider, IRefunds
{
    public Func<ProviderOutcome, ProviderOutcome> Outcome { get; init; } = outcome => outcome;

    public Func<RefundRequest, QueryAnswer<RefundFacts>, QueryAnswer<RefundFacts>> Answer { get; init; } =
        (_, answer) => answer;

    public Func<SendPermit, SendPermit> Permit { get; init; } = permit => permit;

    public bool RepeatsAnything { get; init; }

    public ProviderDescriptor Descriptor => inner.Descriptor;

    public ErrorTable Errors => inner.Errors;

    public IReadOnlyList<ProviderSetting> Settings => inner.Settings;

    public IReadOnlyList<KeyPlan> KeyPlans => inner.KeyPlans;

    public IReadOnlyList<ProviderInterface> Unconfirmed => inner.Unconfirmed;

    public TimeSpan? ClockTolerance => inner.ClockTolerance;

    public IMessageSigning Signing => inner.Signing;

    public IOrderLookup? Orders => inner.Orders;

    public IStatements? Statements => inner.Statements;

    public IRefunds? Refunds => inner.Refunds is null ? null : this;

    public IPreAuthorisations? PreAuthorisations => inner.PreAuthorisations;

    public ITransfers? Transfers => inner.Transfers;

    public ICards? Cards => inner.Cards;

    public INotifications? Notifications => inner.Notifications;

    public bool ResendSafe => RepeatsAnything || inner.Refunds!.ResendSafe;

    public TimeSpan SettleTime => inner.Refunds!.SettleTime;

    public TimeSpan? AnswersFor => inner.Refunds!.AnswersFor;

    /// <summary>Bends every provider that the portal knows.</summary>
    public static void Plant(IServiceCollection services, Func<IPaymentProvider, BentProvider> bend)
    {
        var right = services.Last(service => service.ServiceType == typeof(ProviderCatalog));
        services.AddSingleton(provider => new ProviderCatalog(
            [.. ((ProviderCatalog)(right.ImplementationInstance ?? right.ImplementationFactory!(provider))).All
                .Select(bend)]));
    }

    public async Task<ProviderOutcome> SendAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, SendPermit permit,
        CancellationToken cancel) =>
        Outcome(await inner.Refunds!.SendAsync(account, refund, keys, Permit(permit), cancel));

    public async Task<QueryAnswer<RefundFacts>> QueryAsync(
        ProviderAccount account, RefundRequest refund, ProviderKeys keys, CancellationToken cancel) =>
        Answer(refund, await inner.Refunds!.QueryAsync(account, refund, keys, cancel));
}
