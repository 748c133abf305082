using MerchantPortal.Portal;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Rehearsal;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Harness;

/// <summary>
/// The people's side of a run: a portal that is built and not started, on the workers' data folder, whose commands a
/// clerk and a reviewer use as pages would.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly Actor Job = Actor.Job("harness");
    private const int MostCodes = 20;
    private const int Busy = 5;
    private readonly WebApplication app;
    private readonly AsyncServiceScope scope;

    private Bench(PortalOptions options, WebApplication app, TimeProvider time, Uri sandbox)
    {
        Options = options;
        this.app = app;
        Time = time;
        scope = app.Services.CreateAsyncScope();
        Sandbox = new SandboxControl(sandbox);
        Ledger = new HttpClient { BaseAddress = sandbox };
    }

    public PortalOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Places orders over there.</summary>
    public SandboxControl Sandbox { get; }

    /// <summary>Reads what was done over there.</summary>
    public HttpClient Ledger { get; }

    public Actor Clerk { get; private set; } = Job;

    public Actor Reviewer { get; private set; } = Job;

    /// <summary>Opens the folder that the run made and brings its people in.</summary>
    public static async Task<Bench> OpenAsync(PortalOptions options, DataFolder folder, Uri sandbox)
    {
        var time = new ScaledTime(folder.Content.CreatedAt, options.ClockScale);
        var bench = new Bench(options, PortalApp.Build(options, folder, time, sandbox), time, sandbox);
        await bench.Get<Schema>().PrepareAsync(options.Mode);
        bench.Clerk = await bench.PersonAsync("clerk", Role.Clerk);
        bench.Reviewer = await bench.PersonAsync("reviewer", Role.Reviewer);
        return bench;
    }

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public async Task<T> ReadAsync<T>(Func<PortalDb, Task<T>> read)
    {
        await using var db = await Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await read(db);
    }

    public Task<T> WriteAsync<T>(Actor actor, string what, Func<Commit, Task<T>> work) => PatientlyAsync(async () =>
    {
        await using var db = await Get<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await db.CommitAsync(actor, what, work);
    });

    /// <summary>
    /// Does what a person does whom a page told to try again: a worker that stands still in a commit holds SQLite's one
    /// writer's place, and nothing was written meanwhile.
    /// </summary>
    public static async Task<T> PatientlyAsync<T>(Func<Task<T>> act)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == Busy)
            {
                // Waited for as long as the database waits; once more.
            }
        }
    }

    /// <summary>The clerk's request, by the one way in which operations come into being.</summary>
    /// <returns>The operation's id.</returns>
    public Task<Guid> SubmitAsync(OperationWish wish, Guid? order = null) =>
        WriteAsync(Clerk, "harness.request", async commit => (await Get<OperationSubmission>().SubmitAsync(
            commit,
            wish with { Order = order is null ? null : await commit.Db.Set<Order>().SingleAsync(o => o.Id == order) }))
            .Id);

    public async Task<Account> AddAccountAsync(AccountForm form) =>
        await Get<AccountCommands>().CreateAsync(Job, form) is AccountMade.Done done
            ? await Get<AccountDirectory>().GetAsync(done.Id)
            : throw new InvalidOperationException($"The account of {form.Provider} was refused.");

    /// <summary>The second person's yes to exactly what the row says.</summary>
    public async Task ApproveAsync(Guid id)
    {
        var operation = await ReadAsync(db => db.Set<Operation>().AsNoTracking().SingleAsync(row => row.Id == id));
        var twins = await ReadAsync(db => ApprovalTwins.OfAsync(db, operation));
        var form = new DecisionForm(
            operation.Id, operation.Version, operation.TermsHash, Decision.Approved, "checked")
        {
            SeenTwins = [.. twins.Select(twin => twin.Id)],
        };
        Decided decided;
        var codes = 0;
        do
        {
            // Five minutes are short on a fast clock: whose turn to write came later gives another code.
            await ProveAsync(operation);
            decided = await PatientlyAsync(() => Get<ApprovalCommands>().DecideAsync(Reviewer, form));
        }
        while (decided is Decided.StepUpMissing && ++codes < MostCodes);

        if (decided is not Decided.Done)
        {
            throw new InvalidOperationException($"{operation.Number} was not approved: {decided}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Sandbox.Dispose();
        Ledger.Dispose();
        await scope.DisposeAsync();
        await app.DisposeAsync();
    }

    /// <summary>A fresh proof that it is the reviewer, as a code leaves one.</summary>
    private Task<bool> ProveAsync(Operation operation) => WriteAsync(Job, "harness.step-up", commit =>
    {
        commit.Db.Add(new StepUp
        {
            Id = Guid.CreateVersion7(), SessionId = Reviewer.SessionId!.Value, UserId = Reviewer.UserId!.Value,
            PersonId = Reviewer.PersonId!.Value, SubjectId = operation.Id, TermsHash = operation.TermsHash,
            Factor = StepUpFactor.Totp, At = commit.Now,
        });
        return Task.FromResult(true);
    });

    private Task<Actor> PersonAsync(string name, Role role) => WriteAsync(Job, "harness.person", commit =>
    {
        var person = new Person { Id = Guid.CreateVersion7(), Name = name, CreatedAt = commit.Now };
        var user = new PortalUser
        {
            Id = Guid.CreateVersion7(), PersonId = person.Id, UserName = $"{name}@harness.example",
            NormalizedUserName = $"{name}@harness.example".ToUpperInvariant(), SecurityStamp = "x",
        };
        var session = new UserSession
        {
            Id = Guid.CreateVersion7(), UserId = user.Id, StartedAt = commit.Now, LastSeenAt = commit.Now,
            ExpiresAt = commit.Now.AddYears(10), Factors = "password+totp",
        };
        commit.Db.AddRange(person, user, session, new RoleGrant
        {
            Id = Guid.CreateVersion7(), UserId = user.Id, Role = role, GrantedAt = commit.Now.AddDays(-7),
            GrantedBy = "harness", MoneyFrom = commit.Now.AddDays(-6),
        });
        return Task.FromResult(new Actor(name, user.Id, user.PersonId, session.Id));
    });
}
