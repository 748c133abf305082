using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Shell;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Data;

/// <summary>
/// The one model on both databases. It is written only through <see cref="CommitAsync{T}"/>; a save outside it
/// throws. Contexts come from the factory, one per command or query, never from a circuit's scope.
/// </summary>
public abstract class PortalDb(DbContextOptions options, PortalDbServices services)
    : IdentityUserContext<PortalUser, Guid>(options)
{
    /// <summary>The command that this context runs, such as "operation.claim"; null between commands.</summary>
    public string? Running { get; private set; }

    /// <summary>Identity's tables with room for passkeys.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>
    /// Runs one command: opens the transaction first, reads the actor's rights in it, runs the work, appends the
    /// audit entry and commits. When the work refuses, everything it wrote is rolled back and the refusal is
    /// committed in a transaction of its own, so that no rollback can hide it.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="what">The action's name in the audit, such as "refund.request".</param>
    /// <param name="work">Loads fresh rows, decides, writes, and returns the command's own result.</param>
    public async Task<T> CommitAsync<T>(Actor actor, string what, Func<Commit, Task<T>> work)
    {
        Running = what;
        try
        {
            T result;
            Commit commit;
            using var turn = await services.Writers.TakeAsync();
            await using (var transaction = await Database.BeginTransactionAsync())
            {
                // Its time is when its turn has come, however long it waited for that.
                commit = new Commit(this, actor, what, services.Time.GetUtcNow());
                await commit.ReadRightsAsync();
                result = await work(commit);
                if (!commit.IsRefused)
                {
                    await SaveChangesAsync();
                    await services.Audit.AppendAsync(this, commit);
                    await SaveChangesAsync();
                    await transaction.CommitAsync();
                }
            }

            if (commit.IsRefused)
            {
                await CommitRefusalAsync(commit);
            }

            services.Audit.Committed(commit);
            services.Changes.Publish(commit.Changes);
            return result;
        }
        finally
        {
            Running = null;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("The database is written inside CommitAsync only.");

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        Running is not null
            ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : throw new InvalidOperationException("The database is written inside CommitAsync only.");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        FeatureCatalog.Map(builder);
        builder.StoreEnumsByName();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
    }

    private async Task CommitRefusalAsync(Commit commit)
    {
        ChangeTracker.Clear();
        await using var transaction = await Database.BeginTransactionAsync();
        await commit.WriteWithRefusalAsync();
        await services.Audit.AppendAsync(this, commit);
        await SaveChangesAsync();
        await transaction.CommitAsync();
    }
}

/// <summary>The model on SQLite.</summary>
public sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options, PortalDbServices services)
    : PortalDb(options, services);

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgresPortalDb(DbContextOptions<PostgresPortalDb> options, PortalDbServices services)
    : PortalDb(options, services);
