using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Tests.Safety;

public sealed class KeyVaultTests
{
    private static readonly KeyLabel Label = new("allinpay", "100", KeyUsage.SharedMd5Secret, Guid.Empty, 1, "abc");

    [Fact]
    public void A_sealed_secret_opens_under_its_label_and_root()
    {
        using var folder = new TemporaryRoot();
        using var root = RootKey.Read(folder.Path);
        var vault = new KeyVault(root);

        var content = vault.Seal("1234567890"u8, Label);

        using var opened = vault.Open(content, Label);
        Encoding.ASCII.GetString(opened.Span).ShouldBe("1234567890");
        Encoding.Latin1.GetString(content).ShouldNotContain("1234567890");
        vault.Seal("1234567890"u8, Label).ShouldNotBe(content);
    }

    [Fact]
    public void A_record_that_is_moved_renamed_or_rolled_back_does_not_open()
    {
        using var folder = new TemporaryRoot();
        using var root = RootKey.Read(folder.Path);
        var vault = new KeyVault(root);
        var content = vault.Seal("1234567890"u8, Label);
        KeyLabel[] others =
        [
            Label with { Provider = "bgcpay" },
            Label with { Merchant = "101" },
            Label with { Usage = KeyUsage.TotpSeed },
            Label with { KeyId = Guid.CreateVersion7() },
            Label with { Version = 2 },
            Label with { Fingerprint = "abd" },
        ];

        foreach (var other in others)
        {
            Should.Throw<CryptographicException>(() => vault.Open(content, other));
        }
    }

    [Fact]
    public void Every_flipped_byte_of_a_record_is_noticed()
    {
        using var folder = new TemporaryRoot();
        using var root = RootKey.Read(folder.Path);
        var vault = new KeyVault(root);
        var content = vault.Seal("1234567890"u8, Label);

        for (var i = 0; i < content.Length; i++)
        {
            var changed = content.ToArray();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => vault.Open(changed, Label), $"byte {i}");
        }
    }

    [Fact]
    public void Another_root_opens_nothing_and_has_another_check_value()
    {
        using var first = new TemporaryRoot();
        using var second = new TemporaryRoot();
        using var root = RootKey.Read(first.Path);
        using var other = RootKey.Read(second.Path);
        var content = new KeyVault(root).Seal("1234567890"u8, Label);

        Should.Throw<CryptographicException>(() => new KeyVault(other).Open(content, Label));
        root.CheckValue().ShouldNotBe(other.CheckValue());
    }

    [Fact]
    public void A_root_key_is_never_replaced_and_readable_by_its_owner_only()
    {
        using var folder = new TemporaryRoot();

        Should.Throw<IOException>(() => RootKey.Create(folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder.Path).ShouldBe(UnixFileMode.UserRead);
        }
    }

    [Fact]
    public void A_damaged_root_key_is_refused()
    {
        using var folder = new TemporaryRoot();
        var damaged = folder.Path + ".damaged";
        File.WriteAllText(damaged, "bm90IGEga2V5\n");

        Should.Throw<InvalidDataException>(() => RootKey.Read(damaged));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task No_key_of_an_account_lies_in_the_database_in_clear(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync();

        var keys = await world.ReadAsync(db => db.Set<AccountKey>().AsNoTracking().ToListAsync());

        keys.ShouldHaveSingleItem();
        Encoding.Latin1.GetString(keys[0].Content).ShouldNotContain("1234567890");
        await using var db = await world.Factory.CreateDbContextAsync();
        using var opened = await world.Get<AccountDirectory>().OpenKeysAsync(db, account);
        Encoding.ASCII.GetString(opened.SharedSecret!.Span).ShouldBe("1234567890");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_public_key_that_is_replaced_in_the_database_is_refused(DatabaseKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var account = await world.AccountAsync(signature: Payments.Providers.SignatureMode.Rsa);
        var forged = kind == DatabaseKind.Sqlite ? "x'00'" : "'\\x00'";
        await world.SqlAsync($"UPDATE account_keys SET \"Content\" = {forged} WHERE \"Usage\" = 'ProviderPublic'");
        await using var db = await world.Factory.CreateDbContextAsync();

        await Should.ThrowAsync<CryptographicException>(() => world.Get<AccountDirectory>().OpenKeysAsync(db, account));
    }

    private sealed class TemporaryRoot : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("portal-root-").FullName;

        public TemporaryRoot() => RootKey.Create(Path);

        public string Path => System.IO.Path.Combine(folder, "root.key");

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
