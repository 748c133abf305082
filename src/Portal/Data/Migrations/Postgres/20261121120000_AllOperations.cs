using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MerchantPortal.Portal.Data.Migrations.Postgres
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
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Guid>(
                name: "BatchId",
                table: "operations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CoolingOffMinutes",
                table: "operations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Details",
                table: "operations",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Needed",
                table: "operations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "ProviderNumber",
                table: "operations",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ReleasedAt",
                table: "operations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Target",
                table: "operations",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "NothingDone",
                table: "evidence",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_operations_amount",
                table: "operations",
                sql: "\"AmountMinor\" > 0");
        }
    }
}
