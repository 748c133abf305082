using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Tests;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace MerchantPortal.Portal.Tests;

/// <summary>
/// A portal for one test: the real composition root on an empty database of either kind, with a clock that the test
/// moves and a provider that it scripts. The host is not started, so that nothing happens by itself.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly AsyncServiceScope scope;
    private readonly Action<IServiceCollection>? adjust;
    private int orders;

    private World(
        PortalOptions options, WebApplication app, FakeClock clock, ScriptedProvider provider,
        Action<IServiceCollection>? adjust)
    {
        Options = options;
        this.adjust = adjust;
        this.app = app;
        scope = app.Services.CreateAsyncScope();
        Clock = clock;
        Provider = provider;
    }

    public PortalOptions Options { get; }

    public FakeClock Clock { get; }

    public ScriptedProvider Provider { get; }

    public IServiceProvider Services => scope.ServiceProvider;

    public IDbContextFactory<PortalDb> Factory => Get<IDbContextFactory<PortalDb>>();

    public static Task<World> StartAsync(DatabaseKind kind, INotifications? notifications = null) =>
        StartAsync(kind, clock => new ScriptedProvider(clock) { Notifications = notifications });

    /// <param name="kind">The database.</param>
    /// <param name="makeProvider">Makes the provider, on the world's clock.</param>
    /// <param name="adjust">What else is put in the place of the product's own, in every process.</param>
    /// <param name="clock">A clock that others go by too; one of its own where none is given.</param>
    public static async Task<World> StartAsync(
        DatabaseKind kind, Func<FakeClock, ScriptedProvider> makeProvider,
        Action<IServiceCollection>? adjust = null, FakeClock? clock = null)
    {
        var options = await Databases.CreateAsync(kind);
        clock ??= new FakeClock();
        var provider = makeProvider(clock);
        return new(options, Build(options, clock, provider, adjust), clock, provider, adjust);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A second process on the same database, with the same clock and provider.</summary>
    public WebApplication SecondNode() => Build(Options, Clock, Provider, adjust);

    /// <summary>Lets the portal hear calls over HTTP; its loops stay still.</summary>
    public async Task<Uri> ListenAsync()
    {
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        return new(app.Urls.First());
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<PortalDb, Task<T>> read)
    {
        await using var db = await Factory.CreateDbContextAsync();
        return await read(db);
    }

    /// <summary>Runs SQL past everything, as somebody with the database's password could.</summary>
    public Task<int> SqlAsync(string sql) => ReadAsync(db => db.Database.ExecuteSqlRawAsync(
        sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));

    /// <summary>Somebody with a session and roles that were granted a week ago.</summary>
    public async Task<Actor> PersonAsync(string name, params Role[] roles)
    {
        await using var db = await Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.person", async commit =>
        {
            var person = new Person { Id = Guid.CreateVersion7(), Name = name, CreatedAt = commit.Now };
            var user = new PortalUser
            {
                Id = Guid.CreateVersion7(), PersonId = person.Id, UserName = $"{name}@test.example",
                NormalizedUserName = $"{name}@TEST.EXAMPLE".ToUpperInvariant(), Email = $"{name}@test.example",
                NormalizedEmail = $"{name}@TEST.EXAMPLE".ToUpperInvariant(), SecurityStamp = "x",
            };
            Get<UserAccounts>().EnrolSeed(user, Seed(user.Id));
            db.AddRange(person, user);
            db.AddRange(roles.Select(role => Grant(user.Id, role, commit.Now.AddDays(-7))));
            return await AddSessionAsync(commit, user, name);
        });
    }

    /// <summary>A second sign-in of the same person.</summary>
    public async Task<Actor> SecondUserOfAsync(Actor first, params Role[] roles)
    {
        await using var db = await Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.user", async commit =>
        {
            var id = Guid.CreateVersion7();
            var user = new PortalUser
            {
                Id = id, PersonId = first.PersonId!.Value, UserName = $"{id:N}", SecurityStamp = "x",
            };
            Get<UserAccounts>().EnrolSeed(user, Seed(user.Id));
            db.Add(user);
            db.AddRange(roles.Select(role => Grant(user.Id, role, commit.Now.AddDays(-7))));
            return await AddSessionAsync(commit, user, first.Name);
        });
    }

    /// <summary>Another session of the same sign-in.</summary>
    public async Task<Actor> SecondSessionAsync(Actor first)
    {
        await using var db = await Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.session", async commit =>
            await AddSessionAsync(commit, await db.Users.SingleAsync(row => row.Id == first.UserId), first.Name));
    }

    public Task<Account> AccountAsync(
        string merchantId = "100020091218001", SignatureMode signature = SignatureMode.Md5,
        string currencies = "CNY") =>
        AccountAsync(Get<AccountCommands>(), Get<AccountDirectory>(), merchantId, signature, currencies);

    /// <summary>The same on any process.</summary>
    public static async Task<Account> AccountAsync(
        AccountCommands commands, AccountDirectory accounts, string merchantId = "100020091218001",
        SignatureMode signature = SignatureMode.Md5, string currencies = "CNY")
    {
        var made = await commands.CreateAsync(Actor.Job("test"), new AccountForm
        {
            Name = "East",
            Provider = "allinpay",
            MerchantId = merchantId,
            Mode = AccountMode.Rehearsal,
            AnswerSignature = signature,
            Currencies = currencies,
            Md5Key = "1234567890",
            ProviderPublic = signature == SignatureMode.Rsa ? Encoding.UTF8.GetBytes(TestKeys.CertificatePem) : [],
        });
        return await accounts.GetAsync(made.ShouldBeOfType<AccountMade.Done>().Id);
    }

    /// <summary>The one account of this world; made on the first call.</summary>
    public async Task<Account> TheAccountAsync() =>
        await ReadAsync(db => db.Set<Account>().Select(row => row.Id).FirstOrDefaultAsync()) is var id && id != default
            ? await Get<AccountDirectory>().GetAsync(id)
            : await AccountAsync();

    /// <summary>An order that its provider says is paid.</summary>
    public async Task<Order> PaidOrderAsync(Account account, long minor = 10_000)
    {
        var made = await PaidOrdersAsync(account, 1, minor);
        return made[0];
    }

    /// <summary>Many of them, learnt in one commit.</summary>
    public async Task<IReadOnlyList<Order>> PaidOrdersAsync(Account account, int count, long minor = 10_000)
    {
        await using var db = await Factory.CreateDbContextAsync();
        var ids = await db.CommitAsync(Actor.Job("test"), "test.order", async commit =>
        {
            var learnt = new List<Guid>();
            for (var i = 0; i < count; i++)
            {
                learnt.Add((await commit.LearnAsync(account, NextPaid(account, minor), OrderSource.Statement))
                    .OrderId!.Value);
            }

            return learnt;
        });
        return await ReadAsync(read => read.Set<Order>().Where(row => ids.Contains(row.Id)).ToListAsync());
    }

    private OrderFacts NextPaid(Account account, long minor)
    {
        var amount = new Money(minor, account.CurrencyList[0]);
        return new()
        {
            MerchantId = account.MerchantId,
            MerchantNumber = $"NO{++orders:D6}",
            ProviderNumber = $"2026{orders:D14}",
            OrderedAt = Clock.GetUtcNow().AddHours(-1),
            Amount = amount,
            Paid = amount,
            PaidAt = Clock.GetUtcNow().AddMinutes(-59),
            Event = OrderEvent.PaymentSucceeded,
            RawState = "1",
        };
    }

    public static RefundForm Form(Order order, string amount, long seenRefundable) => new()
    {
        CommandId = Guid.CreateVersion7(),
        OrderId = order.Id,
        AmountText = amount,
        SeenRefundable = seenRefundable,
        Reason = "Returned",
        Comment = "one of three came back",
        MeansAnother = true,
    };

    /// <summary>Asks for a refund of the order and reads the row.</summary>
    public async Task<Operation> AskedAsync(Actor clerk, Order order, string amount)
    {
        var balance = await BalanceAsync(order);
        var asked = await Get<RefundCommands>().RequestAsync(clerk, Form(order, amount, balance.Refundable));
        return await OperationAsync(asked.ShouldBeOfType<RefundRequested.Asked>().Id);
    }

    /// <summary>Decides with what the row says now, freshly proven to be the person.</summary>
    public async Task<Decided> DecideAsync(
        Actor reviewer, Operation operation, Decision decision = Decision.Approved)
    {
        await ProvenAsync(reviewer, operation);
        return await Get<ApprovalCommands>().DecideAsync(reviewer, new DecisionForm(
            operation.Id, operation.Version, operation.TermsHash, decision, "checked"));
    }

    /// <summary>
    /// Notes a fresh proof for the operation and its terms, as a code would; codes are one in thirty seconds, and the
    /// tests' clock stands. Tests of the proof itself use <see cref="Code"/> and the real command.
    /// </summary>
    public Task ProvenAsync(Actor actor, params Operation[] operations) => ProvenAsync(
        actor, [.. operations.Select(operation => new StepUpSubject(operation.Id, operation.TermsHash))]);

    /// <inheritdoc cref="ProvenAsync(Actor, Operation[])"/>
    public async Task ProvenAsync(Actor actor, params StepUpSubject[] subjects)
    {
        foreach (var subject in subjects)
        {
            await ProvenAsync(Services, actor, subject.Id, subject.TermsHash);
        }
    }

    /// <summary>The same on any portal, for any subject.</summary>
    public static async Task ProvenAsync(IServiceProvider services, Actor actor, Guid subjectId, string termsHash)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.step-up", commit =>
        {
            db.Add(Proof(actor, subjectId, termsHash, commit.Now));
            return Task.FromResult(true);
        });
    }

    /// <summary>A fresh proof, as a row.</summary>
    internal static StepUp Proof(Actor actor, Guid subjectId, string termsHash, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(), SessionId = actor.SessionId!.Value, UserId = actor.UserId!.Value,
        PersonId = actor.PersonId!.Value, SubjectId = subjectId, TermsHash = termsHash,
        Factor = StepUpFactor.Totp, At = at,
    };

    /// <summary>The code that the person's authenticator shows, some steps of thirty seconds from now.</summary>
    public string Code(Actor actor, int ahead = 0) =>
        Totp.Code(Seed(actor.UserId!.Value), Totp.Step(Clock.GetUtcNow()) + ahead);

    /// <summary>A refund that is approved and waits for its sender.</summary>
    public async Task<Operation> ReadyAsync(Actor clerk, Actor reviewer, Order order, string amount = "12.30")
    {
        var operation = await AskedAsync(clerk, order, amount);
        (await DecideAsync(reviewer, operation)).ShouldBeOfType<Decided.Done>();
        return await OperationAsync(operation.Id);
    }

    public Task<Operation> OperationAsync(Guid id) =>
        ReadAsync(db => db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == id));

    public Task<OrderBalance> BalanceAsync(Order order) =>
        ReadAsync(db => db.Set<OrderBalance>().AsNoTracking().SingleAsync(row => row.OrderId == order.Id));

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await app.DisposeAsync();
        await Databases.DropAsync(Options);
    }

    private static WebApplication Build(
        PortalOptions options, FakeClock clock, ScriptedProvider provider, Action<IServiceCollection>? adjust) =>
        PortalApp.Build(
            options,
            DataFolder.Open(options.Data, PortalMode.Rehearse, clock.GetUtcNow()),
            clock,
            new Uri("http://127.0.0.1:9/"),
            services =>
            {
                services.RemoveAll<IHostedService>();
                services.AddSingleton(new ProviderCatalog(provider));
                adjust?.Invoke(services);
            });

    private static byte[] Seed(Guid userId) => [.. userId.ToByteArray(), 1, 2, 3, 4];

    private static RoleGrant Grant(Guid userId, Role role, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(), UserId = userId, Role = role, GrantedAt = at, GrantedBy = "test",
        MoneyFrom = at.AddDays(1),
    };

    private static Task<Actor> AddSessionAsync(Commit commit, PortalUser user, string name)
    {
        var session = new UserSession
        {
            Id = Guid.CreateVersion7(), UserId = user.Id, StartedAt = commit.Now, LastSeenAt = commit.Now,
            ExpiresAt = commit.Now.AddYears(1), Factors = "password+totp",
        };
        commit.Db.Add(session);
        return Task.FromResult(new Actor(name, user.Id, user.PersonId, session.Id));
    }
}
