using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Installation;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class AccountFormTests
{
    private static readonly AccountForm Good = new()
    {
        Name = "HK store",
        Provider = "allinpay",
        MerchantId = "100020091218009",
        Mode = AccountMode.Rehearsal,
        AnswerSignature = SignatureMode.Md5,
        Currencies = "HKD  USD",
        Md5Key = "1234567890",
    };

    public static TheoryData<string, string> Faults => new()
    {
        { "Name", "Missing" },
        { "Provider", "Unknown" },
        { "MerchantId", "MerchantId" },
        { "Currencies", "Currency" },
        { "BaseAddress", "Host" },
        { "Mode", "NotHere" },
        { "Md5Key", "KeyTooShort" },
        { "ProviderPublic", "Unreadable" },
        { "OtherAddresses", "Host" },
        { "AnswerSignature", "NotOffered" },
        { "Settings", "Setting" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task One_wrong_field_is_named_with_its_reason(string field, string reason)
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var admin = await world.PersonAsync("admin", Role.Admin);
        var live = Good with { Mode = AccountMode.Live, BaseAddress = "https://service.allinpay.com/" };
        var form = field switch
        {
            "Name" => Good with { Name = " " },
            "Provider" => Good with { Provider = "nobody" },
            "MerchantId" => Good with { MerchantId = "1000 2009" },
            "Currencies" => Good with { Currencies = "HKD, USD" },
            "BaseAddress" => live with { BaseAddress = "https://service.allinpay.com.evil.example/" },
            "Mode" => live,
            "Md5Key" => Good with { Md5Key = "1234567" },
            "OtherAddresses" => live with { OtherAddresses = ["http://service.allinpay.com/"] },
            "AnswerSignature" => Good with { AnswerSignature = (SignatureMode)7 },
            "Settings" => Good with { Settings = new Dictionary<string, string> { ["nothing"] = "1" } },
            _ => Good with
            {
                AnswerSignature = SignatureMode.Rsa,
                ProviderPublic = "-----BEGIN NONSENSE-----"u8.ToArray(),
            },
        };

        var wrong = (await world.Get<AccountCommands>().CreateAsync(admin, form)).ShouldBeOfType<AccountMade.Wrong>();
        (wrong.Field, wrong.Reason).ShouldBe((field, reason));
        (await world.ReadAsync(db => db.Set<Account>().AnyAsync())).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_account_is_listed_with_fingerprints_and_its_last_statement(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var admin = await world.PersonAsync("admin", Role.Admin);
        var made = (AccountMade.Done)await world.Get<AccountCommands>().CreateAsync(admin, Good);
        await FailStatementAsync(world, made.Id);

        var list = (await world.Get<AccountQueries>().ListAsync(admin))!;

        list.MayManage.ShouldBeTrue();
        var account = list.Accounts.ShouldHaveSingleItem();
        account.Currencies.ShouldBe("HKD USD");
        account.StatementProblem.ShouldBe("TimedOut");
        account.StatementAt.ShouldBe(world.Clock.GetUtcNow());
        var key = account.Keys.ShouldHaveSingleItem();
        key.Usage.ShouldBe(KeyUsage.SharedMd5Secret);
        key.Fingerprint.ShouldNotContain("1234567890");
        key.CreatedBy.ShouldBe("admin");
    }

    [Fact]
    public async Task The_same_merchant_number_is_not_taken_twice()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var admin = await world.PersonAsync("admin", Role.Admin);
        await world.Get<AccountCommands>().CreateAsync(admin, Good);

        (await world.Get<AccountCommands>().CreateAsync(admin, Good with { Name = "Other" }))
            .ShouldBe(new AccountMade.Wrong("MerchantId", "Exists"));
    }

    [Fact]
    public async Task Who_only_reads_accounts_may_not_add_one_and_a_clerk_sees_none()
    {
        await using var world = await World.StartAsync(DatabaseKind.Sqlite);
        var auditor = await world.PersonAsync("auditor", Role.Auditor);
        var clerk = await world.PersonAsync("clerk", Role.Clerk);

        (await world.Get<AccountCommands>().CreateAsync(auditor, Good))
            .ShouldBe(new AccountMade.NoRight(Permission.AccountsManage));
        (await world.Get<AccountQueries>().ListAsync(auditor))!.MayManage.ShouldBeFalse();
        (await world.Get<AccountQueries>().ListAsync(clerk)).ShouldBeNull();
    }

    private static async Task FailStatementAsync(World world, Guid account)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        await db.CommitAsync(Actor.Job("test"), "test.statement", commit =>
        {
            var name = $"statement {account:N}";
            db.Add(new ScheduledTask { Name = name, LastRunAt = commit.Now, LastProblem = "TimedOut" });
            return Task.FromResult(true);
        });
    }
}
