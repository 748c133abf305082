using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MerchantPortal.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AllOperations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_operations_amount",
                table: "operations");

            migrationBuilder.AlterColumn<Guid>(
                name: "OrderId",
                table: "operations",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.AddColumn<Guid>(
                name: "BatchId",
                table: "operations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CoolingOffMinutes",
                table: "operations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Details",
                table: "operations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Needed",
                table: "operations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ProviderNumber",
                table: "operations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ReleasedAt",
                table: "operations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Target",
                table: "operations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "NothingDone",
                table: "evidence",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "payee_checks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PayeeId = table.Column<string>(type: "TEXT", nullable: false),
                    MaskedName = table.Column<string>(type: "TEXT", nullable: false),
                    MaskedEmail = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonName = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_payee_checks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_payee_checks_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "transfer_days",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Asked = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfer_days", x => new { x.AccountId, x.Day });
                    table.ForeignKey(
                        name: "FK_transfer_days_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "transfer_limits",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Scope = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    Minor = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_transfer_limits", x => new { x.AccountId, x.Scope, x.Currency });
                    table.CheckConstraint("ck_transfer_limits_minor", "\"Minor\" >= 0");
                    table.ForeignKey(
                        name: "FK_transfer_limits_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_operations_BatchId",
                table: "operations",
                column: "BatchId");

            migrationBuilder.CreateIndex(
                name: "IX_operations_Kind_Target_RequestedAt",
                table: "operations",
                columns: new[] { "Kind", "Target", "RequestedAt" });

            migrationBuilder.CreateIndex(
                name: "ux_operations_hold",
                table: "operations",
                column: "OrderId",
                unique: true,
                filter: "\"Kind\" IN ('Capture', 'Void') AND \"State\" NOT IN ('Rejected', 'Expired', 'Failed') AND \"ReleasedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_operations_unbind",
                table: "operations",
                columns: new[] { "AccountId", "Target" },
                unique: true,
                filter: "\"Kind\" = 'Unbind' AND \"State\" NOT IN ('Rejected', 'Expired', 'Failed', 'Succeeded', 'ResolvedSucceeded', 'ResolvedFailed')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_operations_amount",
                table: "operations",
                sql: "\"AmountMinor\" > 0 OR (\"AmountMinor\" = 0 AND \"Kind\" = 'Unbind')");

            migrationBuilder.CreateIndex(
                name: "IX_payee_checks_AccountId_At",
                table: "payee_checks",
                columns: new[] { "AccountId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "payee_checks");

            migrationBuilder.DropTable(
                name: "transfer_days");

            migrationBuilder.DropTable(
                name: "transfer_limits");

            migrationBuilder.DropIndex(
                name: "IX_operations_BatchId",
                table: "operations");

            migrationBuilder.DropIndex(
                name: "IX_operations_Kind_Target_RequestedAt",
                table: "operations");

            migrationBuilder.DropIndex(
                name: "ux_operations_hold",
                table: "operations");

            migrationBuilder.DropIndex(
                name: "ux_operations_unbind",
                table: "operations");

            migrationBuilder.DropCheckConstraint(
                name: "ck_operations_amount",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "BatchId",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "CoolingOffMinutes",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "Details",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "Needed",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "ProviderNumber",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "ReleasedAt",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "Target",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "NothingDone",
                table: "evidence");

            migrationBuilder.AlterColumn<Guid>(
                name: "OrderId",
                table: "operations",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_operations_amount",
                table: "operations",
                sql: "\"AmountMinor\" > 0");
        }
    }
}
