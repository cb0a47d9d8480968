using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Smt;

/// <summary>The libz3 used by this process, or the reason for its absence and the command to install it.</summary>
/// <param name="Found">True if a usable library is loaded and Microsoft.Z3 is bound to it.</param>
/// <param name="Path">The loaded or refused file.</param>
/// <param name="Version">Its version.</param>
/// <param name="Problem">The problem in one line, if no usable library was found.</param>
/// <param name="Remedy">The command which solves the problem.</param>
public sealed record NativeZ3Status(bool Found, string? Path, Version? Version, string? Problem, string? Remedy);

/// <summary>The absence of a requested part of the environment. It gives exit code 4.</summary>
public sealed class EnvironmentException(string message, string remedy) : Exception(message)
{
    /// <summary>The command which solves the problem.</summary>
    public string Remedy { get; } = remedy;
}

/// <summary>
/// Finds libz3 and binds Microsoft.Z3 to it. The NuGet package has native libraries only for Windows and macOS on x64, and an old
/// library fails only in the middle of a run, with EntryPointNotFoundException. So the library is chosen and checked here, before any
/// use of Microsoft.Z3: call <see cref="Require"/> first.
/// </summary>
public static unsafe class NativeZ3
{
    /// <summary>The environment variable with the library to use. If it is set, no other library is tried.</summary>
    public const string PathVariable = "CHECKER_LIBZ3";

    /// <summary>The oldest usable version. Microsoft.Z3 4.12.2 calls the exports of 4.12.</summary>
    public static readonly Version Minimum = new(4, 12, 0);

    // Microsoft.Z3's name for the library. For this name, the runtime searches the native libraries of NuGet packages.
    private const string ImportName = "libz3";

    private static readonly Lazy<NativeZ3Status> s_status = new(Find);

    /// <summary>Searches the library once. Any thread may call it.</summary>
    public static NativeZ3Status Probe() => s_status.Value;

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public static void Require()
    {
        NativeZ3Status status = Probe();
        if (!status.Found)
        {
            throw new EnvironmentException(status.Problem!, status.Remedy!);
        }
    }

    private static NativeZ3Status Find()
    {
        string? named = Environment.GetEnvironmentVariable(PathVariable);
        if (!string.IsNullOrEmpty(named))
        {
            NativeZ3Status status = TryUse(named);
            return status.Found
                ? status
                : status with
                {
                    Problem = $"{PathVariable}: {status.Problem}",
                    Remedy = $"unset {PathVariable}, or set it to the path of libz3 {Minimum.ToString(2)} or newer",
                };
        }

        NativeZ3Status? refused = null;
        foreach (string candidate in Candidates())
        {
            NativeZ3Status status = TryUse(candidate);
            if (status.Found)
            {
                return status;
            }

            // A missing file is not worth reporting; an unusable library is.
            if (status.Path is not null)
            {
                refused ??= status;
            }
        }

        refused ??= Refused(null, null, $"libz3 {Minimum.ToString(2)} or newer is needed, and none was found");
        return refused with { Remedy = Remedy() };
    }

    private static NativeZ3Status Refused(string? path, Version? version, string problem) => new(false, path, version, problem, null);

    private static NativeZ3Status TryUse(string name)
    {
        // Loading a file that is cut short crashes the process.
        if (Path.IsPathRooted(name) && ElfFile.Fault(name) is { } fault)
        {
            return Refused(name, null, $"{name} cannot be loaded: {fault}");
        }

        Assembly managed = typeof(Z3.Context).Assembly;
        nint library;
        try
        {
            library = name == ImportName ? NativeLibrary.Load(name, managed, null) : NativeLibrary.Load(name);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The last line has the loader's own words, for example about a missing glibc symbol.
            string reason = e.Message.Trim().Split('\n')[^1].Trim();
            return Refused(Path.IsPathRooted(name) && File.Exists(name) ? name : null, null, $"{name} cannot be loaded: {reason}");
        }

        if (!NativeLibrary.TryGetExport(library, "Z3_get_version", out nint getVersion))
        {
            NativeLibrary.Free(library);
            return Refused(name, null, $"{name} is not libz3");
        }

        uint major, minor, build, revision;
        ((delegate* unmanaged[Cdecl]<uint*, uint*, uint*, uint*, void>)getVersion)(&major, &minor, &build, &revision);
        Version version = new((int)major, (int)minor, (int)build);
        string path = FileAt(getVersion) ?? name;

        if (version < Minimum || !NativeLibrary.TryGetExport(library, "Z3_enable_concurrent_dec_ref", out _))
        {
            NativeLibrary.Free(library);
            return Refused(path, version, $"libz3 {Minimum.ToString(2)} or newer is needed, and {path} is {version}");
        }

        NativeLibrary.SetDllImportResolver(managed, (import, _, _) => import == ImportName ? library : 0);
        return new NativeZ3Status(true, path, version, null, null);
    }

    /// <summary>Returns the file mapped at this address. On macOS only the main program's mapping is listed.</summary>
    private static string? FileAt(nint address)
    {
        using Process self = Process.GetCurrentProcess();
        return self.Modules.Cast<ProcessModule>()
            .FirstOrDefault(module => address - module.BaseAddress is >= 0 and var offset && offset < module.ModuleMemorySize)
            ?.FileName;
    }

    /// <summary>
    /// Returns the names and files to try. NuGet's own library comes first on Windows, and last on macOS, where it is for x64 alone.
    /// </summary>
    private static IEnumerable<string> Candidates()
    {
        IEnumerable<string> listed = LibraryPlaces.Candidates();
        return OperatingSystem.IsWindows() ? [Path.Combine(AppContext.BaseDirectory, "libz3.dll"), ImportName, .. listed]
            : OperatingSystem.IsMacOS() ? listed.Append(ImportName)
            : listed;
    }

    private static string Remedy()
    {
        if (OperatingSystem.IsMacOS())
        {
            return "brew install z3";
        }

        if (OperatingSystem.IsWindows())
        {
            // The wheel brings its own library, and Python's folders are among the places where we look.
            return "pip install z3-solver";
        }

        if (File.Exists("/etc/fedora-release"))
        {
            return "sudo dnf install z3-libs";
        }

        return "./checker provision";
    }
}
