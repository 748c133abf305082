using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SQLitePCL;

namespace MerchantPortal.Portal.Data;

/// <summary>
/// Makes the EF provider run on the operating system's own SQLite. The feed has SQLitePCLRaw 2.0.6 where the
/// provider asks for 2.1.13, and the native library that 2.0.6 would bring is from 2021 and carries an advisory.
/// Delete this file, and the two pins in Directory.Packages.props, the day 2.1.13 restores.
/// </summary>
internal static class SqliteBootstrap
{
    [ModuleInitializer]
#pragma warning disable CA2255 // The assembly that owns the contexts has to be first, before any connection opens.
    internal static void Start()
#pragma warning restore CA2255
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "SQLitePCLRaw.core"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"))
            : null;
        UseSystemLibrary();
    }

    // Not inlined: its body must be compiled only after the resolver above is in place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly,
            (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load(SystemLibrary()) : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    private static string SystemLibrary() =>
        OperatingSystem.IsWindows() ? "winsqlite3.dll"
        : OperatingSystem.IsMacOS() ? "libsqlite3.dylib"
        : "libsqlite3.so.0";
}
