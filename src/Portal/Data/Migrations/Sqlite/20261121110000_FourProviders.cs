using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MerchantPortal.Portal.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FourProviders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Headers",
                table: "inbound",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "NamedOrder",
                table: "inbound",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Query",
                table: "inbound",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "OtherAddresses",
                table: "accounts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Settings",
                table: "accounts",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "SwitchedOn",
                table: "accounts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_NamedOrder",
                table: "inbound",
                column: "NamedOrder");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_inbound_NamedOrder",
                table: "inbound");

            migrationBuilder.DropColumn(
                name: "Headers",
                table: "inbound");

            migrationBuilder.DropColumn(
                name: "NamedOrder",
                table: "inbound");

            migrationBuilder.DropColumn(
                name: "Query",
                table: "inbound");

            migrationBuilder.DropColumn(
                name: "OtherAddresses",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "Settings",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "SwitchedOn",
                table: "accounts");
        }
    }
}
