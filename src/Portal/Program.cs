using System.CommandLine;
using MerchantPortal.Portal.Data;

namespace MerchantPortal.Portal;

/// <summary>Entry point: no verb or rehearse, serve, migrate, audit.</summary>
public static class PortalProgram
{
    public static Task<int> Main(string[] args) => PortalCommands.Root().Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false })
        .ContinueWith(Ended, TaskScheduler.Default);

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
