using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Smt;

/// <summary>Which libz3 this process uses, or why there is none and the command that mends it.</summary>
/// <param name="Found">Whether a usable library is loaded and Microsoft.Z3 is bound to it.</param>
/// <param name="Path">The file that is loaded, or that was refused.</param>
/// <param name="Version">Its version.</param>
/// <param name="Problem">One line, where nothing usable was found.</param>
/// <param name="Remedy">The command that mends it.</param>
public sealed record NativeZ3Status(bool Found, string? Path, Version? Version, string? Problem, string? Remedy);

/// <summary>The environment lacks something that was asked for: exit code 4.</summary>
public sealed class EnvironmentException(string message, string remedy) : Exception(message)
{
    /// <summary>The command that mends it.</summary>
    public string Remedy { get; } = remedy;
}

/// <summary>
/// Finds libz3 and binds Microsoft.Z3 to it. The NuGet package has natives for Windows and macOS on x64 alone, and
/// an old library fails only in the middle of a run, with EntryPointNotFoundException. So the library is chosen and
/// checked here, before anything of Microsoft.Z3 runs: call <see cref="Require"/> first.
/// </summary>
public static unsafe class NativeZ3
{
    /// <summary>Names the library to use, and allows no other.</summary>
    public const string PathVariable = "CHECKER_LIBZ3";

    /// <summary>Microsoft.Z3 4.12.2 calls what 4.12 exports.</summary>
    public static readonly Version Minimum = new(4, 12, 0);

    // Microsoft.Z3's name for it. Loaded under this name, the runtime looks where NuGet puts natives.
    private const string ImportName = "libz3";

    private static readonly Lazy<NativeZ3Status> s_status = new(Find);

    /// <summary>Looks for the library once; safe to call from any thread.</summary>
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

            // A name that leads nowhere is no news; a library that cannot be used is.
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
            // The loader's own words (a glibc symbol that is missing, say) are on the last line.
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

    /// <summary>The file whose mapping holds this address. (macOS lists the main program's mapping alone.)</summary>
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
