using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MerchantPortal.Portal.Data.Migrations;

/// <summary>Rows of these tables are only ever added; the database itself refuses to change or delete them.</summary>
internal static class AppendOnly
{
    public static IReadOnlyList<string> Tables { get; } = ["audit", "approvals", "attempts", "evidence", "inbound"];
}

[DbContext(typeof(SqlitePortalDb))]
[Migration("20261121100000_AppendOnly")]
internal sealed class SqliteAppendOnly : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in AppendOnly.Tables)
        {
            foreach (var verb in new[] { "UPDATE", "DELETE" })
            {
                migrationBuilder.Sql(
                    $"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON \"{table}\" "
                    + $"BEGIN SELECT RAISE(ABORT, '{table} rows are only added'); END;");
            }
        }
    }
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
        foreach (var table in AppendOnly.Tables)
        {
            migrationBuilder.Sql(
                $"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON \"{table}\" "
                + "FOR EACH STATEMENT EXECUTE FUNCTION rows_are_only_added();");
        }
    }
}
