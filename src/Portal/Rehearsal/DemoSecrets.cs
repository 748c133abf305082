using System.Security.Cryptography;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Security;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// The sign-ins of the demo people. They open nothing but a rehearsal folder, so they may be printed.
/// </summary>
/// <param name="People">The people.</param>
/// <param name="Md5Key">The key that the demo accounts share with the Sandbox.</param>
public sealed record DemoSecrets(IReadOnlyList<DemoPerson> People, string Md5Key)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static DemoSecrets New() => new(
        [
            Person(Role.Clerk, "陈伟 Chen Wei", "chen.wei", Role.Clerk),
            Person(Role.Reviewer, "李静 Li Jing", "li.jing", Role.Reviewer),
            Person(Role.Reviewer, "周敏 Zhou Min", "zhou.min", Role.Reviewer, Role.Clerk),
            Person(Role.FinanceLead, "赵琳 Zhao Lin", "zhao.lin", Role.FinanceLead),
            Person(Role.Resolver, "何洁 He Jie", "he.jie", Role.Resolver),
            Person(Role.Resolver, "吴涛 Wu Tao", "wu.tao", Role.Resolver),
            Person(Role.Admin, "王磊 Wang Lei", "wang.lei", Role.Admin),
            Person(Role.Auditor, "孙悦 Sun Yue", "sun.yue", Role.Auditor),
        ],
        RandomNumberGenerator.GetString(Letters, 24));

    private static DemoPerson Person(Role role, string name, string mail, params Role[] roles) => new(
        role, name, $"{mail}@harbourpine.example",
        $"{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}-"
            + RandomNumberGenerator.GetString(Letters, 5),
        Totp.ToBase32(UserAccounts.NewSeed()), roles);
}

/// <summary>One of the demo people.</summary>
public sealed record DemoPerson(
    Role Role, string Name, string Email, string Password, string TotpSecret, IReadOnlyList<Role> Roles);
