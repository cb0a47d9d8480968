using System.Runtime.InteropServices;

namespace Checker.Cli.Signals;

/// <summary>The end of the process without the destructors of native libraries. Both output streams flush after every write.</summary>
internal static partial class ProcessExit
{
    public static void Now(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(code);
        }

        Exit(code);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
