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

            migrationBuilder.AddColumn<string>(
                name: "ApproverIds",
                table: "operations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

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

            migrationBuilder.AddColumn<string>(
                name: "OnBehalfOf",
                table: "approvals",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "PlaceOfPersonId",
                table: "approvals",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<Guid>(
                name: "StepUpId",
                table: "approvals",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    FoundAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RawState = table.Column<string>(type: "TEXT", nullable: false),
                    OursMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Explanation = table.Column<string>(type: "TEXT", nullable: false),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    OutsideMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedByPersonId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ClosedBy = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_cases_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_cases_orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Target = table.Column<string>(type: "TEXT", nullable: false),
                    Terms = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: false),
                    After = table.Column<string>(type: "TEXT", nullable: false),
                    TermsHash = table.Column<string>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ProposerPersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProposerUserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProposerName = table.Column<string>(type: "TEXT", nullable: false),
                    ProposerStepUpId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Needed = table.Column<int>(type: "INTEGER", nullable: false),
                    Barred = table.Column<string>(type: "TEXT", nullable: false),
                    Only = table.Column<string>(type: "TEXT", nullable: false),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    DocumentName = table.Column<string>(type: "TEXT", nullable: false),
                    DocumentText = table.Column<string>(type: "TEXT", nullable: false),
                    DocumentFile = table.Column<string>(type: "TEXT", nullable: false),
                    DocumentSize = table.Column<long>(type: "INTEGER", nullable: false),
                    DocumentSha256 = table.Column<string>(type: "TEXT", nullable: false),
                    CommandId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    StateAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => x.Id);
                    table.UniqueConstraint("AK_changes_Id_ProposerPersonId", x => new { x.Id, x.ProposerPersonId });
                    table.ForeignKey(
                        name: "FK_changes_operations_OperationId",
                        column: x => x.OperationId,
                        principalTable: "operations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "delegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    DelegatorPersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DelegatorName = table.Column<string>(type: "TEXT", nullable: false),
                    DelegatePersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DelegateName = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedBy = table.Column<string>(type: "TEXT", nullable: false),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delegations", x => x.Id);
                    table.CheckConstraint("ck_delegations_two_people", "\"DelegatorPersonId\" <> \"DelegatePersonId\"");
                    table.ForeignKey(
                        name: "FK_delegations_persons_DelegatePersonId",
                        column: x => x.DelegatePersonId,
                        principalTable: "persons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_delegations_persons_DelegatorPersonId",
                        column: x => x.DelegatorPersonId,
                        principalTable: "persons",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "holds",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PayerId = table.Column<string>(type: "TEXT", nullable: false),
                    AuthorisedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PlannedMinor = table.Column<long>(type: "INTEGER", nullable: true),
                    PlannedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PlannedBy = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holds", x => x.OrderId);
                    table.CheckConstraint("ck_holds_planned", "\"PlannedMinor\" IS NULL OR \"PlannedMinor\" > 0");
                    table.ForeignKey(
                        name: "FK_holds_orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "operation_batches",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    SourceSha256 = table.Column<string>(type: "TEXT", nullable: false),
                    RerunOf = table.Column<Guid>(type: "TEXT", nullable: true),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Totals = table.Column<string>(type: "TEXT", nullable: false),
                    TermsHash = table.Column<string>(type: "TEXT", nullable: false),
                    CommandId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequesterPersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequesterUserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequesterName = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_operation_batches", x => x.Id);
                });

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
                name: "policy_tiers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Provider = table.Column<string>(type: "TEXT", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: false),
                    FromMinor = table.Column<long>(type: "INTEGER", nullable: false),
                    Needed = table.Column<int>(type: "INTEGER", nullable: false),
                    CoolingOffMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    HoursToDecide = table.Column<int>(type: "INTEGER", nullable: false),
                    ApproverIds = table.Column<string>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedBy = table.Column<string>(type: "TEXT", nullable: false),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RetiredBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_policy_tiers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "provider_health",
                columns: table => new
                {
                    Provider = table.Column<string>(type: "TEXT", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    SilentSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Pauses = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Ramp = table.Column<int>(type: "INTEGER", nullable: false),
                    RampAnswers = table.Column<int>(type: "INTEGER", nullable: false),
                    ClockOffsetMs = table.Column<long>(type: "INTEGER", nullable: false),
                    MeasuredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ProbedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provider_health", x => x.Provider);
                });

            migrationBuilder.CreateTable(
                name: "step_ups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TermsHash = table.Column<string>(type: "TEXT", nullable: false),
                    Factor = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_step_ups", x => x.Id);
                    table.ForeignKey(
                        name: "FK_step_ups_sessions_SessionId",
                        column: x => x.SessionId,
                        principalTable: "sessions",
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

            migrationBuilder.CreateTable(
                name: "change_votes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChangeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProposerPersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonName = table.Column<string>(type: "TEXT", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    TermsHash = table.Column<string>(type: "TEXT", nullable: false),
                    Factors = table.Column<string>(type: "TEXT", nullable: false),
                    StepUpId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_change_votes", x => x.Id);
                    table.CheckConstraint("ck_change_votes_four_eyes", "\"PersonId\" <> \"ProposerPersonId\"");
                    table.ForeignKey(
                        name: "FK_change_votes_changes_ChangeId_ProposerPersonId",
                        columns: x => new { x.ChangeId, x.ProposerPersonId },
                        principalTable: "changes",
                        principalColumns: new[] { "Id", "ProposerPersonId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "batch_rows",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BatchId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Line = table.Column<int>(type: "INTEGER", nullable: false),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Target = table.Column<string>(type: "TEXT", nullable: false),
                    AmountText = table.Column<string>(type: "TEXT", nullable: false),
                    Problem = table.Column<string>(type: "TEXT", nullable: false),
                    ProblemValue = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_rows", x => x.Id);
                    table.ForeignKey(
                        name: "FK_batch_rows_operation_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "operation_batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_batch_rows_operations_OperationId",
                        column: x => x.OperationId,
                        principalTable: "operations",
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
                name: "IX_approvals_OperationId_PlaceOfPersonId",
                table: "approvals",
                columns: new[] { "OperationId", "PlaceOfPersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_batch_rows_BatchId_Line",
                table: "batch_rows",
                columns: new[] { "BatchId", "Line" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_batch_rows_OperationId",
                table: "batch_rows",
                column: "OperationId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cases_AccountId",
                table: "cases",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_cases_Number",
                table: "cases",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cases_OrderId_Kind_RawState",
                table: "cases",
                columns: new[] { "OrderId", "Kind", "RawState" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cases_State_FoundAt",
                table: "cases",
                columns: new[] { "State", "FoundAt" });

            migrationBuilder.CreateIndex(
                name: "IX_change_votes_ChangeId_PersonId",
                table: "change_votes",
                columns: new[] { "ChangeId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_change_votes_ChangeId_ProposerPersonId",
                table: "change_votes",
                columns: new[] { "ChangeId", "ProposerPersonId" });

            migrationBuilder.CreateIndex(
                name: "IX_changes_CommandId",
                table: "changes",
                column: "CommandId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_changes_Number",
                table: "changes",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_changes_OperationId",
                table: "changes",
                column: "OperationId");

            migrationBuilder.CreateIndex(
                name: "IX_changes_State_ExpiresAt",
                table: "changes",
                columns: new[] { "State", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "ux_changes_waiting",
                table: "changes",
                column: "Target",
                unique: true,
                filter: "\"State\" = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_delegations_DelegatePersonId_Until",
                table: "delegations",
                columns: new[] { "DelegatePersonId", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_delegations_DelegatorPersonId",
                table: "delegations",
                column: "DelegatorPersonId");

            migrationBuilder.CreateIndex(
                name: "IX_holds_EndsAt_OrderId",
                table: "holds",
                columns: new[] { "EndsAt", "OrderId" });

            migrationBuilder.CreateIndex(
                name: "IX_operation_batches_CommandId",
                table: "operation_batches",
                column: "CommandId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operation_batches_Number",
                table: "operation_batches",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_operation_batches_RequestedAt_Id",
                table: "operation_batches",
                columns: new[] { "RequestedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_operation_batches_RerunOf",
                table: "operation_batches",
                column: "RerunOf");

            migrationBuilder.CreateIndex(
                name: "IX_operation_batches_SourceSha256",
                table: "operation_batches",
                column: "SourceSha256");

            migrationBuilder.CreateIndex(
                name: "IX_payee_checks_AccountId_At",
                table: "payee_checks",
                columns: new[] { "AccountId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_policy_tiers_RetiredAt",
                table: "policy_tiers",
                column: "RetiredAt");

            migrationBuilder.CreateIndex(
                name: "IX_step_ups_SessionId_SubjectId",
                table: "step_ups",
                columns: new[] { "SessionId", "SubjectId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "batch_rows");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "change_votes");

            migrationBuilder.DropTable(
                name: "delegations");

            migrationBuilder.DropTable(
                name: "holds");

            migrationBuilder.DropTable(
                name: "payee_checks");

            migrationBuilder.DropTable(
                name: "policy_tiers");

            migrationBuilder.DropTable(
                name: "provider_health");

            migrationBuilder.DropTable(
                name: "step_ups");

            migrationBuilder.DropTable(
                name: "transfer_days");

            migrationBuilder.DropTable(
                name: "transfer_limits");

            migrationBuilder.DropTable(
                name: "operation_batches");

            migrationBuilder.DropTable(
                name: "changes");

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

            migrationBuilder.DropIndex(
                name: "IX_approvals_OperationId_PlaceOfPersonId",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "ApproverIds",
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

            migrationBuilder.DropColumn(
                name: "OnBehalfOf",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "PlaceOfPersonId",
                table: "approvals");

            migrationBuilder.DropColumn(
                name: "StepUpId",
                table: "approvals");

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
