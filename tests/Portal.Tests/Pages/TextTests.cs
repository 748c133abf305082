using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Codes;
using MerchantPortal.Portal.Features.Home;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Signatures;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Features.Transfers;
using MerchantPortal.Portal.Security;
using MerchantPortal.Portal.Shell;
using MerchantPortal.Portal.Tests.Tidy;

namespace MerchantPortal.Portal.Tests.Pages;

public sealed class TextTests
{
    private static readonly Regex Commands = new(
        @"CommitAsync(<[^>(]+>+)?\(\s*(Actor\.Job\(""[a-z-]+""\)|[\w.]+),\s*""(?<name>[a-z-]+\.[a-z.-]+)""",
        SourceTree.Plain);

    public static TheoryData<Type> Texts =>
    [
        .. typeof(SignInTexts).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".resources", StringComparison.Ordinal))
            .Select(name => typeof(SignInTexts).Assembly.GetType(name[..^".resources".Length], throwOnError: true)!),
    ];

    [Theory, MemberData(nameof(Texts))]
    public void Every_text_is_written_in_three_languages(Type marker)
    {
        var english = Keys(marker, "");
        english.ShouldNotBeEmpty();
        Keys(marker, "zh-Hans").ShouldBe(english);
        Keys(marker, "zh-Hant").ShouldBe(english);
    }

    [Fact]
    public void Every_word_that_is_put_together_at_run_time_exists()
    {
        Has<TeamTexts>(
            [
                .. Enum.GetValues<Role>().Select(role => $"role.{role}"),
                .. Enum.GetValues<Role>().SelectMany(Roles.Of).Select(permission => $"may.{permission}"),
                .. Enum.GetValues<MemberState>().Select(state => $"state.{state}"),
                .. typeof(Closed).GetNestedTypes().Where(type => type.Name != "Done")
                    .Select(type => $"closed.{type.Name}"),
            ]);
        Has<ShellTexts>([.. Enum.GetValues<SendHalt>().Select(halt => $"halt.{halt}")]);
        Has<AccountTexts>(
            [
                .. Enum.GetValues<AccountMode>().Select(mode => $"mode.{mode}"),
                .. Enum.GetValues<SignatureMode>().Select(mode => $"signature.{mode}"),
                .. Enum.GetValues<KeyUsage>().Where(usage => usage != KeyUsage.TotpSeed)
                    .Select(usage => $"usage.{usage}"),
            ]);
        Has<NotificationTexts>(
            [
                .. Enum.GetValues<InboundVerdict>().Select(verdict => $"verdict.{verdict}"),
                .. Enum.GetValues<InboundVerdict>().Select(verdict => $"because.Quarantined.{verdict}"),
                .. Enum.GetValues<InboundEffect>()
                    .SelectMany(effect => new[] { $"effect.{effect}", $"tab.{effect}", $"lead.{effect}" }),
                .. Enum.GetValues<InboundEffect>().Select(effect => $"because.{effect}.Genuine"),
            ]);
        Has<SignatureTexts>(
            [
                .. Enum.GetValues<TextHintKind>().Select(hint => $"hint.{hint}"),
                .. Enum.GetValues<LeftOutReason>().Select(reason => $"left.{reason}"),
                .. Enum.GetValues<SignatureKeyKind>().Select(kind => $"kind.{kind}"),
                .. typeof(SignatureAlgorithm).GetProperties()
                    .Where(one => one.PropertyType == typeof(SignatureAlgorithm))
                    .Select(one => $"alg.{one.GetValue(null)}"),
            ]);
        Has<HomeTexts>([.. Enum.GetValues<OrderState>().Select(state => $"state.{state}")]);
        Has<AuditTexts>([.. Enum.GetValues<AuditOutcome>().Select(outcome => $"outcome.{outcome}")]);
    }

    /// <summary>What the audit calls a command is what people read of it, so every name has its words.</summary>
    [Fact]
    public void Every_command_has_its_words_in_the_audit()
    {
        // They move a time or a wish and leave no row in the audit.
        string[] unnoted =
        [
            "demo.orders", "demo.session", "operation.ask", "order.window-closed", "schedule.claim",
            "schedule.release", "session.touch", "user.language", "user.zone",
        ];
        var names = SourceTree.Under("src/Portal/", ".cs")
            .SelectMany(file => Commands.Matches(SourceTree.Text(file)).Select(match => match.Groups["name"].Value))
            .Distinct().ToList();
        names.Count.ShouldBeGreaterThan(30);
        unnoted.ShouldBeSubsetOf(names);
        Has<AuditTexts>([.. names.Except(unnoted).Select(name => $"do.{name}")]);
    }

    private static void Has<T>(IReadOnlyList<string> keys) => keys.Except(Keys(typeof(T), "")).ShouldBeEmpty();

    private static List<string> Keys(Type marker, string language)
    {
        var set = new ResourceManager(marker).GetResourceSet(
            CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
        return [.. set!.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)
            .Order(StringComparer.Ordinal)];
    }
}
