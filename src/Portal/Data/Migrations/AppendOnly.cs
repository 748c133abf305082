using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MerchantPortal.Portal.Data.Migrations;

/// <summary>Rows of these tables are only ever added; the database itself refuses to change or delete them.</summary>
internal static class AppendOnly
{
    public static IReadOnlyList<string> Tables { get; } = ["audit", "approvals", "attempts", "evidence", "inbound"];

    /// <summary>Those that came later, with the migration after theirs.</summary>
    public static IReadOnlyList<string> Later { get; } =
        ["step_ups", "change_votes", "payee_checks", "operation_batches", "batch_rows"];

    public static void GuardSqlite(MigrationBuilder migration, IReadOnlyList<string> tables)
    {
        foreach (var table in tables)
        {
            foreach (var verb in new[] { "UPDATE", "DELETE" })
            {
                migration.Sql(
                    $"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON \"{table}\" "
                    + $"BEGIN SELECT RAISE(ABORT, '{table} rows are only added'); END;");
            }
        }
    }

    public static void GuardPostgres(MigrationBuilder migration, IReadOnlyList<string> tables)
    {
        foreach (var table in tables)
        {
            migration.Sql(
                $"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON \"{table}\" "
                + "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_only_added();");
        }
    }
}

[DbContext(typeof(SqlitePortalDb))]
[Migration("20261121100000_AppendOnly")]
internal sealed class SqliteAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        AppendOnly.GuardSqlite(migrationBuilder, AppendOnly.Tables);
}

[DbContext(typeof(PostgresPortalDb))]
[Migration("20261121100000_AppendOnly")]
internal sealed class PostgresAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            "CREATE FUNCTION rows_are_only_added() RETURNS trigger LANGUAGE plpgsql AS "
            + "$$ BEGIN RAISE EXCEPTION '% rows are only added', TG_TABLE_NAME; END $$;");
        AppendOnly.GuardPostgres(migrationBuilder, AppendOnly.Tables);
    }
}

[DbContext(typeof(SqlitePortalDb))]
[Migration("20261121130000_AppendOnlyLater")]
internal sealed class SqliteAppendOnlyLater : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        AppendOnly.GuardSqlite(migrationBuilder, AppendOnly.Later);
}

[DbContext(typeof(PostgresPortalDb))]
[Migration("20261121130000_AppendOnlyLater")]
internal sealed class PostgresAppendOnlyLater : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        AppendOnly.GuardPostgres(migrationBuilder, AppendOnly.Later);
}
