using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Features;

public sealed class AccountKeyTests
{
    private static readonly KeyPlan[] Both =
        [new(SignatureMode.Rsa, [ProviderKeyKind.SigningPrivate, ProviderKeyKind.ProviderPublic])];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Keys_in_any_form_are_kept_as_der_and_opened_again(DatabaseKind kind)
    {
        using var ours = RSA.Create(2048);
        foreach (var (mine, theirs) in new[]
        {
            (Bytes(ours.ExportPkcs8PrivateKeyPem()), Bytes(TestKeys.CertificatePem)),
            (Bytes(Convert.ToBase64String(ours.ExportRSAPrivateKey())),
                TestKeys.ProviderKey.ExportSubjectPublicKeyInfo()),
            (ours.ExportPkcs8PrivateKey(), Bytes(Convert.ToBase64String(TestKeys.ProviderKey.ExportRSAPublicKey()))),
        })
        {
            await using var world = await StartAsync(kind);
            var form = Form() with { SigningPrivate = mine, ProviderPublic = theirs };

            var made = await world.Get<AccountCommands>().CreateAsync(Actor.Job("test"), form);

            var account = await world.Get<AccountDirectory>()
                .GetAsync(made.ShouldBeOfType<AccountMade.Done>().Id);
            await using var db = await world.Factory.CreateDbContextAsync();
            using var keys = await world.Get<AccountDirectory>().OpenKeysAsync(db, account);
            keys.SharedSecret.ShouldBeNull();
            using var opened = RSA.Create();
            opened.ImportPkcs8PrivateKey(keys.SigningPrivate!.Span, out _);
            opened.ExportSubjectPublicKeyInfo().ShouldBe(ours.ExportSubjectPublicKeyInfo());
            keys.ProviderPublic!.Value.Length.ShouldBeGreaterThan(200);
        }
    }

    [Fact]
    public async Task A_key_in_the_wrong_place_is_refused_with_its_reason()
    {
        await using var world = await StartAsync(DatabaseKind.Sqlite);
        using var ours = RSA.Create(2048);
        var mine = ours.ExportPkcs8PrivateKey();
        var good = Form() with { SigningPrivate = mine, ProviderPublic = Bytes(TestKeys.CertificatePem) };

        await RefusedAsync(world, good with { ProviderPublic = ours.ExportSubjectPublicKeyInfo() }, "OwnKey", "");
        await RefusedAsync(
            world, good with { SigningPrivate = Bytes(TestKeys.CertificatePem) }, "Unreadable", "but CERTIFICATE");
        await RefusedAsync(
            world, good with { ProviderPublic = Bytes(ours.ExportPkcs8PrivateKeyPem()) }, "Unreadable", "PRIVATE KEY");
        await RefusedAsync(world, good with { SigningPrivate = [] }, "Unreadable", "empty");
        (await world.ReadAsync(db => db.Set<AccountKey>().CountAsync())).ShouldBe(0);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Settings_are_kept_and_reach_the_protocol(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind, clock => new ScriptedProvider(clock)
        {
            Settings =
            [
                new("form", "a", ["a", "b"], Confirmed: false),
                new("host", "https://service.allinpay.com/", [], Confirmed: true),
            ],
        });
        var admin = await world.PersonAsync("admin", Role.Admin);
        var form = Form() with
        {
            AnswerSignature = SignatureMode.Md5,
            Md5Key = "1234567890",
            Settings = new Dictionary<string, string> { ["form"] = "b" },
        };

        var made = await world.Get<AccountCommands>().CreateAsync(admin, form);

        var directory = world.Get<AccountDirectory>();
        var account = await directory.GetAsync(made.ShouldBeOfType<AccountMade.Done>().Id);
        directory.Address(account)!.Settings.ShouldBe(form.Settings);
        var line = (await world.Get<AccountQueries>().ListAsync(admin))!.Accounts.ShouldHaveSingleItem();
        line.Settings.Select(one => (one.Value, one.IsOwn))
            .ShouldBe([("b", true), ("https://service.allinpay.com/", false)]);
        foreach (var (key, value) in new[] { ("form", "c"), ("host", "https://evil.example/"), ("other", "b") })
        {
            var wrong = form with { MerchantId = "2", Settings = new Dictionary<string, string> { [key] = value } };
            (await world.Get<AccountCommands>().CreateAsync(admin, wrong))
                .ShouldBeOfType<AccountMade.Wrong>().Detail.ShouldBe(key);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refunds_that_nothing_confirms_are_off_on_a_live_account_and_on_in_rehearsal(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(
            kind, clock => new ScriptedProvider(clock) { Unconfirmed = [ProviderInterface.Refunds] });
        var clerk = await world.PersonAsync("clerk", Role.Clerk);
        var rehearsal = await world.PaidOrderAsync(await world.AccountAsync());
        var order = await world.PaidOrderAsync(await LiveAsync(world, ""));
        var on = await world.PaidOrderAsync(await LiveAsync(world, nameof(ProviderInterface.Refunds)));

        (await world.Get<RefundCommands>().RequestAsync(clerk, World.Form(order, "1.00", 10_000)))
            .ShouldBeOfType<RefundRequested.SwitchedOff>();
        (await world.Get<RefundQueries>().OfferAsync(clerk, order.Id))!.Bar.ShouldBe(RefundBar.SwitchedOff);
        (await world.ReadAsync(db => db.Set<Operation>().CountAsync())).ShouldBe(0);
        (await world.Get<RefundQueries>().OfferAsync(clerk, rehearsal.Id))!.Bar.ShouldBe(RefundBar.None);
        (await world.Get<RefundQueries>().OfferAsync(clerk, on.Id))!.Bar.ShouldBe(RefundBar.None);
        (await world.AskedAsync(clerk, rehearsal, "1.00")).State.ShouldBe(OperationState.PendingApproval);
    }

    private static Task<World> StartAsync(DatabaseKind kind) =>
        World.StartAsync(kind, clock => new ScriptedProvider(clock) { KeyPlans = Both });

    private static AccountForm Form() => new()
    {
        Name = "HK store",
        Provider = "allinpay",
        MerchantId = "M-1_a",
        Mode = AccountMode.Rehearsal,
        AnswerSignature = SignatureMode.Rsa,
        Currencies = "HKD CNY",
    };

    private static async Task RefusedAsync(World world, AccountForm form, string reason, string detail)
    {
        var made = await world.Get<AccountCommands>().CreateAsync(Actor.Job("test"), form);
        var wrong = made.ShouldBeOfType<AccountMade.Wrong>();
        wrong.Reason.ShouldBe(reason);
        wrong.Detail.ShouldContain(detail);
    }

    private static async Task<Account> LiveAsync(World world, string switchedOn)
    {
        await using var db = await world.Factory.CreateDbContextAsync();
        return await db.CommitAsync(Actor.Job("test"), "test.account", commit =>
        {
            var account = new Account
            {
                Id = Guid.CreateVersion7(), Name = "Live", Provider = "allinpay", MerchantId = $"live{switchedOn}",
                Mode = AccountMode.Live, BaseAddress = "https://service.allinpay.com/", Currencies = "CNY",
                InboundKey = $"k{switchedOn}", SwitchedOn = switchedOn, CreatedAt = commit.Now,
            };
            db.Add(account);
            return Task.FromResult(account);
        });
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
