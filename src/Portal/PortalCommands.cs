using System.CommandLine;
using System.CommandLine.Invocation;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Audit;
using MerchantPortal.Portal.Features.Signatures;

namespace MerchantPortal.Portal;

/// <summary>The command line. Every verb shares the options of data folder and database.</summary>
internal static class PortalCommands
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of database, keys and anchor.", Recursive = true,
    };

    private static readonly Option<string> Urls = new("--urls") { Description = "Address to listen on." };

    private static readonly Option<string> SandboxUrls = new("--sandbox-urls")
    {
        Description = "Address of the Sandbox in rehearsal.",
    };

    private static readonly Option<DatabaseKind> Database = new("--database")
    {
        Description = "sqlite (the default) or postgres.", Recursive = true,
    };

    private static readonly Option<string> Connection = new("--connection")
    {
        Description = "PostgreSQL connection string.", Recursive = true,
    };

    private static readonly Option<string?> RootKey = new("--root-key")
    {
        Description = "File of the root key; keys/root.key in the data folder unless moved.", Recursive = true,
    };

    private static readonly Option<string?> Anchor = new("--anchor")
    {
        Description = "File of the audit anchor; anchor.log in the data folder unless moved.", Recursive = true,
    };

    private static readonly Option<int> ClockScale = new("--clock-scale")
    {
        Description = "How many times faster the clock runs; rehearsal only.", DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> ReviewStep = new("--review-step")
    {
        Description = "Seconds between the Sandbox's review states.", DefaultValueFactory = _ => 5,
    };

    private static readonly Option<string> Sandbox = new("--sandbox")
    {
        Description = "The one Sandbox that the worker of a rehearsal speaks to; loopback only.",
    };

    public static RootCommand Root()
    {
        var root = new RootCommand(
            "Merchant Portal: the back office for merchants who collect through several providers.")
        {
            Data, Urls, SandboxUrls, Database, Connection, RootKey, Anchor, ClockScale, ReviewStep,
        };
        root.SetAction((parsed, cancel) => PortalStart.RunAsync(Options(parsed, PortalMode.Rehearse), cancel));
        root.Subcommands.Add(Hosting("rehearse", "Demo world and Sandbox, loopback only.", PortalMode.Rehearse));
        root.Subcommands.Add(Hosting("serve", "The real thing.", PortalMode.Serve));
        root.Subcommands.Add(Worker());
        root.Subcommands.Add(Audit());
        root.Subcommands.Add(SignatureCommandLine.Build());
        return root;
    }

    /// <summary>Parses and runs. A file name that begins with @ is a file name, not a list of arguments.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, InvocationConfiguration invocation)
    {
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Action is ParseErrorAction && SignatureCommandLine.Holds(parsed.CommandResult)
            ? Task.FromResult(SignatureCommandLine.Tell(
                new SignatureAnswer.Unusable(string.Join(' ', parsed.Errors.Select(error => error.Message))),
                invocation))
            : parsed.InvokeAsync(invocation);
    }

    private static Command Hosting(string name, string description, PortalMode mode)
    {
        var command = new Command(name, description) { Urls, SandboxUrls, ClockScale, ReviewStep };
        command.SetAction((parsed, cancel) => PortalStart.RunAsync(Options(parsed, mode), cancel));
        return command;
    }

    private static Command Worker()
    {
        var command = new Command("worker", "A second process beside a portal: sends and asks, without pages.")
        {
            Sandbox, ClockScale,
        };
        command.SetAction((parsed, cancel) => PortalStart.RunWorkerAsync(
            Options(parsed, PortalMode.Rehearse) with { Sandbox = parsed.GetValue(Sandbox) ?? "" }, cancel));
        return command;
    }

    private static Command Audit()
    {
        var verify = new Command(
            "verify", "Recomputes the audit chain: exit code 0 untouched, 1 tampered, 2 unreadable.");
        verify.SetAction(
            (parsed, cancel) => AuditVerify.RunAsync(Options(parsed, PortalMode.Serve), Console.Out, cancel));
        return new Command("audit", "The audit chain.") { verify };
    }

    private static PortalOptions Options(ParseResult parsed, PortalMode mode) => new()
    {
        Mode = mode,
        Data = Path.GetFullPath(parsed.GetValue(Data) ?? DefaultData(mode)),
        Urls = parsed.GetValue(Urls) ?? "http://localhost:5080",
        SandboxUrls = parsed.GetValue(SandboxUrls) ?? "http://localhost:0",
        Database = parsed.GetValue(Database),
        Connection = parsed.GetValue(Connection) ?? "",
        RootKeyFile = parsed.GetValue(RootKey),
        AnchorFile = parsed.GetValue(Anchor),
        ClockScale = parsed.GetValue(ClockScale) is var scale and > 0 ? scale : 1,
        ReviewStepSeconds = parsed.GetValue(ReviewStep) is var step and > 0 ? step : 5,
    };

    /// <summary>
    /// A rehearsal lies at the top of the source tree, where there is one; real data never lies there.
    /// </summary>
    private static string DefaultData(PortalMode mode)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MerchantPortal.sln")))
            {
                return mode == PortalMode.Rehearse
                    ? Path.Combine(folder.FullName, ".data")
                    : throw new StartRefusedException("--data: say where the data of the real thing lies.");
            }
        }

        return Path.GetFullPath("data");
    }
}
