using MerchantPortal.Portal.Tests.CrashPoints;
using MerchantPortal.Portal.Tests.Races;

namespace MerchantPortal.Portal.Tests;

/// <summary>What this assembly does when a test starts it as a program of its own.</summary>
internal static class Start
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case [var ground]:
                await RaceChild.LiveAsync(ground);
                return 0;
            case [var folder, var names, var point, var kind, var reply, var command]:
                await KilledChild.LiveAsync(folder, names, point, kind, reply, command);
                return 0;
            default:
                await Console.Error.WriteLineAsync("This is a test assembly; dotnet test runs it.");
                return 2;
        }
    }
}
