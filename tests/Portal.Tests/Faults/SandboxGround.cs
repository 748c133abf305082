using System.Net.Http.Json;
using System.Text.Json;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Tests.Pages;
using MerchantPortal.Portal.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Faults;

/// <summary>
/// The portal's real clients over HTTP against a Sandbox in this process, on one clock: transfers at BGCPay, all other
/// kinds at LianLian mobile, which has them all and answers questions about each.
/// </summary>
internal sealed class SandboxGround : IAsyncDisposable
{
    private const string OtherCard = "6222020200007654321";
    private readonly IAsyncDisposable bench;

    private SandboxGround(OperationKind kind, IAsyncDisposable bench, SandboxHost host, World world) =>
        (Kind, this.bench, Host, World) = (kind, bench, host, world);

    public OperationKind Kind { get; }

    public SandboxHost Host { get; }

    public World World { get; }

    public Operation Operation { get; private set; } = null!;

    public OperationSender Sender => World.Get<OperationSender>();

    private bool IsTransfer => Kind == OperationKind.Transfer;

    /// <summary>What the Sandbox calls the interface that does it.</summary>
    private string Interface => Kind switch
    {
        OperationKind.Refund => "refund",
        OperationKind.Capture => "preauth-complete",
        OperationKind.Void => "preauth-cancel",
        OperationKind.Transfer => "transfer",
        _ => "unbind",
    };

    /// <summary>A Sandbox, a portal on it, and one approved operation.</summary>
    public static async Task<SandboxGround> StartAsync(
        OperationKind kind, HttpMessageHandler? handler = null, Action<IServiceCollection>? plant = null)
    {
        IAsyncDisposable merchant;
        SandboxHost host;
        if (kind == OperationKind.Transfer)
        {
            var transfers = await BgcPayBench.StartAsync();
            (merchant, host) = (transfers, transfers.Host);
        }
        else
        {
            var mobile = await MobileClient.StartAsync();
            (merchant, host) = (mobile, mobile.Sandbox);
            if (kind == OperationKind.Refund)
            {
                await mobile.PlaceAsync("A1");
            }
            else
            {
                await mobile.SdkAsync("preauthorise", "A1", "100.00");
                await mobile.SdkAsync("preauthorise", "A2", "1.00", OtherCard);
            }
        }

        var world = await World.StartAsync(
            DatabaseKind.Sqlite, clock => new ScriptedProvider(clock),
            services =>
            {
                UseRealProviders(services, host.Clock, handler);
                plant?.Invoke(services);
            },
            host.Clock);
        var ground = new SandboxGround(kind, merchant, host, world);
        ground.Heal();
        ground.Operation = await ground.ReadyAsync();
        return ground;
    }

    /// <summary>The Sandbox can be reached.</summary>
    public void Heal() => World.Get<SandboxAddress>().Origin = Host.Http.BaseAddress;

    /// <summary>Requests go there instead.</summary>
    public void Reach(Uri address) => World.Get<SandboxAddress>().Origin = address;

    public Task OrderFaultAsync(string fault) => Host.OrderFaultAsync(new
    {
        provider = IsTransfer ? "bgcpay" : "lianlian-mobile",
        @interface = Interface,
        kind = fault,
        times = 1,
    });

    /// <summary>How many requests that change something have arrived.</summary>
    public async Task<int> ArrivedAsync() =>
        (await Host.GetAsync($"/control/calls?interface={Interface}")).GetArrayLength();

    /// <summary>Sends; where the provider keeps it waiting, lets the deadline pass once the request is there.</summary>
    public async Task SendAsync(bool hangs = false, Func<Task<bool>>? arrived = null)
    {
        var sending = Sender.SendNextAsync(default);
        if (hangs)
        {
            await Host.UntilAsync(arrived ?? (async () => await ArrivedAsync() == 1));
            World.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        (await sending.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue();
    }

    /// <summary>Any question, so that a connection has been used before.</summary>
    public async Task AskAnythingAsync()
    {
        var accounts = World.Get<AccountDirectory>();
        var address = accounts.Address(await accounts.GetAsync(Operation.AccountId))!;
        await World.Get<ProviderHttp>().SendAsync(
            address,
            new("question", address.BaseAddress, "{}"u8.ToArray(), "application/json", ""),
            SendPermit.ForQuestions(World.Clock), default);
    }

    /// <summary>Asks as planned until the provider has told how it ended.</summary>
    public async Task AskUntilFinalAsync()
    {
        for (var i = 0; i < 12; i++)
        {
            var row = await World.OperationAsync(Operation.Id);
            if (row.State.IsFinal())
            {
                return;
            }

            var wait = row.NextQuestionAt - World.Clock.GetUtcNow();
            World.Clock.Advance(wait > TimeSpan.Zero ? wait.Value : TimeSpan.Zero);
            (await World.Get<OperationResolver>().AskNextAsync(default)).ShouldBeTrue();
        }
    }

    /// <summary>Where it stands, which the pages have words for, and how many requests arrived.</summary>
    public async Task StandsAsync(OperationState state, OperationStanding standing, int arrived)
    {
        var row = await World.OperationAsync(Operation.Id);
        (row.State, OperationStandings.Of(row)).ShouldBe((state, standing), row.Problem);
        Spoken.Missing<OperationTexts>([$"state.{standing}"]).ShouldBeEmpty();
        (await ArrivedAsync()).ShouldBe(arrived);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await bench.DisposeAsync();
    }

    private static void UseRealProviders(IServiceCollection services, FakeClock clock, HttpMessageHandler? handler)
    {
        if (handler is not null)
        {
            services.AddSingleton(new ProviderHttp(handler, clock, ProviderHttpLimits.Default));
        }

        services.AddSingleton(provider => Portal.Providers.Catalog(provider.GetRequiredService<ProviderHttp>(), clock));
    }

    private async Task<Operation> ReadyAsync()
    {
        var clerk = await World.PersonAsync("chen", Role.Clerk);
        var reviewer = await World.PersonAsync("li", Role.Reviewer);
        var made = await World.Get<AccountCommands>().CreateAsync(Actor.Job("test"), new AccountForm
        {
            Name = "East",
            Provider = IsTransfer ? "bgcpay" : "lianlian-mobile",
            MerchantId = IsTransfer ? BgcPayBench.App : MobileClient.Partner,
            Mode = AccountMode.Rehearsal,
            AnswerSignature = Payments.Providers.SignatureMode.Md5,
            Currencies = IsTransfer ? "USDT" : "CNY",
            Md5Key = IsTransfer ? BgcPayBench.Key : MobileClient.Key,
        });
        var account = await World.Get<AccountDirectory>().GetAsync(made.ShouldBeOfType<AccountMade.Done>().Id);
        var order = IsTransfer ? null : await LearnOrderAsync(account);
        var wish = new OperationWish
        {
            CommandId = Guid.CreateVersion7(),
            Kind = Kind,
            Account = account,
            Order = Kind == OperationKind.Unbind ? null : order,
            Amount = Kind switch
            {
                OperationKind.Void => order!.Amount,
                OperationKind.Unbind => new Money(0, account.CurrencyList[0]),
                _ => new Money(2300, account.CurrencyList[0]),
            },
            Payee = "payer of the order",
            Target = IsTransfer ? BgcPayBench.Payee
                : Kind == OperationKind.Unbind ? await AgreementAsync(account) : "",
            Details = OperationSamples.Details(Kind, "u1"),
            Reason = "Returned",
        };
        await using var db = await World.Factory.CreateDbContextAsync();
        var asked = await db.CommitAsync(clerk, "test.request", async commit =>
        {
            if (Kind.Reserves())
            {
                (await commit.ReserveAsync(order!.Id, wish.Amount.Minor)).ShouldBeTrue();
            }

            return await World.Get<OperationSubmission>().SubmitAsync(commit, wish);
        });
        (await World.DecideAsync(reviewer, asked)).ShouldBeOfType<Decided.Done>();
        return await World.OperationAsync(asked.Id);
    }

    private async Task<Order> LearnOrderAsync(Account account)
    {
        var amount = new Money(10_000, account.CurrencyList[0]);
        var paid = Kind == OperationKind.Refund;
        await using var db = await World.Factory.CreateDbContextAsync();
        var (_, id) = await db.CommitAsync(Actor.Job("test"), "test.order", commit => commit.LearnAsync(
            account,
            new OrderFacts
            {
                MerchantId = account.MerchantId,
                MerchantNumber = "A1",
                ProviderNumber = "2026112100000001",
                OrderedAt = SandboxHost.Start,
                Amount = amount,
                Paid = paid ? amount : null,
                PaidAt = SandboxHost.Start,
                Event = paid ? OrderEvent.PaymentSucceeded : OrderEvent.PaymentAuthorised,
                RawState = "test",
            },
            OrderSource.Statement));
        return await World.ReadAsync(read => read.Set<Order>().AsNoTracking().SingleAsync(row => row.Id == id));
    }

    private async Task<string> AgreementAsync(Account account)
    {
        await using var db = await World.Factory.CreateDbContextAsync();
        var accounts = World.Get<AccountDirectory>();
        using var keys = await accounts.OpenKeysAsync(db, account);
        var told = await accounts.Provider(account).Cards!.ListAsync(
            accounts.Address(account)!, "u1", 0, keys, CancellationToken.None);
        return told.ShouldBeOfType<QueryAnswer<SignedCardPage>.Told>().Facts.Cards[0].AgreementNumber;
    }
}
