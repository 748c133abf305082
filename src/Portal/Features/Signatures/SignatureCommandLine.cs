using System.CommandLine;
using System.CommandLine.Parsing;

namespace MerchantPortal.Portal.Features.Signatures;

/// <summary>
/// The verb signature: sign and verify. One JSON object on standard output and nothing else, diagnostics on standard
/// error; exit code 0 signed or valid, 1 not valid, 2 unusable.
/// </summary>
internal static class SignatureCommandLine
{
    private const string Verb = "signature";

    private static readonly Option<string> Provider = new("--provider")
    {
        Description = "lianlian-global, lianlian-mobile, allinpay or bgcpay.", Required = true,
    };

    private static readonly Option<string> Interface = new("--interface")
    {
        Description = "The provider's interface, such as request or notification.", Required = true,
    };

    private static readonly Option<string> Message = new("--message")
    {
        Description = "File with the message's members as a JSON object, or the signed lines; - is standard input.",
        Required = true,
    };

    private static readonly Option<string> Signature = new("--signature")
    {
        Description = "The signature to verify.", Required = true,
    };

    private static readonly Option<string?> SharedKey = new("--md5-key-file") { Description = "File of the MD5 key." };

    private static readonly Option<string?> PrivateKey = new("--private-key-file")
    {
        Description = "Our private RSA key: PKCS#8 or PKCS#1, PEM or bare Base64.",
    };

    private static readonly Option<string?> PublicKey = new("--public-key-file")
    {
        Description = "The other side's public RSA key: SPKI, PKCS#1 or X.509, PEM or bare Base64.",
    };

    private static readonly Option<string?> KeyPlacement = Choice("--key-placement", "raw", "amp-key");

    private static readonly Option<string?> Hex = Choice("--hex", "lower", "upper");

    public static Command Build()
    {
        var sign = new Command("sign", "Signs a message.")
        {
            Provider, Interface, Message, SharedKey, PrivateKey, KeyPlacement, Hex,
        };
        sign.SetAction(parsed => Run(parsed, Task(parsed) with { RsaKeyFile = parsed.GetValue(PrivateKey) }));
        var verify = new Command("verify", "Verifies a signature.")
        {
            Provider, Interface, Message, Signature, SharedKey, PublicKey, KeyPlacement, Hex,
        };
        verify.SetAction(parsed => Run(parsed, Task(parsed) with
        {
            Signature = parsed.GetRequiredValue(Signature),
            RsaKeyFile = parsed.GetValue(PublicKey),
        }));
        return new Command(Verb, "Signs and verifies messages of the providers.") { sign, verify };
    }

    /// <summary>Whether a command is this verb or one of its own.</summary>
    public static bool Holds(CommandResult? command) =>
        command is not null && (command.Command.Name == Verb || Holds(command.Parent as CommandResult));

    /// <summary>Prints an answer; what went wrong is said on standard error too.</summary>
    public static int Tell(SignatureAnswer answer, InvocationConfiguration invocation)
    {
        if (answer is SignatureAnswer.Unusable unusable)
        {
            invocation.Error.WriteLine(unusable.Why);
        }

        invocation.Output.WriteLine(answer.Json());
        return answer.ExitCode;
    }

    private static int Run(ParseResult parsed, SignatureTask task) => Tell(task.Run(), parsed.InvocationConfiguration);

    private static SignatureTask Task(ParseResult parsed) => new()
    {
        Provider = parsed.GetRequiredValue(Provider),
        Interface = parsed.GetRequiredValue(Interface),
        MessageFile = parsed.GetRequiredValue(Message),
        SharedKeyFile = parsed.GetValue(SharedKey),
        AmpKey = parsed.GetValue(KeyPlacement) is { } placement ? placement == "amp-key" : null,
        UpperHex = parsed.GetValue(Hex) is { } hex ? hex == "upper" : null,
    };

    private static Option<string?> Choice(string name, string first, string second)
    {
        var option = new Option<string?>(name) { Description = $"bgcpay only: {first} (the default) or {second}." };
        return option.AcceptOnlyFromAmong(first, second);
    }
}
