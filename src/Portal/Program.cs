using System.CommandLine;
using System.Text;
using MerchantPortal.Portal.Data;

namespace MerchantPortal.Portal;

/// <summary>Entry point: no verb or rehearse, serve, worker, audit, signature.</summary>
public static class PortalProgram
{
    public static Task<int> Main(string[] args)
    {
        // Whatever the terminal's language: commands print JSON, and JSON is UTF-8.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return PortalCommands.RunAsync(args, new InvocationConfiguration { EnableDefaultExceptionHandler = false })
            .ContinueWith(Ended, TaskScheduler.Default);
    }

    private static int Ended(Task<int> run)
    {
        if (run.Exception?.GetBaseException() is not { } fault)
        {
            return run.Result;
        }

        Console.Error.WriteLine(fault is StartRefusedException ? fault.Message : fault.ToString());
        return 2;
    }
}
