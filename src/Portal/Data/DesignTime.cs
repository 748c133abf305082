using Microsoft.EntityFrameworkCore.Design;

namespace MerchantPortal.Portal.Data;

/// <summary>Lets dotnet ef make migrations for SQLite without starting the portal.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqlitePortalDb>
{
    public SqlitePortalDb CreateDbContext(string[] args) =>
        new(Dialect.Sqlite("Data Source=design.db"), new(TimeProvider.System, null!, null!, new(isNeeded: false)));
}

/// <summary>The same for PostgreSQL.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresPortalDb>
{
    public PostgresPortalDb CreateDbContext(string[] args) =>
        new(
            Dialect.Postgres("Host=localhost;Database=design"),
            new(TimeProvider.System, null!, null!, new(isNeeded: false)));
}
